import type { SiteContext } from '../../site-context.ts';
import type { WireForm } from '../../site-model.ts';
import { code } from '../words.ts';
import { asMessage, destinationOf, type WireEvent } from './carried.ts';
import { arnOf, placeholders } from './placeholders.ts';
import { sentAttributes } from './shapes.ts';

/** The form of an event on the destination that it is published to. */
export function publishedForms({ topology }: Pick<SiteContext, 'topology'>, wire: WireEvent): readonly WireForm[] {
  const destination = destinationOf(topology, wire.event.destination);
  if (destination === undefined) return [];
  const { name } = destination;
  const form = (title: string, explanation: string, value: object): readonly WireForm[] => [
    { anchor: `wire-${destination.kind}`, title, explanation, consumers: [], json: JSON.stringify(value, null, 2) },
  ];
  switch (destination.kind) {
    case 'bus':
      return form(
        `On bus ${code(name)}`,
        'What every rule of the bus sees. `detail` is the payload, exactly; `resources` carries what the publisher has beside it: the id of an event from an outbox, a correlation id, the place among the parts of a split.',
        wire.envelope,
      );
    case 'topic':
      return form(
        `To topic ${code(name)}`,
        'The call of Publish. `Message` is the payload as JSON, exactly; the attributes stand beside it.',
        { TopicArn: arnOf('sns', name), Message: asMessage(wire).body, ...besideBody(wire, destination.fifo) },
      );
    case 'queue':
      return form(
        `To queue ${code(name)}`,
        'The call of SendMessage. `MessageBody` is the payload as JSON, exactly; the attributes stand beside it.',
        {
          QueueUrl: `https://sqs.${placeholders.region}.amazonaws.com/${placeholders.account}/${name}`,
          MessageBody: asMessage(wire).body,
          ...besideBody(wire, destination.fifo),
        },
      );
    default:
      return destination satisfies never;
  }
}

function besideBody({ attributes, group }: WireEvent, fifo: boolean): object {
  return {
    MessageAttributes: sentAttributes(attributes),
    ...groupFields(group, fifo),
  };
}

function groupFields(group: string | null, fifo: boolean): object {
  return {
    ...(group === null && !fifo ? {} : { MessageGroupId: group ?? 'given by the caller' }),
    ...(fifo ? { MessageDeduplicationId: placeholders.eventId } : {}),
  };
}
