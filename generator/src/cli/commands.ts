import type { CommandDescription, OptionDescription } from './command.ts';

/** Options that every command takes. */
export const commonOptions: readonly OptionDescription[] = [
  { name: 'spec', value: 'file', summary: 'the AsyncAPI file (default: asyncapi.yaml)' },
  { name: 'json', value: null, summary: 'print one JSON document and nothing else' },
  { name: 'help', value: null, summary: 'show this' },
  { name: 'version', value: null, summary: 'show the version' },
];

const printModel: OptionDescription = {
  name: 'print-model',
  value: null,
  summary: 'print the model between spec and output as JSON, and write nothing',
};

/** Every command there is, in the order of help. */
export const commands: readonly CommandDescription[] = [
  {
    name: 'validate',
    usage: '',
    summary: 'Check the spec',
    details: 'Prints everything that is wrong with the spec, all at once. Fails when there are errors.',
    options: [printModel],
    argumentCount: 0,
    load: async () => (await import('./validate.ts')).validateCommand,
  },
  {
    name: 'generate',
    usage: '',
    summary: 'Write the generated code',
    details:
      'Touches only files whose bytes change, and removes files of earlier runs that are not generated any more.\n' +
      'Files that Eventloom did not write are never overwritten or removed.',
    options: [
      { name: 'out', value: 'folder', summary: 'where to write (default: generated)' },
      { name: 'check', value: null, summary: 'write nothing, and fail when something would change' },
      { name: 'watch', value: null, summary: 'generate again whenever an input file changes' },
      printModel,
    ],
    argumentCount: 0,
    load: async () => (await import('./generate.ts')).generateCommand,
  },
  {
    name: 'docs',
    usage: '',
    summary: 'Write the documentation site',
    details:
      'Writes a folder of pages that opens as it is, also from file://. Touches only files whose bytes change, and removes\n' +
      'those of earlier runs; files that Eventloom did not write are never overwritten or removed.',
    options: [
      { name: 'out', value: 'folder', summary: 'where to write (default: site)' },
      { name: 'check', value: null, summary: 'write nothing, and fail when something would change' },
      { name: 'html-template', value: null, summary: "add the page of AsyncAPI's official HTML template (slow)" },
    ],
    argumentCount: 0,
    load: async () => (await import('./docs.ts')).docsCommand,
  },
  {
    name: 'topology',
    usage: '',
    summary: 'Show who publishes and who receives what',
    details: 'Shows the resolved system: events, producers, and consumers with their patterns and policies.',
    options: [],
    argumentCount: 0,
    load: async () => (await import('./topology.ts')).topologyCommand,
  },
  {
    name: 'route',
    usage: '<file or ->',
    summary: 'Tell who receives an event, and why or why not',
    details:
      'Reads an EventBridge envelope (source, detail-type, detail) or { event, payload, channel? } as JSON from a file,\n' +
      'or from standard input. An invalid event is routed all the same, as AWS does.',
    options: [],
    argumentCount: 1,
    load: async () => (await import('./route.ts')).routeCommand,
  },
  {
    name: 'match',
    usage: '',
    summary: 'Match events against event patterns',
    details:
      'Reads lines of JSON { "pattern": …, "event": … } from standard input and prints for each\n' +
      '"true", "false" or "invalid: <why>", as TestEventPattern of EventBridge does.',
    options: [],
    argumentCount: 0,
    load: async () => (await import('./match.ts')).matchCommand,
  },
  {
    name: 'cost',
    usage: '',
    summary: "Estimate a month's bill, hop by hop",
    details:
      'Follows the events of a month through the system, and says what each hop and each consumer costs in US dollars,\n' +
      'and what its filter saves. What is not given is estimated; the answer ends with what was taken for granted.\n' +
      'An event whose name stands for several is given as <name>@<source>.',
    options: [
      {
        name: 'events',
        value: 'name=amount,…',
        summary: 'events of a month, such as OrderPlaced=1M,OrderPaid=900k',
        collects: true,
      },
      { name: 'share', value: 'consumer=part,…', summary: 'what part its filter lets through, 0 to 1', collects: true },
      { name: 'bytes', value: 'n', summary: 'size of every payload (default: of the examples, or by the schema)' },
      { name: 'duration-ms', value: 'n', summary: 'run time of a function for one event (default: 50)' },
      { name: 'memory', value: 'MB', summary: 'memory of every function (default: that of the spec)' },
      { name: 'batch', value: 'n', summary: 'events of one invocation behind a queue (default: full batches)' },
      { name: 'environment', value: 'name', summary: 'the environment whose settings hold' },
      { name: 'free-tier', value: null, summary: "take an account's free tier off the bill" },
    ],
    argumentCount: 0,
    load: async () => (await import('./cost.ts')).costCommand,
  },
  {
    name: 'redrive',
    usage: '<service>/<consumer>',
    summary: 'Bring the dead letters of a consumer back',
    details:
      'Sends what stands on the dead-letter queues of a consumer back to its queue or function, and deletes it there once\n' +
      'AWS has accepted it. Credentials, Region and AWS_ENDPOINT_URL are those of the AWS SDK. Start with --dry-run.',
    options: [
      { name: 'dry-run', value: null, summary: 'change nothing, and show what would be brought back' },
      { name: 'max', value: 'n', summary: 'messages at most (default: all)' },
      { name: 'code', value: 'code', summary: 'only messages that are there for this reason' },
      { name: 'environment', value: 'name', summary: 'the environment that starts the names of stacks and queues' },
      { name: 'dead-letter-queue-url', value: 'url', summary: 'the queue to empty (default: found by name)' },
      { name: 'queue-url', value: 'url', summary: 'the queue to send to (default: found by name)' },
      { name: 'function-name', value: 'name', summary: 'the function to invoke (default: found by its handler)' },
    ],
    argumentCount: 1,
    load: async () => (await import('./redrive.ts')).redriveCommand,
  },
  {
    name: 'replay',
    usage: '<bus>',
    summary: 'Send archived events of a bus to its rules again',
    details:
      'Starts a replay of the archive of a bus, to all of its rules, to one, or to those of one consumer. EventBridge keeps\n' +
      'about the order of minutes, and may lack the last ten minutes. Handlers with x-idempotency tell what they handled\n' +
      'before; the answer says which do. Start with --dry-run.',
    options: [
      { name: 'from', value: 'time', summary: 'the first event (such as 2026-11-01T08:00:00Z)' },
      { name: 'to', value: 'time', summary: 'the end (default: now)' },
      { name: 'consumer', value: 'service/name', summary: 'only to the rules of this consumer' },
      { name: 'rule', value: 'name', summary: 'only to this rule' },
      { name: 'dry-run', value: null, summary: 'start nothing, and show what would be replayed to whom' },
      { name: 'name', value: 'name', summary: 'name of the replay (default: from consumer or bus, and the time)' },
      { name: 'archive', value: 'name', summary: 'the archive, when the bus has several' },
      { name: 'environment', value: 'name', summary: 'the environment that starts the names of stacks and buses' },
    ],
    argumentCount: 1,
    load: async () => (await import('./replay.ts')).replayCommand,
  },
];
