import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConstructError, SchemaSite, type SchemaSiteProps } from '@eventloom/cdk';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Bucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { describe, expect, test } from 'vitest';
import { repository } from '../support/repository.ts';
import { sitePath } from './sites.ts';
import { makeApp, templatesOf } from './synthesize.ts';
import { type Properties, resource, resources, spell, statements, type Template } from './template.ts';

function templateOf(props: (stack: Stack) => Partial<SchemaSiteProps> = () => ({})): Template {
  const app = makeApp();
  const stack = new Stack(app, 'Docs');
  new SchemaSite(stack, 'Site', { path: sitePath, ...props(stack) });
  return templatesOf(app).get('Docs') ?? {};
}

function distributionOf(template: Template): Properties {
  return resource(template, 'AWS::CloudFront::Distribution').properties.DistributionConfig as Properties;
}

const certified = (stack: Stack): Partial<SchemaSiteProps> => ({
  domainNames: ['events.example.com', 'docs.example.com'],
  certificate: Certificate.fromCertificateArn(stack, 'Cert', 'arn:aws:acm:us-east-1:111122223333:certificate/a'),
});

describe('a site', () => {
  const template = templateOf();

  test('lies in a bucket that is private, encrypted and reached over TLS only', () => {
    const { properties } = resource(template, 'AWS::S3::Bucket');
    expect(properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(properties).not.toHaveProperty('VersioningConfiguration');
    expect(properties).not.toHaveProperty('WebsiteConfiguration');
  });

  test('is read by its distribution and by nobody else', () => {
    const { properties } = resource(template, 'AWS::S3::BucketPolicy');
    const all = statements(properties.PolicyDocument);
    const denied = all.filter(({ Effect }) => Effect === 'Deny');
    expect(JSON.stringify(denied)).toContain('aws:SecureTransport');
    expect(all.filter(({ Effect }) => Effect === 'Allow')).toMatchObject([
      { Action: ['s3:GetObject'], Principal: { Service: 'cloudfront.amazonaws.com' } },
    ]);
    const condition = JSON.stringify(spell((properties.PolicyDocument as Properties).Statement));
    expect(condition).toMatch(
      /"AWS:SourceArn":"arn:\$\{AWS::Partition\}:cloudfront::\$\{AWS::AccountId\}:distribution\/\$\{SiteDistribution/,
    );
    expect(resource(template, 'AWS::CloudFront::OriginAccessControl').properties).toMatchObject({
      OriginAccessControlConfig: { SigningBehavior: 'always', SigningProtocol: 'sigv4' },
    });
  });

  test('is shown over HTTPS and HTTP/3, compressed, from its home page on', () => {
    expect(distributionOf(template)).toMatchObject({
      DefaultRootObject: 'index.html',
      HttpVersion: 'http2and3',
      IPV6Enabled: true,
      PriceClass: 'PriceClass_All',
      DefaultCacheBehavior: { Compress: true, ViewerProtocolPolicy: 'redirect-to-https' },
    });
  });

  test('says that there is no such page where there is none', () => {
    const answer = { ResponseCode: 404, ResponsePagePath: '/404.html' };
    expect(distributionOf(template).CustomErrorResponses).toMatchObject([
      { ErrorCode: 403, ...answer },
      { ErrorCode: 404, ...answer },
    ]);
  });

  test('lets its pages load nothing from elsewhere and run nothing that is written into them', () => {
    const { properties } = resource(template, 'AWS::CloudFront::ResponseHeadersPolicy');
    expect((properties.ResponseHeadersPolicyConfig as Properties).SecurityHeadersConfig).toEqual({
      ContentSecurityPolicy: {
        ContentSecurityPolicy:
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        Override: true,
      },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
    });
    const policy = (distributionOf(template).DefaultCacheBehavior as Properties).ResponseHeadersPolicyId;
    expect(spell(policy)).toMatch(/^\$\{SiteHeaders/);
  });

  test('is replaced as a whole by each deployment, of which CloudFront is told', () => {
    expect(resource(template, 'Custom::CDKBucketDeployment').properties).toMatchObject({
      Prune: true,
      RetainOnDelete: false,
      DistributionPaths: ['/*'],
      SystemMetadata: { 'cache-control': 'max-age=0, s-maxage=86400' },
    });
  });

  test('tells its address', () => {
    expect(JSON.stringify(spell(template.Outputs))).toMatch(
      /"Value":"https:\/\/\$\{SiteDistribution\w+\.DomainName\}\/"/,
    );
  });

  test('leaves nothing behind, unless it is told to', () => {
    const policies = (of: Template): readonly unknown[] =>
      Object.values(of.Resources ?? {}).flatMap(({ Type, DeletionPolicy }) =>
        Type === 'AWS::S3::Bucket' || Type === 'AWS::Logs::LogGroup' ? [DeletionPolicy] : [],
      );
    expect(policies(template)).toEqual(['Delete', 'Delete']);
    const kept = templateOf(() => ({ removalPolicy: RemovalPolicy.RETAIN }));
    expect(policies(kept)).toEqual(['Retain', 'Retain']);
    expect(resource(kept, 'Custom::CDKBucketDeployment').properties).toMatchObject({ RetainOnDelete: true });
  });
});

describe('a site that is asked for more', () => {
  test('is found at names of its own, over TLS 1.2 and later', () => {
    const template = templateOf(certified);
    expect(distributionOf(template)).toMatchObject({
      Aliases: ['events.example.com', 'docs.example.com'],
      ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
    });
    expect(JSON.stringify(template.Outputs)).toContain('"https://events.example.com/"');
  });

  test('stands behind a web ACL, writes logs, keeps versions and stays in a part of the world', () => {
    const template = templateOf((stack) => ({
      webAclId: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/b',
      accessLogBucket: new Bucket(stack, 'Logs', { objectOwnership: ObjectOwnership.OBJECT_WRITER }) as never,
      versioned: true,
      priceClass: 'PriceClass_100' as never,
    }));
    const distribution = distributionOf(template);
    expect(distribution).toMatchObject({
      WebACLId: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/b',
      PriceClass: 'PriceClass_100',
    });
    expect(spell(distribution.Logging)).toMatchObject({
      Bucket: expect.stringMatching(/^\$\{Logs\w+\.RegionalDomainName\}$/),
    });
    const versioned = resources(
      template,
      'AWS::S3::Bucket',
      ({ VersioningConfiguration }) => VersioningConfiguration !== undefined,
    );
    expect(versioned).toHaveLength(1);
  });

  test.each<[string, (stack: Stack) => Partial<SchemaSiteProps>, string]>([
    ['a folder without a site', () => ({ path: import.meta.dirname }), 'missing-site'],
    ['a folder that is not there', () => ({ path: 'none' }), 'missing-site'],
    ['names without a certificate', () => ({ domainNames: ['events.example.com'] }), 'incomplete-domain'],
    [
      'a certificate without names',
      (stack) => ({ certificate: certified(stack).certificate as never }),
      'incomplete-domain',
    ],
  ])('refuses %s', (_, props, code) => {
    const error = thrownBy(() => templateOf(props));
    expect(ConstructError.is(error) && error.code).toBe(code);
  });
});

test('the example is the one of the documentation', () => {
  const example = readFileSync(join(repository, 'examples/schema-site/app.ts'), 'utf8');
  expect(readFileSync(join(repository, 'docs/site.md'), 'utf8')).toContain(`\`\`\`ts\n${example}\`\`\``);
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
