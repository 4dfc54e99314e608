import {
  coreResources,
  limits,
  repeatedStackNames,
  type StackPart,
  splitService,
  type Topology,
} from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { toTopology } from '../model/to-topology.ts';
import { listOf, quote } from '../model/wording.ts';
import { originOfService } from './name-limits.ts';
import type { Rule } from './rule.ts';
import { templateBytes } from './template-bytes.ts';

/** Reports stacks that CloudFormation would refuse, and services that get several so that it does not. */
export const stackLimits: Rule = (model) => {
  const topology = toTopology(model);
  const repeated = new Set(repeatedStackNames(topology));
  return [
    ...coreStack(topology).map((message) => report('resources-per-stack', model.spec.origin, message, coreAdvice)),
    ...topology.services.flatMap((service): readonly Diagnostic[] => {
      const parts = splitService(topology, service);
      const origin = originOfService(service.name, model);
      const taken = parts.filter(({ name }) => repeated.has(name)).map(({ name }) => name);
      return [
        ...(parts.length > 1 ? [report('service-split', origin, splitText(service.name, parts))] : []),
        ...parts.flatMap(tooManyResources).map((message) => report('resources-per-stack', origin, message)),
        ...parts.flatMap((part) => tooLong(topology, part)).map((message) => report('template-size', origin, message)),
        ...(taken.length === 0 ? [] : [report('stack-name-repeated', origin, repeatedText(service.name, taken))]),
      ];
    }),
  ];
};

const coreAdvice = 'Split the spec into systems with a bus each.';

function coreStack(topology: Topology): readonly string[] {
  const count = coreResources(topology);
  const most = limits.stackResources.value;
  return count <= most ? [] : [`The core stack would have up to ${count} resources; CloudFormation takes ${most}.`];
}

function splitText(service: string, parts: readonly StackPart[]): string {
  const names = listOf(parts.map(({ name }) => name));
  return `Service ${quote(service)} has more resources than one stack takes and gets ${parts.length}: ${names}.`;
}

/** A stack with nothing left to give away: one consumer, or what stays in the first stack. */
function tooManyResources({ name, resources, consumers, subscribers }: StackPart): readonly string[] {
  const most = limits.stackResources.value;
  if (resources <= most) return [];
  const keys = [...consumers, ...subscribers].map(({ key }) => key);
  const whose = keys.length === 0 ? 'with its ingresses alone' : `with ${listOf(keys)} alone`;
  return [`Stack ${quote(name)} would have up to ${resources} resources ${whose}; CloudFormation takes ${most}.`];
}

function tooLong(topology: Topology, part: StackPart): readonly string[] {
  const bytes = templateBytes(topology, part);
  const most = limits.stackTemplateBytes.value;
  // A definition that Step Functions would refuse already is told as such.
  if (bytes <= most || part.subscribers.some(hasLongDefinition)) return [];
  return [`The template of stack ${quote(part.name)} would have about ${bytes} bytes; CloudFormation takes ${most}.`];
}

function hasLongDefinition({ delivery }: StackPart['subscribers'][number]): boolean {
  const definition = delivery.type === 'workflow' ? (delivery.definition ?? '') : '';
  return new TextEncoder().encode(definition).length > limits.stateMachineDefinitionBytes.value;
}

function repeatedText(service: string, names: readonly string[]): string {
  return `Service ${quote(service)} would have a stack ${listOf(names)}, and so would another service.`;
}
