import {
  type Ingress,
  type ResolvedSettings,
  type Service,
  type Watchable,
  watchableIngresses,
} from '@eventloom/engine';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { metric } from './metrics.ts';
import type { MetricSource, Watched } from './watched.ts';

/** What AWS publishes for a service by itself, as far as it is watched. */
export interface BuiltIngresses {
  readonly api: BuiltApi | undefined;
  /** Schedules and pipes, by operation. */
  readonly ingresses: ReadonlyMap<string, BuiltIngress>;
}

/** The API of a service. */
export interface BuiltApi extends Construct {
  readonly api: { readonly restApiName: string; readonly deploymentStage: { readonly stageName: string } };
  /** By module. */
  readonly authorizers: ReadonlyMap<string, IFunction>;
}

/** A schedule or a pipe. */
export interface BuiltIngress extends Construct {
  readonly deadLetterQueues: readonly IQueue[];
  /** The queue that was made for a pipe. */
  readonly queue?: IQueue | undefined;
  /** The pipe; a schedule has none. */
  readonly pipe?: { readonly ref: string };
}

/** Returns the ingresses of a service as they are watched. */
export function watchIngresses(
  service: Pick<Service, 'name'>,
  ingresses: readonly Ingress[],
  { built, settings }: { readonly built: BuiltIngresses; readonly settings: Pick<ResolvedSettings, 'alarms'> },
): readonly Watched[] {
  return watchableIngresses(service, ingresses, settings).map((watchable) => {
    const operation = watchable.key.slice(service.name.length + 1);
    const ingress = built.ingresses.get(operation);
    if (ingress !== undefined) return watchIngress(watchable, ingress);
    if (built.api !== undefined) return watchApi(watchable, built.api);
    throw new Error(`${watchable.key} was not built`);
  });
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
function watchApi(watchable: Watchable, built: BuiltApi): Watched {
  const { api, authorizers } = built;
  const dimensions = { ApiName: api.restApiName, Stage: api.deploymentStage.stageName };
  return {
    ...{ watchable, scope: built, redrive: 'sqs', deadLetterQueues: [], waiting: [], rules: new Map() },
    failures: new Map([['Api', metric('AWS/ApiGateway', '5XXError', dimensions)]]),
    functions: authorizers,
  };
}

function watchIngress(watchable: Watchable, ingress: BuiltIngress): Watched {
  const { deadLetterQueues, queue } = ingress;
  return {
    // Only what stood on a queue can be put back there.
    redrive: queue === undefined ? 'again' : 'sqs',
    ...{ watchable, scope: ingress, deadLetterQueues, rules: new Map() },
    waiting: queue === undefined ? [] : [{ kind: 'queue', queue }],
    failures: failuresOf(ingress),
  };
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-monitoring.html */
function failuresOf({ pipe }: BuiltIngress): ReadonlyMap<string, MetricSource> {
  if (pipe === undefined) return new Map();
  return new Map([['Pipe', metric('AWS/EventBridge/Pipes', 'ExecutionFailed', { PipeName: pipe.ref })]]);
}
