import { type Downstream, limits } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { ReceiveDeclaration } from '../declarations.ts';
import { downstreamDefaults } from '../delivery-defaults.ts';
import { isIdentifierName, isReservedWord } from '../names.ts';
import { sortBy } from '../order.ts';
import { quote } from '../wording.ts';
import { type FieldsOf, integerBetween, isObject, readFields } from './fields.ts';

const seconds = integerBetween(1, limits.visibilityTimeoutSecondsMaximum.value);

const downstreamFields = {
  outageSeconds: integerBetween(1, limits.retentionSecondsMaximum.value),
  failureThreshold: integerBetween(1),
  firstProbeSeconds: seconds,
  maximumProbeSeconds: seconds,
};

const form = 'For example `x-downstreams: { gateway: { outageSeconds: 600 } }`.';

/** Reads `x-downstreams`; null when the operation has none, or one with a mistake. */
export function readDownstreams(operation: SpecNode, problems: Diagnostic[]): ReceiveDeclaration['downstreams'] {
  const node = operation.get('x-downstreams');
  if (node === undefined) return null;
  const origin = operation.keyOrigin('x-downstreams');
  if (!isObject(node.value) || node.entries().length === 0) {
    const message = '`x-downstreams` must be an object that names what the handler calls.';
    problems.push(report('extension-value', origin, message, form));
    return null;
  }
  const entries = node.entries();
  const downstreams = entries.flatMap(([name]) => readDownstream(node, name, problems) ?? []);
  return downstreams.length < entries.length ? null : { value: sortBy(downstreams, ({ name }) => name), origin };
}

function readDownstream(holder: SpecNode, name: string, problems: Diagnostic[]): Downstream | null {
  const node = holder.get(name);
  const origin = holder.keyOrigin(name);
  const found: Diagnostic[] = [];
  const refuse = (message: string, help: string) => found.push(report('extension-value', origin, message, help));
  // `__proto__` is an identifier, but no key that an object could have.
  if (!isIdentifierName(name) || isReservedWord(name) || name === '__proto__') {
    refuse(`The downstream ${quote(name)} has no identifier for a name; the handler finds it by that.`, form);
  }
  const fields: FieldsOf<typeof downstreamFields> =
    node === undefined ? {} : readFields(node, `x-downstreams.${name}`, downstreamFields, found);
  const { outageSeconds, ...own } = fields;
  const downstream = { ...downstreamDefaults, ...own };
  if (outageSeconds === undefined && found.length === 0) {
    refuse(`The downstream ${quote(name)} has no \`outageSeconds\`: the outage that must do no harm.`, form);
  }
  if (downstream.firstProbeSeconds > downstream.maximumProbeSeconds && found.length === 0) {
    const { firstProbeSeconds, maximumProbeSeconds } = downstream;
    refuse(
      `The first probe of ${quote(name)} comes after ${firstProbeSeconds} seconds, which is later than the maximum of ${maximumProbeSeconds}.`,
      'Raise `maximumProbeSeconds`, or lower `firstProbeSeconds`.',
    );
  }
  problems.push(...found);
  return outageSeconds === undefined || found.length > 0 ? null : { name, outageSeconds, ...downstream };
}
