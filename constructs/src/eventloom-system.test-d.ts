import type { Topology } from '@eventloom/engine';
import { App } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { expectTypeOf, test } from 'vitest';
import type { EventConsumer } from './event-consumer.ts';
import { EventloomSystem } from './eventloom-system.ts';
import type { WorkflowSource } from './subscribers/workflow-source.ts';

// As the generator writes them: interfaces, which have no index signature.
interface Handlers {
  readonly 'fraud/screen': () => void;
  readonly 'orders/outbox-relay': () => void;
  readonly 'orders/update': () => void;
}
type HandlerModules = { readonly [Key in keyof Handlers]: () => Promise<{ readonly handler: Handlers[Key] }> };
interface ServiceCode<Asset> {
  readonly fraud: Asset;
  readonly orders: Asset;
}
interface InfraProps<Asset> {
  readonly topology: Topology;
  readonly handlers: HandlerModules;
  readonly code: ServiceCode<Asset>;
}

test('a system takes the generated props and knows its consumers, among which no relay is', () => {
  const build = (props: InfraProps<Code>) => new EventloomSystem(new App(), 'Shop', { ...props, environment: 'dev' });
  type System = ReturnType<typeof build>;

  expectTypeOf<System['consumer']>().parameter(0).toEqualTypeOf<'fraud/screen' | 'orders/update'>();
  expectTypeOf<System['consumer']>().returns.toEqualTypeOf<EventConsumer>();
});

test('a system takes the state machines that its generated props ask for, and no others', () => {
  interface Workflows<StateMachine> {
    readonly 'orders/fulfil': StateMachine;
  }
  interface Props extends InfraProps<Code> {
    readonly workflows: Workflows<WorkflowSource>;
  }
  const build = (props: Props) => new EventloomSystem(new App(), 'Shop', props);
  expectTypeOf(build).toBeFunction();
  const wrong = (props: InfraProps<Code>, workflows: Workflows<string>) =>
    // @ts-expect-error a text is no state machine
    new EventloomSystem(new App(), 'Shop', { ...props, workflows });
  expectTypeOf(wrong).toBeFunction();
});

test('a system takes no code that is not code', () => {
  const build = (topology: Topology) =>
    // @ts-expect-error a path is no Code
    new EventloomSystem(new App(), 'Shop', { topology, handlers: {}, code: { fraud: './bundle/fraud' } });
  expectTypeOf(build).toBeFunction();
});
