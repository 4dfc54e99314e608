import { type HttpIngress, type Ingress, limits, type ResolvedSettings, type Topology } from '@eventloom/engine';
import type { ServiceModel } from '../../../model/event-model.ts';
import { count } from '../../count.ts';
import type { Fact, ResourceEntry } from '../../site-model.ts';
import { code } from '../words.ts';
import { keptFact, logFact, removalFact } from './shared-facts.ts';

/** The API of a service with its authorizers, its schedules and its pipes. */
export function ingressResources(
  { system }: Topology,
  { wiring, ingresses }: ServiceModel,
  settings: ResolvedSettings,
): readonly ResourceEntry[] {
  const all = ingresses.map((ingress) => ingress.wiring);
  const http = all.filter((ingress): ingress is HttpIngress => ingress.kind === 'http');
  const api = http.length === 0 ? [] : [apiOf(`${system}-${wiring.name}`, wiring.name, { http, settings })];
  return [...api, ...authorizersOf(http, settings), ...all.flatMap((ingress) => ownResources(ingress, settings))];
}

function apiOf(
  name: string,
  service: string,
  { http, settings }: { readonly http: readonly HttpIngress[]; readonly settings: ResolvedSettings },
): ResourceEntry {
  const facts = [
    { label: 'Stage', value: '`live`' },
    ...http.map(({ method, path, operation, authorization, throttle }) => ({
      label: `${method} ${path}`,
      value: `${code(operation)}, ${authorizations[authorization.kind]}${throttle === null ? '' : `, ${count(throttle.ratePerSecond, 'request')} a second at most`}`,
    })),
    logFact(settings),
  ];
  return { kind: 'REST API', name, belongsTo: service, facts };
}

const authorizations = {
  none: 'open to all',
  iam: 'signed with IAM',
  apiKey: 'with an API key',
  jwt: 'with a JWT',
  lambda: 'let in by a Lambda authorizer',
} as const;

function authorizersOf(http: readonly HttpIngress[], settings: ResolvedSettings): readonly ResourceEntry[] {
  const handlers = http.flatMap(({ authorization }) => ('handler' in authorization ? [authorization.handler] : []));
  return [...new Set(handlers)].sort().map((handler) => ({
    kind: 'Lambda function',
    name: `HttpApi/Authorizer-${handler.replaceAll('/', '-')}/Function`,
    belongsTo: handler,
    facts: [{ label: 'Handler', value: code(handler) }, logFact(settings)],
  }));
}

function ownResources(ingress: Ingress, settings: ResolvedSettings): readonly ResourceEntry[] {
  const make = (kind: string, path: string, facts: readonly Fact[]): ResourceEntry => ({
    ...{ kind, name: `${ingress.constructId}/${path}`, belongsTo: ingress.operation, facts },
  });
  const deadLetters = make('dead-letter queue', 'DeadLetterQueue', [keptFact]);
  switch (ingress.kind) {
    case 'http':
      return [];
    case 'schedule':
      return [
        make('schedule', 'Schedule', [
          { label: 'When', value: `${code(ingress.expression)} ${ingress.timezone ?? 'UTC'}` },
          ...(ingress.flexibleMinutes === null
            ? []
            : [{ label: 'Within', value: count(ingress.flexibleMinutes, 'minute') }]),
          { label: 'Retries', value: `${limits.scheduleRetryAttemptsMaximum.value} at most, for a day` },
        ]),
        deadLetters,
      ];
    case 'queue':
      return [
        make('EventBridge pipe', 'Pipe', [
          { label: 'From', value: ingress.arn === null ? 'its own queue' : code(ingress.arn) },
          { label: 'Batch', value: `${count(ingress.batchSize, 'message')} at most` },
          logFact(settings),
        ]),
        ...(ingress.arn === null
          ? [
              make('SQS queue', 'Queue', [
                { label: 'Receives', value: `${ingress.maxReceiveCount} at most, then the dead-letter queue` },
              ]),
              deadLetters,
            ]
          : []),
      ];
    case 'table':
      return [
        make('EventBridge pipe', 'Pipe', [
          {
            label: 'From',
            value: ingress.streamArn === null ? 'the stream of its own table' : code(ingress.streamArn),
          },
          { label: 'Payload', value: `attribute ${code(ingress.attribute)} of new items` },
          { label: 'Batch', value: `${count(ingress.batchSize, 'record')} at most` },
          logFact(settings),
        ]),
        ...(ingress.streamArn === null ? [make('DynamoDB table', 'Table', [removalFact(settings)])] : []),
        deadLetters,
      ];
    default:
      return ingress satisfies never;
  }
}
