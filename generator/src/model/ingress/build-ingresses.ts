import type { Ingress } from '@eventloom/engine';
import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { OperationDeclaration, SendDeclaration } from '../declarations.ts';
import type { MessageType, ServiceModel } from '../event-model.ts';
import { addressOf } from '../events.ts';
import type { Messages } from '../messages.ts';
import { pascalCase } from '../names.ts';
import { sortBy } from '../order.ts';
import { descriptionOf } from '../read/doc.ts';
import type { IngressDeclaration } from '../read/ingress.ts';
import { listOf, quote } from '../wording.ts';
import { ingressAttributes } from './attributes.ts';
import { authorizerConflicts } from './authorizer-conflicts.ts';
import { httpParts } from './http.ts';
import { pathConflicts } from './path-conflicts.ts';
import { schedulePayload } from './schedule.ts';
import { groupField, targetFaults, targetKind } from './target.ts';

/** An ingress, and where it is written. */
export interface IngressModel {
  readonly wiring: Ingress;
  readonly origin: Origin;
}

/** What is left to defaults. */
const defaults = { batchSize: 10, maxReceiveCount: 5, attribute: 'payload' } as const;

/** Makes the ingresses of all `send` operations with `x-ingress`, sorted by operation. */
export function buildIngresses(
  operations: readonly OperationDeclaration[],
  messages: Messages,
  problems: Diagnostic[],
): readonly IngressModel[] {
  const sends = operations.filter((operation): operation is SendDeclaration => operation.action === 'send');
  const ingresses = sortBy(sends, ({ key }) => key).flatMap((send) => {
    const { ingress } = send;
    const wiring = ingress === null ? null : buildIngress(send, ingress, messages, problems);
    return ingress === null || wiring === null ? [] : [{ wiring, origin: ingress.node.origin }];
  });
  const http = ingresses.flatMap(({ wiring, origin }) => (wiring.kind === 'http' ? [{ wiring, origin }] : []));
  problems.push(...pathConflicts(http), ...authorizerConflicts(http));
  return ingresses;
}

/** Gives each service its ingresses. */
export function withIngresses(
  services: readonly ServiceModel[],
  ingresses: readonly IngressModel[],
): readonly ServiceModel[] {
  return services.map((service) => ({
    ...service,
    ingresses: ingresses.filter(({ wiring }) => wiring.service === service.wiring.name),
  }));
}

function buildIngress(
  send: SendDeclaration,
  declaration: IngressDeclaration,
  messages: Messages,
  problems: Diagnostic[],
): Ingress | null {
  const faults = targetFaults(send);
  problems.push(...faults);
  const message = theMessage(send, declaration, messages, problems);
  const { placement } = send.channel;
  if (message === null || placement === null || faults.length > 0) return null;
  const base = {
    operation: send.key,
    service: send.service,
    constructId: pascalCase(send.key),
    description: descriptionOf(send.node),
    event: addressOf(send.channel, placement, message.name),
  };
  switch (declaration.type) {
    case 'http': {
      const isBus = targetKind(send) === 'bus';
      const parts = httpParts(declaration, message, { service: send.service, isBus }, problems);
      const attributes = attributesOf(send, declaration, message, problems);
      return parts === null ? null : { kind: 'http', ...base, ...parts, ...(attributes !== null && { attributes }) };
    }
    case 'schedule': {
      const attributes = attributesOf(send, declaration, message, problems);
      const parts = { attributes, groupField: groupField(send) };
      const payload = schedulePayload(declaration.node, message.payload, parts, problems);
      const { expression, timezone = null, flexibleMinutes = null } = declaration.fields;
      return payload === null ? null : { kind: 'schedule', ...base, expression, timezone, flexibleMinutes, ...payload };
    }
    case 'queue': {
      const { arn = null, batchSize = defaults.batchSize, maxReceiveCount } = declaration.fields;
      return { kind: 'queue', ...base, arn, batchSize, maxReceiveCount: maxReceiveCount ?? defaults.maxReceiveCount };
    }
    case 'table': {
      const { streamArn = null, attribute = defaults.attribute, batchSize = defaults.batchSize } = declaration.fields;
      return { kind: 'table', ...base, streamArn, attribute, batchSize };
    }
    default:
      return declaration satisfies never;
  }
}

/** Null on a bus, where headers are not sent. */
function attributesOf(
  send: SendDeclaration,
  { node }: IngressDeclaration,
  message: MessageType,
  problems: Diagnostic[],
) {
  return targetKind(send) === 'bus' ? null : ingressAttributes(send, node.origin, message, problems);
}

function theMessage(
  { key, messages: own, channel }: SendDeclaration,
  { node }: IngressDeclaration,
  messages: Messages,
  problems: Diagnostic[],
): MessageType | null {
  const [only, ...others] = own;
  if (only === undefined) return null;
  if (others.length === 0) return messages.byDefinition.get(only.definition) ?? null;
  const names = listOf(own.map(({ name }) => name));
  const message = `Operation ${quote(key)} has \`x-ingress\` and sends ${names}; nothing would tell which of them a request is.`;
  const help = `Let it select one: \`messages: [{ $ref: '#/channels/${channel.key}/messages/${only.key}' }]\`.`;
  problems.push(report('ingress-events', node.origin, message, help));
  return null;
}
