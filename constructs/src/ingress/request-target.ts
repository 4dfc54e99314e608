import type { HttpIngress } from '@eventloom/engine';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Destinations } from '../destinations.ts';
import type { RequestTarget } from './request-template.ts';

/** How API Gateway calls the service that a request goes to. */
export interface Integration {
  readonly template: RequestTarget;
  readonly service: 'events' | 'sns' | 'sqs';
  /** Undefined: `path` says where. */
  readonly action: string | undefined;
  readonly path: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
}

const form = { contentType: 'application/x-www-form-urlencoded', headers: {} } as const;

/** Finds out how to send the event of an ingress to its destination. */
export function requestTarget(scope: Construct, { event }: HttpIngress, destinations: Destinations): Integration {
  const { destination, name, arn } = destinations.locate(event.destination);
  switch (destination.kind) {
    case 'bus':
      return {
        template: { kind: 'bus', name },
        service: 'events',
        action: 'PutEvents',
        path: '',
        contentType: 'application/x-amz-json-1.1',
        headers: { 'integration.request.header.X-Amz-Target': "'AWSEvents.PutEvents'" },
      };
    case 'topic':
      return {
        template: { kind: 'topic', arn, groupField: groupField(destination) },
        service: 'sns',
        action: undefined,
        path: '/',
        ...form,
      };
    case 'queue':
      return {
        template: { kind: 'queue', groupField: groupField(destination) },
        service: 'sqs',
        action: undefined,
        path: `${Stack.of(scope).account}/${name}`,
        ...form,
      };
    default:
      return destination satisfies never;
  }
}

/** The field at the top of the payload whose value is the message group; null where nothing is ordered. */
export function groupField({ ordering }: { readonly ordering: { readonly key: string } | null }): string | null {
  return ordering === null ? null : ordering.key.slice(1);
}
