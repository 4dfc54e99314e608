import type { Topology } from '@eventloom/engine';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  QueryLanguage,
  type TaskInput,
  type TaskMetricsConfig,
  TaskStateBase,
  type TaskStateBaseProps,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { type Destinations, locateDestinations } from '../destinations.ts';
import { useEncryption } from '../encryption.ts';
import { grantPublish } from '../grant-publish.ts';
import { settingsOf } from '../settings.ts';
import { type Detail, detailValue } from './detail.ts';
import { renderEmission } from './emit-task.ts';
import { findAddress } from './find-address.ts';
import { statementsOf } from './statements-of.ts';

/** An event as a generated publisher names it: `OrdersPublisherEvent` of service `orders`. */
export interface EmittableEvent {
  readonly name: string;
  /** The channel's address. Absent: there is one only. */
  readonly source?: string | undefined;
  readonly payload: unknown;
}

/** Which event is emitted, and with what. One alternative for each event of `Event`. */
export type EmittedEvent<Event extends EmittableEvent> = Event extends unknown
  ? {
      /** Name of the event in the topology. */
      readonly event: Event['name'];

      /**
       * The channel's address, where a service publishes events of one name in several.
       *
       * @default - the only one
       */
      readonly source?: Event['source'];

      /** The payload, with values of the state's input where they are needed, or all of it as a task input. */
      readonly detail: TaskInput | Detail<Event['payload']>;
    }
  : never;

/** What a task that emits an event is made of. */
export type EmitEventProps<Event extends EmittableEvent = EmittableEvent> = Omit<
  TaskStateBaseProps,
  'integrationPattern'
> &
  EmittedEvent<Event> & {
    /** The wired system, as generated. */
    readonly topology: Topology;

    /**
     * Name of the deployment, as its stacks have it.
     *
     * @default - none
     */
    readonly environment?: string | undefined;

    /** Name of the service that publishes the event, or whose handlers or workflows do. */
    readonly service: string;

    /**
     * Message group on a FIFO topic or queue.
     *
     * @default - none; FIFO needs one
     */
    readonly groupId?: string;

    /**
     * Message attributes on a topic or queue, beside `type`, `id` and `time`: the headers of the message.
     *
     * @default - none
     */
    readonly attributes?: Readonly<Record<string, string | number>>;
  };

/**
 * A state of a workflow that emits an event of a service. The state machine's role gets the right to publish that event
 * there, and no other.
 *
 * @example
 * new EmitEvent<OrdersPublisherEvent>(this, 'Tell', {
 *   topology,
 *   service: 'orders',
 *   event: 'OrderPlaced',
 *   detail: { orderId: JsonPath.stringAt('$.orderId'), total: JsonPath.numberAt('$.total') },
 * });
 */
export class EmitEvent<Event extends EmittableEvent = EmittableEvent> extends TaskStateBase {
  /** None: Step Functions measures calls of other services under no prefix. */
  protected readonly taskMetrics?: TaskMetricsConfig;
  protected readonly taskPolicies: PolicyStatement[];
  readonly #props: EmitEventProps<Event>;
  readonly #destinations: Destinations;

  /** @throws ConstructError when the service does not publish such an event, or FIFO gets no group. */
  constructor(scope: Construct, id: string, props: EmitEventProps<Event>) {
    // Of these a state takes what it knows.
    super(scope, id, props as TaskStateBaseProps);
    this.#props = props;
    const { topology, environment } = props;
    useEncryption(this, { system: topology.system, environment, settings: settingsOf(topology, environment) });
    this.#destinations = locateDestinations(this, topology, environment);
    const { claimCheck: _, ...address } = findAddress(topology, props);
    this.taskPolicies = statementsOf((grantee) => grantPublish(grantee, [address], this.#destinations));
    this.#render(QueryLanguage.JSON_PATH);
  }

  /** @internal */
  protected _renderTask(topLevel?: QueryLanguage): unknown {
    const queryLanguage = this.#props.queryLanguage ?? topLevel ?? QueryLanguage.JSON_PATH;
    const { resource, parameters } = this.#render(queryLanguage);
    return { Resource: resource, ...this._renderParametersOrArguments(parameters, queryLanguage) };
  }

  #render(queryLanguage: QueryLanguage): ReturnType<typeof renderEmission> {
    const { topology, detail, groupId, attributes = {} } = this.#props;
    const address = findAddress(topology, this.#props);
    const located = this.#destinations.locate(address.destination);
    return renderEmission({ address, located, detail: detailValue(detail), groupId, attributes, queryLanguage });
  }
}
