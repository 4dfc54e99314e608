import type { Infrastructure } from '@eventloom/engine';
import type { DeliveryOptions, ReceiveDeclaration } from '../declarations.ts';

const inherited = ['memoryMb', 'timeoutSeconds'] as const;

/**
 * Gives operations the memory and timeout that `x-infrastructure` says for their service, else for the system, where
 * `x-delivery` of none of the consumer's operations says one. From here on it is as if the spec had said it there, so that
 * the visibility timeout and every rule follow.
 */
export function withFunctionDefaults(
  operations: readonly ReceiveDeclaration[],
  infrastructure: Infrastructure | undefined,
): readonly ReceiveDeclaration[] {
  if (infrastructure === undefined) return operations;
  const given = new Set(operations.flatMap((one) => [...one.delivery.keys()].map((option) => optionOf(one, option))));
  return operations.map((operation) => {
    if (!hasFunction(operation, operations)) return operation;
    const added = inherited.flatMap((option) => {
      const value = settingOf(infrastructure, operation.service, option);
      if (value === undefined || given.has(optionOf(operation, option))) return [];
      return [[option, { value, origin: operation.origin, node: operation.node }] as const];
    });
    const delivery: DeliveryOptions = new Map([...operation.delivery, ...added]);
    return added.length === 0 ? operation : { ...operation, delivery };
  });
}

/** Returns what `x-infrastructure` says of the functions of a service, whatever the environment. */
export function settingOf(
  infrastructure: Infrastructure | undefined,
  service: string,
  option: (typeof inherited)[number],
): number | undefined {
  const { services = {} } = infrastructure ?? {};
  const own = Object.hasOwn(services, service) ? services[service]?.[option] : undefined;
  return own ?? infrastructure?.[option];
}

function optionOf({ service, consumer }: ReceiveDeclaration, option: string): string {
  return `${service}/${consumer}/${option}`;
}

/** Other deliveries have no function, so that these options would be refused on them. */
function hasFunction(operation: ReceiveDeclaration, operations: readonly ReceiveDeclaration[]): boolean {
  const type = operations
    .filter(({ service, consumer }) => service === operation.service && consumer === operation.consumer)
    .flatMap(({ delivery }) => delivery.get('type')?.value ?? [])[0];
  return type === undefined || type === 'queue' || type === 'function';
}
