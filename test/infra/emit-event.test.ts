import { ConstructError, EmitEvent, type EmitEventProps } from '@eventloom/cdk';
import { Stack } from 'aws-cdk-lib';
import {
  DefinitionBody,
  type IChainable,
  JsonPath,
  QueryLanguage,
  StateMachine,
  TaskInput,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { arn, arnOf, queueUrl } from './expected.ts';
import { subscriberTopology } from './parcel-subscribers.ts';
import { parcelTopology } from './parcel-topology.ts';
import { synthesizeSubscribers } from './subscriber-system.ts';
import { makeApp, templatesOf } from './synthesize.ts';
import { resource, rightsOf, spell, type Template } from './template.ts';

const deployment = { topology: parcelTopology };

/** What becomes of a state machine: its states by name, and the rights of its role. */
function machineOf(make: (scope: Construct) => IChainable, queryLanguage?: QueryLanguage) {
  const app = makeApp();
  const stack = new Stack(app, 'Workflows');
  new StateMachine(stack, 'Machine', {
    definitionBody: DefinitionBody.fromChainable(make(stack)),
    ...(queryLanguage === undefined ? {} : { queryLanguage }),
  });
  return read(templatesOf(app).get('Workflows') ?? {});
}

function read(template: Template) {
  const { properties } = resource(template, 'AWS::StepFunctions::StateMachine');
  const { States } = JSON.parse(String(spell(properties.DefinitionString)));
  const rights = rightsOf(resource(template, 'AWS::IAM::Policy').properties.PolicyDocument);
  return { states: States as Readonly<Record<string, Readonly<Record<string, unknown>>>>, rights };
}

const counter = { topology: parcelTopology, service: 'counter' };

describe('a state that emits an event', () => {
  test('puts it on its bus, with rights to that event alone', () => {
    const { states, rights } = machineOf(
      (scope) =>
        new EmitEvent(scope, 'Tell', {
          ...counter,
          event: 'ParcelCollected',
          detail: { parcel: JsonPath.stringAt('$.id'), kind: 'box', weight: JsonPath.numberAt('$.weight') },
        }),
    );
    expect(states.Tell).toMatchObject({
      Type: 'Task',
      Resource: 'arn:${AWS::Partition}:states:::events:putEvents',
      Parameters: {
        Entries: [
          {
            EventBusName: 'parcel',
            Source: 'parcel.depot',
            DetailType: 'ParcelCollected',
            Detail: { 'parcel.$': '$.id', 'weight.$': '$.weight', kind: 'box' },
          },
        ],
      },
    });
    expect(rights).toEqual([
      `events:PutEvents on ${arnOf(deployment, 'bus:parcel')} from parcel.depot as ParcelCollected`,
    ]);
  });

  test('takes all of the payload from the input of the state, and the name of the bus in its environment', () => {
    const { states, rights } = machineOf(
      (scope) =>
        new EmitEvent(scope, 'Tell', {
          ...counter,
          environment: 'dev',
          event: 'ParcelLost',
          detail: TaskInput.fromJsonPathAt('$.order'),
          resultPath: JsonPath.DISCARD,
        }),
    );
    expect(states.Tell).toMatchObject({
      ResultPath: null,
      Parameters: { Entries: [{ EventBusName: 'dev-parcel', 'Detail.$': '$.order' }] },
    });
    expect(rights).toEqual([expect.stringContaining('event-bus/dev-parcel from parcel.depot as ParcelLost')]);
  });

  test('publishes to a topic with the attributes of every publisher', () => {
    const { states, rights } = machineOf(
      (scope) =>
        new EmitEvent(scope, 'Tell', {
          ...counter,
          event: 'SlotBooked',
          detail: { slot: 1 },
          attributes: { region: 'north', floor: 2 },
        }),
    );
    expect(states.Tell).toMatchObject({
      Resource: 'arn:${AWS::Partition}:states:::sns:publish',
      Parameters: {
        TopicArn: arnOf(deployment, 'topic:slots'),
        Message: { slot: 1 },
        MessageAttributes: {
          region: { DataType: 'String', StringValue: 'north' },
          floor: { DataType: 'Number', StringValue: '2' },
          type: { DataType: 'String', StringValue: 'SlotBooked' },
          id: { DataType: 'String', 'StringValue.$': 'States.UUID()' },
          time: { DataType: 'String', 'StringValue.$': '$$.State.EnteredTime' },
        },
      },
    });
    expect(rights).toEqual([`sns:Publish on ${arnOf(deployment, 'topic:slots')}`]);
  });

  test('sends to a queue, in its message group', () => {
    const { states, rights } = machineOf(
      (scope) =>
        new EmitEvent(scope, 'Tell', {
          topology: parcelTopology,
          service: 'fleet',
          event: 'ParcelReturned',
          detail: { parcel: 'p' },
          groupId: JsonPath.stringAt('$.parcel'),
        }),
    );
    expect(states.Tell).toMatchObject({
      Resource: 'arn:${AWS::Partition}:states:::sqs:sendMessage',
      Parameters: { QueueUrl: queueUrl('returns.fifo'), MessageBody: { parcel: 'p' }, 'MessageGroupId.$': '$.parcel' },
    });
    expect(rights).toEqual([`sqs:SendMessage on ${arn('sqs', 'returns.fifo')}`]);
  });

  test('speaks JSONata in a workflow that does', () => {
    const { states } = machineOf(
      (scope) =>
        new EmitEvent(scope, 'Tell', { ...counter, event: 'SlotBooked', detail: { slot: '{% $states.input.slot %}' } }),
      QueryLanguage.JSONATA,
    );
    expect(states.Tell).toMatchObject({
      Arguments: {
        Message: { slot: '{% $states.input.slot %}' },
        MessageAttributes: { id: { StringValue: '{% $uuid() %}' } },
      },
    });
  });

  test('may be one that the service emits without publishing it, in the state machine of its subscriber', () => {
    const workflows = {
      'claims/custom': (scope: Construct) =>
        new StateMachine(scope, 'Machine', {
          definitionBody: DefinitionBody.fromChainable(
            new EmitEvent(scope, 'Tell', {
              topology: subscriberTopology,
              service: 'claims',
              event: 'ParcelCollected',
              detail: TaskInput.fromJsonPathAt('$'),
            }),
          ),
        }),
    };
    const claims = synthesizeSubscribers(subscriberTopology, { workflows }).get('parcel-claims') ?? {};
    const machine = resource(claims, 'AWS::StepFunctions::StateMachine', (_, id) => id.startsWith('CustomWorkflow'));
    expect(JSON.stringify(machine.properties.DefinitionString)).toContain('ParcelCollected');
  });
});

describe('an event is refused', () => {
  const refusal = (props: EmitEventProps) => {
    try {
      new EmitEvent(new Stack(makeApp(), 'X'), 'Tell', props);
    } catch (error) {
      if (ConstructError.is(error)) return [error.code, error.message];
      throw error;
    }
    throw new Error('nothing was thrown');
  };

  test('that the service does not publish', () => {
    expect(refusal({ ...counter, event: 'ParcelLots', detail: {} })).toEqual([
      'unknown-event',
      expect.stringContaining('LabelWanted, ParcelCollected, ParcelLost, ParcelScanned, SlotBooked'),
    ]);
    expect(refusal({ ...counter, service: 'garage', event: 'ParcelLost', detail: {} })[0]).toBe('unknown-service');
  });

  test('that goes to several places', () => {
    expect(refusal({ ...counter, service: 'claims', event: 'ClaimOpened', detail: {} })).toEqual([
      'ambiguous-event',
      expect.stringContaining('parcel.claims at bus:parcel, parcel.claims at bus:partners'),
    ]);
  });

  test('that has no message group where order is kept', () => {
    expect(refusal({ topology: parcelTopology, service: 'fleet', event: 'VanMoved', detail: {} })[0]).toBe(
      'missing-group',
    );
  });
});
