import type { AwsClient } from '@eventloom/runtime';

type Value = { readonly S: string } | { readonly N: string } | { readonly BOOL: boolean };
type Item = Readonly<Record<string, Value>>;

interface Input {
  readonly Key?: { readonly id: { readonly S: string } };
  readonly Item?: Item & { readonly id: { readonly S: string } };
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeValues?: Item;
}

/** A DynamoDB table behind the commands of the SDK, with as much of its expressions as the runtime writes. */
export function fakeTable(): { readonly client: AwsClient; readonly items: Map<string, Item> } {
  const items = new Map<string, Item>();
  const send = async (command: object): Promise<unknown> => {
    const { input } = command as { readonly input: Input };
    const id = input.Key?.id.S ?? input.Item?.id.S ?? '';
    const item = items.get(id);
    if (command.constructor.name === 'GetItemCommand') return { Item: item };
    const values = input.ExpressionAttributeValues ?? {};
    if (!holds(input.ConditionExpression, item ?? {}, values)) {
      throw Object.assign(new Error('unmet'), { name: 'ConditionalCheckFailedException', Item: item });
    }
    if (input.Item) items.set(id, input.Item);
    else items.set(id, updated(input.UpdateExpression ?? '', item ?? { id: { S: id } }, values));
    return { Attributes: items.get(id) };
  };
  return { client: { send }, items };
}

/** `a AND (b OR c)`: parentheses hold no parentheses but those of functions. */
function holds(expression: string | undefined, item: Item, values: Item): boolean {
  if (!expression) return true;
  return expression.split(' AND ').every((term) =>
    term
      .replace(/^\((.*)\)$/, '$1')
      .split(' OR ')
      .some((test) => tests(test, item, values)),
  );
}

function tests(test: string, item: Item, values: Item): boolean {
  const [, absent] = /^attribute_not_exists\(#(\w+)\)$/.exec(test) ?? [];
  if (absent) return item[absent] === undefined;
  const [, name = '', operator, value = ''] = /^#(\w+) ([=<]) :(\w+)$/.exec(test) ?? [];
  const [left, right] = [textOf(item[name]), textOf(values[`:${value}`])];
  if (operator === '=') return left === right;
  if (operator === '<') return Number(left) < Number(right);
  throw new Error(`The fake table does not know ${test}`);
}

const textOf = (value: Value | undefined): string =>
  JSON.stringify(Object.values(value ?? {})[0] ?? null).replaceAll('"', '');

function updated(expression: string, item: Item, values: Item): Item {
  const [, set = '', removed] = /^(?:SET (.*?))?(?: ?REMOVE #(\w+))?$/.exec(expression) ?? [];
  const assigned = [...set.matchAll(/#(\w+) = (?:if_not_exists\(#\w+, :(\w+)\)|:(\w+))/g)].map(
    ([, name = '', unlessSet, always = '']) =>
      [name, unlessSet === undefined ? values[`:${always}`] : (item[name] ?? values[`:${unlessSet}`])] as const,
  );
  if (assigned.length === 0 && !removed) throw new Error(`The fake table does not know ${expression}`);
  const changed = Object.entries({ ...item, ...Object.fromEntries(assigned) });
  return Object.fromEntries(changed.filter(([name, value]) => name !== removed && value !== undefined)) as Item;
}
