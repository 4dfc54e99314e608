import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { brief, understand } from './support/model-of.ts';
import { makeProject } from './support/project.ts';

/** Text that would change the meaning of TypeScript, JSON, HTML, VTL, shell or CloudFormation if it were not data. */
const nasty = [
  '*/ process.exit(66); /*',
  '`${process.exit(66)}`',
  '${process.exit(66)}',
  "'; process.exit(66); '",
  '"; process.exit(66); "',
  '\\"; process.exit(66); //',
  '</script><script>alert(1)</script>',
  '#set($x = $util) $input.body',
  '$(touch pwned) `touch pwned`',
  '{{resolve:ssm:secret}} ${AWS::AccountId}',
  'line\u2028separator\u2029end',
  'a\nb\r\nc\t\u0000\u0007',
  '@deprecated @ts-ignore // eslint-disable',
  'const func1 = require("ajv/dist/runtime/equal").default;',
  '\u202Ereversed \uD83D\uDE00',
];

const text = nasty.join('\n');

/** Names that mean something to JavaScript. Ajv reads the last three through the prototype, so they stand in a part of their own. */
const names = ['constructor', 'prototype', 'a-b', 'class', 'with space', '0', 'ünï', ...nasty];
const inherited = ['__proto__', 'toString', 'hasOwnProperty'];

const spec = {
  asyncapi: '3.0.0',
  info: { title: `Hostile ${nasty[1]}`, version: '1.0.0', description: text },
  servers: { bus: { host: 'events.eu-west-1.amazonaws.com', protocol: 'eventbridge', description: text } },
  channels: {
    attack: {
      address: 'a\'b"c`$(process.exit(66))`*/</script>',
      description: text,
      messages: { Attack: { $ref: '#/components/messages/Attack' } },
    },
  },
  operations: {
    launch: {
      action: 'send',
      channel: { $ref: '#/channels/attack' },
      'x-service': 'attacker',
      'x-outbox': true,
      description: text,
      summary: text,
    },
    suffer: {
      action: 'receive',
      channel: { $ref: '#/channels/attack' },
      'x-service': 'victim',
      summary: text,
      description: text,
      'x-filter': { constructor: [...nasty], odd: { toString: [{ prefix: '*/' }] } },
    },
  },
  components: {
    messages: {
      Attack: {
        name: "Attack*/'`${process.exit(66)}",
        title: text,
        summary: text,
        description: text,
        payload: payload(),
      },
    },
  },
};

function payload(): unknown {
  const described = { type: 'string', description: text, enum: ['fine', ...nasty] };
  const odd = { type: 'object', properties: objectOf(inherited, described) };
  return {
    type: 'object',
    description: text,
    properties: { ...objectOf(names, described), odd },
    required: ['constructor', 'a-b'],
    examples: [{ constructor: 'fine', 'a-b': nasty[0] }],
  };
}

/** An object in which `__proto__` is a key like any other. */
function objectOf(keys: readonly string[], value: unknown): object {
  return Object.fromEntries(keys.map((key) => [key, value]));
}

test('nothing that a spec says changes the meaning of what is generated', () => {
  const project = makeProject();
  project.write({
    'asyncapi.yaml': stringify(spec, { aliasDuplicateObjects: false }),
    'run.ts': `
import { isAttack, topology } from './all.ts';
console.log(JSON.stringify({
  accepts: isAttack({ constructor: 'fine', 'a-b': 'fine' }),
  refuses: isAttack({ constructor: 'other', 'a-b': 'fine' }),
  misses: isAttack({}),
  polluted: 'description' in {},
  source: topology.consumers[0]?.routes[0]?.events[0]?.source,
}));
`,
  });
  const { code, stderr } = project.eventloom('generate');
  expect(code, stderr).toBe(0);
  const generated = project.tree('generated');
  const guard = /export function (is\w+)\(/.exec(Object.values(generated).join('\n'))?.[1];
  project.write({ 'all.ts': `export { ${guard} as isAttack, topology } from './generated/index.js';\n` });

  const compiled = project.tsc('typescript', ['generated/index.ts', 'run.ts']);
  expect(compiled.stdout).toBe('');
  const ran = project.run('run.ts');
  expect(ran.code, ran.stderr).toBe(0);
  expect(JSON.parse(ran.stdout)).toEqual({
    accepts: true,
    refuses: false,
    misses: false,
    polluted: false,
    source: spec.channels.attack.address,
  });
  expect(Object.keys(project.tree('.')).filter((path) => path.includes('pwned'))).toEqual([]);
});

test('definitions that each refer twice to the next are looked at once each', async () => {
  const twice = (level: number) => ({ $ref: `#/definitions/d${level}` });
  const levels = Array.from({ length: 40 }, (_, level) => level);
  const definitions = Object.fromEntries([
    ...levels.map((level) => [`d${level}`, { allOf: [twice(level + 1), twice(level + 1)] }]),
    ['d40', { type: 'object', properties: { a: { enum: ['x', 'y'] } } }],
  ]);
  const payload = { type: 'object', properties: { b: twice(0) }, definitions };
  const { model, diagnostics } = await understand(stringify(growth({ b: { a: ['x'] } })), {
    'growth.json': JSON.stringify(payload),
  });
  expect(brief(diagnostics)).toEqual([]);
  expect(model?.catalog.messages.map(({ name }) => name)).toEqual(['Grown']);
});

function growth(filter: object): object {
  const channel = { $ref: '#/channels/growth' };
  const payload = { $ref: './growth.json' };
  return {
    asyncapi: '3.0.0',
    info: { title: 'Growth', version: '1.0.0' },
    servers: { bus: { host: 'events.eu-west-1.amazonaws.com', protocol: 'eventbridge' } },
    channels: { growth: { address: 'growth', messages: { Grown: { payload } } } },
    operations: {
      grow: { action: 'send', channel, 'x-service': 'gardener' },
      look: { action: 'receive', channel, 'x-service': 'visitor', 'x-filter': filter },
    },
  };
}
