import type { Watchable } from '@eventloom/engine';
import type { Ingresses } from '../ingress/add-ingresses.ts';
import type { HttpApi } from '../ingress/http-api.ts';
import type { PipedIngress } from '../ingress/pipe.ts';
import type { ScheduledIngress } from '../ingress/schedule.ts';
import { metric } from './metrics.ts';
import type { Waiting, Watched } from './watched.ts';

/** Returns the API, the schedules and the pipes of a service as they are watched; `watchables` are those of its ingresses. */
export function watchIngresses({ api, ingresses }: Ingresses, watchables: readonly Watchable[]): readonly Watched[] {
  return watchables.flatMap((watchable): readonly Watched[] => {
    const ingress = ingresses.get(watchable.key.slice(watchable.key.indexOf('/') + 1));
    if (ingress !== undefined) return [watchOther(ingress, watchable)];
    return api === undefined ? [] : [watchApi(api, watchable)];
  });
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
function watchApi(scope: HttpApi, watchable: Watchable): Watched {
  const dimensions = { ApiName: scope.api.restApiName, Stage: scope.api.deploymentStage.stageName };
  const failures = new Map([['Api', metric('AWS/ApiGateway', '5XXError', dimensions)]]);
  return { ...nothing, watchable, scope, failures, functions: scope.authorizers };
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-monitoring.html */
function watchOther(scope: ScheduledIngress | PipedIngress, watchable: Watchable): Watched {
  const { deadLetterQueues } = scope;
  if (!('pipe' in scope)) return { ...nothing, watchable, scope, deadLetterQueues, redrive: 'again' };
  const failures = new Map([
    ['Pipe', metric('AWS/EventBridge/Pipes', 'ExecutionFailed', { PipeName: scope.pipe.ref })],
  ]);
  // Only what stood on a queue can be put back there.
  const redrive = scope.queue === undefined ? 'again' : 'sqs';
  return { ...nothing, watchable, scope, redrive, deadLetterQueues, waiting: waitingOf(scope), failures };
}

function waitingOf({ queue }: PipedIngress): readonly Waiting[] {
  return queue === undefined ? [] : [{ kind: 'queue', queue }];
}

const nothing = { redrive: 'sqs', deadLetterQueues: [], waiting: [], rules: new Map() } as const;
