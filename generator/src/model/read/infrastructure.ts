import {
  type EnvironmentSettings,
  type Infrastructure,
  type InfrastructureSettings,
  limits,
  logRetentionPeriods,
} from '@eventloom/engine';
import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { Placed } from '../declarations.ts';
import { isKebabCase } from '../names.ts';
import { quote } from '../wording.ts';
import { alarmsShape, readAlarmsAt } from './alarms.ts';
import { anyList, anyObject, choice, type FieldShape, flag, integerBetween, isObject, readFields } from './fields.ts';
import { readQuotas } from './quotas.ts';
import { readNotify, readTags } from './tags.ts';

/** `x-infrastructure` as it was read. */
export interface InfrastructureDeclaration {
  /** Undefined when the spec has none. */
  readonly value: Infrastructure | undefined;
  /** Every service that it names, with the place. */
  readonly services: readonly Placed<string>[];
}

const logRetention: FieldShape<number> = {
  expected: `a number of days that CloudWatch Logs knows: ${logRetentionPeriods.join(', ')}`,
  parse: (value) => logRetentionPeriods.find((days) => days === value),
};

/** Settings that may stand at every level. */
const settingsFields = {
  alarms: alarmsShape,
  dashboard: flag,
  logRetentionDays: logRetention,
  tracing: flag,
  architecture: choice(['arm64', 'x86_64']),
  removal: choice(['retain', 'destroy']),
  memoryMb: integerBetween(limits.functionMemoryMbMinimum.value, limits.functionMemoryMbMaximum.value),
  timeoutSeconds: integerBetween(
    limits.functionTimeoutSecondsMinimum.value,
    limits.functionTimeoutSecondsMaximum.value,
  ),
  tags: anyObject,
};

const environmentFields = { ...settingsFields, notify: anyList, services: anyObject };

const rootFields = {
  ...environmentFields,
  encryption: choice(['customer']),
  environments: anyObject,
  quotas: anyObject,
};

/** Reads `x-infrastructure` at the root of the spec. What is wrong in it is reported and left out. */
export function readInfrastructure(root: SpecNode, problems: Diagnostic[]): InfrastructureDeclaration {
  const node = root.get('x-infrastructure');
  if (node === undefined) return { value: undefined, services: [] };
  const services: Placed<string>[] = [];
  const context = { problems, services };
  const subject = 'x-infrastructure';
  const { encryption } = readFields(node, subject, rootFields, problems);
  const environments = readEach(node, 'environments', subject, problems, (holder, name) => {
    checkEnvironmentName(name, holder.keyOrigin(name), problems);
    return readEnvironment(holder.get(name), `${subject}.environments.${name}`, context);
  });
  const quotas = readQuotas(node, subject, problems);
  return {
    services,
    value: {
      ...readLevel(node, subject, context),
      ...(quotas === undefined ? {} : { quotas }),
      ...(encryption === undefined ? {} : { encryption }),
      ...(environments === undefined ? {} : { environments }),
    },
  };
}

interface Context {
  readonly problems: Diagnostic[];
  readonly services: Placed<string>[];
}

function readEnvironment(node: SpecNode | undefined, subject: string, context: Context): EnvironmentSettings {
  if (node === undefined) return {};
  judge(node, subject, environmentFields, context.problems);
  return readLevel(node, subject, context);
}

/** The settings of the system or of an environment, with those of its services. The fields were judged before. */
function readLevel(node: SpecNode, subject: string, context: Context): EnvironmentSettings {
  const { problems } = context;
  const notify = readNotify(node, subject, problems);
  const services = readEach(node, 'services', subject, problems, (holder, name) => {
    context.services.push({ value: name, origin: holder.keyOrigin(name) });
    const settings = holder.get(name);
    const path = `${subject}.services.${name}`;
    if (settings === undefined) return {};
    judge(settings, path, settingsFields, problems);
    return readSettings(settings, path, problems);
  });
  return {
    ...readSettings(node, subject, problems),
    ...(notify === undefined ? {} : { notify }),
    ...(services === undefined ? {} : { services }),
  };
}

function readSettings(node: SpecNode, subject: string, problems: Diagnostic[]): InfrastructureSettings {
  if (!isObject(node.value)) return {};
  // Everything wrong was reported by who judged the object.
  const { alarms: _alarms, tags: _tags, ...plain } = readFields(node, subject, settingsFields, []);
  const alarms = readAlarmsAt(node, 'alarms', `${subject}.alarms`, problems);
  const tags = readTags(node, subject, problems);
  return { ...plain, ...(alarms === undefined ? {} : { alarms }), ...(tags === undefined ? {} : { tags }) };
}

/** Reports unknown fields and wrong values. For a field that is known elsewhere, the help says where. */
function judge(
  node: SpecNode,
  subject: string,
  fields: Parameters<typeof readFields>[2],
  problems: Diagnostic[],
): void {
  const found: Diagnostic[] = [];
  readFields(node, subject, fields, found);
  problems.push(
    ...found.map((one) => {
      const field = one.origin.pointer.slice(one.origin.pointer.lastIndexOf('/') + 1);
      const isElsewhere = one.code === 'extension-field' && Object.hasOwn(rootFields, field);
      return isElsewhere ? { ...one, help: elsewhere(field) } : one;
    }),
  );
}

function elsewhere(field: string): string {
  if (field === 'quotas') return 'Quotas are those of the account: write them directly below `x-infrastructure`.';
  return field === 'encryption'
    ? 'There is one key for the whole system: write it directly below `x-infrastructure`.'
    : `Write it directly below \`x-infrastructure\`${field === 'environments' ? '' : ', or below an environment'}.`;
}

/** Reads the entries of an object by their names; undefined when there is none. */
function readEach<Value>(
  holder: SpecNode,
  field: string,
  subject: string,
  problems: Diagnostic[],
  read: (node: SpecNode, name: string) => Value,
): Readonly<Record<string, Value>> | undefined {
  const node = holder.get(field);
  if (node === undefined || !isObject(node.value)) return undefined;
  const entries = node.entries().flatMap(([name]): (readonly [string, Value])[] => {
    if (name !== '__proto__') return [[name, read(node, name)]];
    const message = `${quote(`${subject}.${field}`)} cannot have an entry called \`__proto__\`.`;
    problems.push(report('extension-value', node.keyOrigin(name), message, 'Remove it.'));
    return [];
  });
  return Object.fromEntries(entries);
}

function checkEnvironmentName(name: string, origin: Origin, problems: Diagnostic[]): void {
  if (isKebabCase(name)) return;
  const message = `The environment ${quote(name)} cannot start the names of stacks and queues.`;
  problems.push(report('extension-value', origin, message, 'Name it in kebab-case, such as `prod`.'));
}
