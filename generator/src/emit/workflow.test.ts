import { expect, test } from 'vitest';
import { makeProject } from '../../../test/support/project.ts';

const spec = `
asyncapi: 3.0.0
info: { title: Kiln, version: 1.0.0 }
servers: { pottery: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge } }
channels:
  firings:
    address: pottery.firings
    messages:
      FiringEnded: { payload: { type: object, required: [kiln], properties: { kiln: { type: string } } } }
      ShelfCooled: { payload: { type: object, required: [shelf], properties: { shelf: { type: integer } } } }
operations:
  coolShelves:
    action: receive
    channel: { $ref: '#/channels/firings' }
    messages: [{ $ref: '#/channels/firings/messages/FiringEnded' }]
    x-service: kiln
    x-delivery: { type: workflow }
    x-emits: [{ $ref: '#/channels/firings/messages/ShelfCooled' }]
`;

const use = `
import { EmitEvent, type WorkflowSources } from '@eventloom/cdk';
import { DefinitionBody, JsonPath, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { CoolShelvesEmitted } from './generated/services/kiln/index.js';
import { topology } from './generated/index.js';

export const workflows: WorkflowSources = {
  'kiln/coolShelves': (scope) => {
    const told = { topology, service: 'kiln', event: 'ShelfCooled' } as const;
    const tell = new EmitEvent<CoolShelvesEmitted>(scope, 'Tell', { ...told, detail: { shelf: JsonPath.numberAt('$.n') } });
    // @ts-expect-error: the shelf is a number
    new EmitEvent<CoolShelvesEmitted>(scope, 'Wrong', { ...told, detail: { shelf: 'top' } });
    // @ts-expect-error: the workflow does not emit what it receives
    new EmitEvent<CoolShelvesEmitted>(scope, 'Other', { ...told, event: 'FiringEnded', detail: { kiln: 'k' } });
    return new StateMachine(scope, 'Machine', { definitionBody: DefinitionBody.fromChainable(tell) });
  },
};
`;

test('a workflow of the CDK emits events of the types that its spec says', () => {
  const project = makeProject();
  project.write({ 'asyncapi.yaml': spec, 'workflows.ts': use });
  const { code, stderr } = project.eventloom('generate');
  expect(code, stderr).toBe(0);
  // The declarations of the CDK do not keep to all flags themselves.
  const { stdout } = project.tsc('typescript', ['workflows.ts']);
  expect(stdout.split('\n').filter((line) => /^(workflows|generated)/.test(line))).toEqual([]);
});
