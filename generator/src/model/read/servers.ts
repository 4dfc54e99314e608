import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { BusSettings, ServerDeclaration } from '../declarations.ts';
import { busNameFault } from '../physical-names.ts';
import { readAllowedAccounts } from './allowed-accounts.ts';
import { descriptionOf } from './doc.ts';
import { anyList, anyObject, choice, flag, integerBetween, isObject, readFields, textThat } from './fields.ts';

const eventBusFields = {
  busName: textThat('the name of an event bus', () => true),
  archive: anyObject,
  schemaRegistry: flag,
  allowAccounts: anyList,
  logging: anyObject,
};

const archiveFields = { retentionDays: integerBetween(0) };

const loggingFields = { level: choice(['error', 'info', 'trace']), detail: flag };

/** Reads the servers of the spec. Those of protocol `eventbridge` are event buses; others are left alone. */
export function readServers(root: SpecNode, problems: Diagnostic[]): readonly ServerDeclaration[] {
  const servers = root.get('servers');
  return (servers?.entries() ?? []).map(([key, node]) => {
    return readServer({ key, node, origin: servers?.keyOrigin(key) ?? node.referrer }, problems);
  });
}

interface Server {
  readonly key: string;
  readonly node: SpecNode;
  /** Where its key is written. */
  readonly origin: Origin;
}

function readServer(server: Server, problems: Diagnostic[]): ServerDeclaration {
  const { key, node, origin } = server;
  const protocol = String(node.get('protocol')?.value ?? '');
  const base = { key, protocol, identity: node.identity, origin };
  if (protocol === 'eventbridge') return { ...base, bus: readBus(server, problems) };
  if (node.get('x-eventbridge') !== undefined) {
    const message = `Server \`${key}\` has \`x-eventbridge\`, but its protocol is \`${protocol}\`.`;
    const help = 'Write `protocol: eventbridge`, or remove `x-eventbridge`.';
    problems.push(report('misplaced-extension', node.keyOrigin('x-eventbridge'), message, help));
  }
  return { ...base, bus: null };
}

function readBus({ key, node, origin }: Server, problems: Diagnostic[]): BusSettings {
  const extension = node.get('x-eventbridge');
  const fields = extension === undefined ? {} : readFields(extension, 'x-eventbridge', eventBusFields, problems);
  const name = fields.busName ?? key;
  const fault = busNameFault(name);
  if (fault !== null) {
    const place = fields.busName === undefined ? origin : (extension?.keyOrigin('busName') ?? origin);
    problems.push(report('physical-name', place, fault, 'Give the bus another name with `x-eventbridge.busName`.'));
  }
  return {
    name,
    archive: readArchive(extension, problems),
    description: descriptionOf(node),
    logging: readLogging(extension, problems),
    allowAccounts: extension === undefined ? [] : readAllowedAccounts(extension, problems),
    schemaRegistry: fields.schemaRegistry === true ? (extension?.keyOrigin('schemaRegistry') ?? null) : null,
  };
}

function readArchive(extension: SpecNode | undefined, problems: Diagnostic[]): BusSettings['archive'] {
  const node = extension?.get('archive');
  if (node === undefined || typeof node.value !== 'object' || node.value === null) return null;
  const { retentionDays } = readFields(node, 'x-eventbridge.archive', archiveFields, problems);
  // Without a number of days AWS keeps an archive for ever: `RetentionDays` 0.
  return { retentionDays: retentionDays ?? 0 };
}

/** `logging: {}` logs errors: whoever asks for logs wants those at least. */
function readLogging(extension: SpecNode | undefined, problems: Diagnostic[]): BusSettings['logging'] {
  const node = extension?.get('logging');
  if (node === undefined || !isObject(node.value)) return null;
  const { level, detail } = readFields(node, 'x-eventbridge.logging', loggingFields, problems);
  return { level: level ?? 'error', detail: detail ?? false };
}
