import type { Interceptor } from '@eventloom/local';
import type { AwsClients, ConsumerDefinition, Invocation, LambdaHandler } from '@eventloom/runtime';

/** A protection taken away, to show that the suite notices. It wraps what stands around the runtime; each part is optional. */
export interface Sabotage {
  /** The protection, in a few words. */
  readonly name: string;
  /** How the sentences of the suite begin that should be found. */
  readonly found: string;
  /** Stands in for the handler that Eventloom made. */
  readonly handler?: <Key extends string>(handler: LambdaHandler<Key>) => LambdaHandler<Key>;
  /** What a handler is given instead of Lambda's surroundings. */
  readonly invocation?: (invocation: Invocation, handler: LambdaHandler) => Invocation;
  /** The clients of the publisher outside. */
  readonly clients?: (clients: AwsClients) => AwsClients;
  /** Stands between what goes wrong on the wire and the services. */
  readonly wire?: Interceptor;
  /** Changes the definition of a consumer, and returns what changes it back. */
  readonly definition?: (definition: ConsumerDefinition) => () => void;
}

/** Nothing is taken away. */
export const nothing: Sabotage = { name: 'nothing', found: '' };

type Client = keyof AwsClients;

/** What stands in for `send` of a client: gets the real one, bound to its command. */
export type Replacement = (send: () => Promise<unknown>, command: Command) => Promise<unknown>;

/** What is read of a command of the SDK. */
export interface Command {
  readonly input: Readonly<Record<string, unknown>>;
  readonly constructor: { readonly name: string };
}

/** What a command asks for, such as `GetObjectCommand`. */
export const nameOf = (command: Command): string => command.constructor.name;

/** Clients of which one sends otherwise. */
export function withClient(clients: AwsClients, name: Client, replacement: Replacement): AwsClients {
  const client = clients[name];
  if (client === undefined) throw new Error(`There is no client ${name}`);
  const send: typeof client.send = (command, options) =>
    replacement(() => client.send(command, options), command as Command);
  return { ...clients, [name]: { send } };
}

/** An invocation in which one of the clients sends otherwise. */
export function withHandlersClient(invocation: Invocation, name: Client, replacement: Replacement): Invocation {
  const { clients, clientsFor } = invocation;
  return {
    ...invocation,
    clients: withClient(clients, name, replacement),
    clientsFor: clientsFor && ((messageId) => withClient(clientsFor(messageId), name, replacement)),
  };
}
