/*
 * The only place that derives a name from a spec key.
 *
 * Derived names are ASCII. No derivation can be injective over all keys (`order-placed` and `orderPlaced` are both
 * `OrderPlaced`), so `collisions.ts` reports every two keys that meet in one name.
 */

/** Returns a type name or construct id: `order-placed` becomes `OrderPlaced`, `3d` becomes `_3d`. */
export function pascalCase(text: string): string {
  return afterDigitGuard(pieces(text).map(upperFirst).join(''));
}

/** Returns a value name: `Order placed` becomes `orderPlaced`, `HTTPServer` becomes `httpServer`. */
export function camelCase(text: string): string {
  const [first = '', ...rest] = pieces(text);
  const lowered = first.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (run) => run.toLowerCase());
  return afterDigitGuard([lowered, ...rest.map(upperFirst)].join(''));
}

/** Returns a file or system name: `OrderPlacedV2` becomes `order-placed-v2`. */
export function kebabCase(text: string): string {
  return words(text).join('-').toLowerCase();
}

/** Returns the name of an environment variable, or a part of it: `orderSubmissions` becomes `ORDER_SUBMISSIONS`. */
export function screamingSnakeCase(text: string): string {
  return words(text).join('_').toUpperCase();
}

/** Returns the TypeScript name of a payload: PascalCase, with `Event` appended where generated code needs the name itself. */
export function payloadTypeName(text: string): string {
  const name = pascalCase(text);
  return reservedTypeNames.has(name) ? `${name}Event` : name;
}

/** Returns the name of the constant that holds a payload's schema: `OrderPlaced` becomes `orderPlacedSchema`. */
export function schemaName(typeName: string): string {
  return `${camelCase(typeName)}Schema`;
}

/** Returns the base name of a message's files. */
export function eventFileName(typeName: string): string {
  return fileName(typeName, 'event', ['index']);
}

/** Type of what the workflow of a consumer publishes: `FulfilOrderEmitted`. */
export function emittedTypeName(consumer: string): string {
  return `${pascalCase(consumer)}Emitted`;
}

/** Returns the base name of a consumer's files. */
export function consumerFileName(consumer: string): string {
  return fileName(consumer, 'consumer', ['calls', 'index', 'outbox', 'outbox-relay', 'publisher']);
}

/**
 * Returns the name of a publisher's method: the operation's key when it can be called after a dot, else its camelCase.
 * Names that start with `$` are those of the publisher itself.
 */
export function methodName(operation: string): string {
  const isUsable = isIdentifierName(operation) && operation !== '__proto__' && !operation.startsWith('$');
  const name = isUsable ? operation : camelCase(operation);
  return awkwardMethodNames.has(name) ? `${name}_` : name;
}

/** Returns the name of a handler factory: the consumer's identifier when it can be declared, else its camelCase. */
export function factoryName(consumer: string): string {
  const name = isIdentifierName(consumer) ? consumer : camelCase(consumer);
  return isReservedWord(name) || reservedFactoryNames.has(name) ? `${name}_` : name;
}

/** Returns the name of a payload that a consumer's filter narrows; with the message's, where the consumer receives several. */
export function narrowedTypeName(consumer: string, messageTypeName: string | null): string {
  return `${pascalCase(consumer)}${messageTypeName ?? ''}Payload`;
}

/** Returns the name of a consumer's wiring constant, one for the whole system. */
export function wiringName(service: string, consumer: string): string {
  return camelCase(service) + pascalCase(consumer);
}

/** Returns the names of a service's publisher, its factory and the union of its events. */
export function publisherNames(service: string): {
  readonly factoryName: string;
  readonly typeName: string;
  readonly eventTypeName: string;
} {
  const typeName = `${pascalCase(service)}Publisher`;
  return { factoryName: `create${typeName}`, typeName, eventTypeName: `${typeName}Event` };
}

/** Returns the names of a service's outbox, its factory and that of its relay. */
export function outboxNames(service: string): {
  readonly factoryName: string;
  readonly typeName: string;
  readonly relayFactoryName: string;
} {
  const typeName = `${pascalCase(service)}Outbox`;
  return { factoryName: `create${typeName}`, typeName, relayFactoryName: `create${typeName}Relay` };
}

/** Returns the handler module of the relay of a service's outbox, below the handlers' folder. */
export function relayModule(service: string): string {
  return `${service}/outbox-relay`;
}

/** Returns the environment variable that tells a publisher where a destination is. */
export function destinationVariable(kind: 'bus' | 'topic' | 'queue', key: string): string {
  return `EVENTLOOM_${kind.toUpperCase()}_${screamingSnakeCase(key)}`;
}

/** Returns the environment variable that tells callers where the function of a consumer is. Two underscores keep the parts apart. */
export function functionVariable(service: string, consumer: string): string {
  return `EVENTLOOM_FUNCTION_${screamingSnakeCase(service)}__${screamingSnakeCase(consumer)}`;
}

/** Returns the names of a service's direct calls and their factory. */
export function callsNames(service: string): { readonly factoryName: string; readonly typeName: string } {
  const typeName = `${pascalCase(service)}Calls`;
  return { factoryName: `create${typeName}`, typeName };
}

/** Returns the construct id of a destination; its kind keeps a bus and a topic of one key apart. */
export function destinationConstructId(kind: 'bus' | 'topic' | 'queue', key: string): string {
  return pascalCase(key) + upperFirst(kind);
}

/** Returns the default handler module of a consumer, below the handlers' folder. */
export function handlerModule(service: string, consumer: string): string {
  return `${service}/${/^[\w-]+$/.test(consumer) ? consumer : camelCase(consumer)}`;
}

/** Returns the name of the system from the spec's title. It starts with a letter, as names of stacks must. */
export function systemName(title: string): string {
  const name = kebabCase(title);
  return /^[a-z]/.test(name) ? name : `system-${name}`;
}

/** Tells whether `text` is an ASCII identifier. Reserved words are. */
export function isIdentifierName(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text);
}

/** Tells whether `text` is a word that no declaration may have as its name. */
export function isReservedWord(text: string): boolean {
  return reservedWords.has(text);
}

/** Tells whether `text` is kebab-case, as names of services must be. */
export function isKebabCase(text: string): boolean {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text);
}

function fileName(text: string, suffix: string, taken: readonly string[]): string {
  const name = kebabCase(text);
  return taken.includes(name) || deviceNames.test(name) ? `${name}-${suffix}` : name;
}

/** Runs of letters and digits. Accents are dropped, other characters outside ASCII become `U` and their code point. */
function pieces(text: string): string[] {
  const plain = text.match(/[A-Za-z0-9]+/g);
  if (plain !== null && isAscii(text)) return plain;
  const unaccented = text.normalize('NFKD').replace(/\p{M}+/gu, '');
  const spelled = unaccented.replace(/[^\0-\x7f]/gu, codePoint).match(/[A-Za-z0-9]+/g);
  return spelled ?? [unaccented.replace(/./gsu, codePoint) || 'Unnamed'];
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

/** Pieces, split once more where a capital starts a word. */
function words(text: string): string[] {
  return pieces(text).flatMap((piece) =>
    piece
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
      .split(' '),
  );
}

function codePoint(character: string): string {
  return `U${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function afterDigitGuard(name: string): string {
  return /^\d/.test(name) ? `_${name}` : name;
}

/** Names of devices, which Windows allows no file to have. */
const deviceNames = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** `then` would make a publisher look like a promise. */
const awkwardMethodNames: ReadonlySet<string> = new Set(['constructor', 'then']);

/** What a generated handler file declares or imports itself. */
const reservedFactoryNames: ReadonlySet<string> = new Set(['definition', 'functionHandler', 'handle', 'queueHandler']);

/** Types of the language, of the runtime and of the index that generated code names. */
const reservedTypeNames: ReadonlySet<string> = new Set(
  (
    'Array Date Error Function Map Number Object Omit Partial Pick Promise Readonly ReadonlyArray Record RegExp Required Set ' +
    'String Symbol Boolean AwsClients ConsumerDefinition EmittedEvent EmittingContext EventOptions EventPublisher HandlerContext HandlerModules HandlerModulesOf Handlers ' +
    'InfraProps LambdaHandler PayloadSchema PublishedEvent PublisherDefinition PublisherOptions PublishOptions ReceivedEvent ServiceCode ' +
    'Topology Validator Workflows'
  ).split(' '),
);

const reservedWords: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);
