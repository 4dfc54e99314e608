import { CreateBucketCommand, DeleteBucketCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Template } from '../infra/template.ts';
import type { Cloud } from './clouds.ts';

/** Largest template that goes into the request itself; larger ones go by a bucket (quota of CloudFormation). */
const inlineBytes = 51_200;

/** Where templates lie that are too large for a request; there is a bucket only when one is needed. */
export interface TemplateBucket {
  bodyOf(
    name: string,
    template: Template,
  ): Promise<{ readonly TemplateBody: string } | { readonly TemplateURL: string }>;
  remove(): Promise<void>;
}

/** Prepares a bucket for templates of that name. */
export function templateBucket({ s3 }: Cloud, bucket: string): TemplateBucket {
  const keys: string[] = [];
  let made: Promise<unknown> | undefined;
  return {
    async bodyOf(name, template) {
      const body = JSON.stringify(template);
      if (Buffer.byteLength(body) <= inlineBytes) return { TemplateBody: body };
      made ??= s3.send(new CreateBucketCommand({ Bucket: bucket }));
      await made;
      const key = `${name}.json`;
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
      keys.push(key);
      return { TemplateURL: `${await urlOf(s3, bucket)}/${key}` };
    },
    async remove() {
      if (made === undefined) return;
      for (const key of keys) await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
      await s3.send(new DeleteBucketCommand({ Bucket: bucket }));
    },
  };
}

async function urlOf(s3: Cloud['s3'], bucket: string): Promise<string> {
  const { AWS_ENDPOINT_URL: endpoint } = process.env;
  return endpoint
    ? `${new URL(endpoint).origin}/${bucket}`
    : `https://${bucket}.s3.${await s3.config.region()}.amazonaws.com`;
}
