import type { Topology } from '@eventloom/engine';
import { JsonPath, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { expectTypeOf, test } from 'vitest';
import { EmitEvent, type EmitEventProps } from './emit-event.ts';

// As the generator writes them.
type OrdersPublisherEvent =
  | {
      readonly name: 'OrderPlaced';
      readonly source?: 'shop.orders' | undefined;
      readonly payload: {
        readonly orderId: string;
        readonly market: 'eu' | 'us';
        readonly lines: readonly { readonly quantity: number }[];
      };
    }
  | {
      readonly name: 'OrderCancelled';
      readonly source?: 'shop.orders' | undefined;
      readonly payload: { readonly orderId: string; readonly reason?: string };
    };

type Props = EmitEventProps<OrdersPublisherEvent>;
const rest = { topology: {} as Topology, service: 'orders' };

test('an event is one of the service, with its payload or a part of the input', () => {
  const make = (scope: Construct) => [
    new EmitEvent<OrdersPublisherEvent>(scope, 'A', {
      ...rest,
      event: 'OrderPlaced',
      detail: {
        orderId: JsonPath.stringAt('$.id'),
        market: JsonPath.stringAt('$.market'),
        lines: [{ quantity: JsonPath.numberAt('$.n') }],
      },
    }),
    new EmitEvent<OrdersPublisherEvent>(scope, 'B', {
      ...rest,
      event: 'OrderCancelled',
      detail: TaskInput.fromJsonPathAt('$'),
    }),
    new EmitEvent(scope, 'C', { ...rest, event: 'Anything', detail: { whatever: true } }),
  ];
  expectTypeOf(make).toBeFunction();
  expectTypeOf<Props['event']>().toEqualTypeOf<'OrderPlaced' | 'OrderCancelled'>();
});

test('what the service does not publish, or not with that payload, does not compile', () => {
  const wrong: readonly Props[] = [
    // @ts-expect-error no such event
    { ...rest, event: 'OrderPlacd', detail: TaskInput.fromJsonPathAt('$') },
    // @ts-expect-error a field is missing
    { ...rest, event: 'OrderPlaced', detail: { orderId: 'o', market: 'eu' } },
    // @ts-expect-error a field is of another kind
    { ...rest, event: 'OrderCancelled', detail: { orderId: 7 } },
    // @ts-expect-error no such field
    { ...rest, event: 'OrderCancelled', detail: { orderId: 'o', why: 'because' } },
    // @ts-expect-error another source
    { ...rest, event: 'OrderCancelled', source: 'shop.order', detail: { orderId: 'o' } },
  ];
  expectTypeOf(wrong).toEqualTypeOf<readonly Props[]>();
});
