/** Texts that would do something if a page took them for anything but text. Each sets the same global. */
const nasty = [
  '<script>globalThis.pwned=1</script>',
  '</script><script>globalThis.pwned=1</script>',
  '"><img src=x onerror=globalThis.pwned=1>',
  "'><svg onload=globalThis.pwned=1>",
  '<iframe srcdoc="<script>parent.pwned=1</script>">',
  '[click](javascript:globalThis.pwned=1)',
  '[click](data:text/html,<script>opener.pwned=1</script>)',
  '![image](https://example.com/pixel.png)',
  '<https://example.com/auto>',
  '[ref]: javascript:globalThis.pwned=1\n\n[ref]',
  '--><script>globalThis.pwned=1</script><!--',
  ']]><script>globalThis.pwned=1</script>',
  '</title><script>globalThis.pwned=1</script>',
  '</textarea><script>globalThis.pwned=1</script>',
  '</style><script>globalThis.pwned=1</script>',
  '&lt;script&gt;globalThis.pwned=1&lt;/script&gt;',
  '`</code><script>globalThis.pwned=1</script>`',
  '```\n</code></pre><script>globalThis.pwned=1</script>\n```',
  '| a | b |\n|---|---|\n| <b onmouseover=globalThis.pwned=1>x</b> | y |',
  '{{constructor.constructor("globalThis.pwned=1")()}}',
  '${globalThis.pwned=1}',
  '\u202Ereversed \uD83D\uDE00 line\u2028separator\u2029end',
  'unbreakable'.repeat(60),
];

const text = nasty.join('\n\n');

/** Names that a page uses as keys, ids, paths and anchors. */
const names = [
  '__proto__',
  'constructor',
  'a b',
  'a/b',
  '../../up',
  'a"b',
  "a'b",
  'a<b>',
  'a&amp;b',
  '#',
  '?',
  '%41',
  'ünï',
  '日本',
  'x'.repeat(300),
  ...nasty,
];

/** A spec in whose every text and key something hostile stands. JSON, which YAML reads. */
export function hostileSpec(): string {
  return JSON.stringify({
    asyncapi: '3.0.0',
    info: {
      title: `Hostile ${nasty[0]}`,
      version: '1.0.0"><script>globalThis.pwned=1</script>',
      description: text,
      contact: { name: nasty[2], url: 'https://example.com/%22%3E%3Cscript%3E' },
      license: { name: nasty[1] },
      tags: nasty.slice(0, 5).map((name) => ({ name })),
    },
    servers: {
      bus: { host: 'events.eu-west-1.amazonaws.com', protocol: 'eventbridge', description: text },
    },
    channels: {
      [nasty[1] ?? '']: {
        address: 'a\'b"c`</script><script>globalThis.pwned=1</script>',
        title: nasty[0],
        description: text,
        messages: { [nasty[0] ?? '']: { $ref: '#/components/messages/Attack' } },
      },
    },
    operations: {
      launch: {
        action: 'send',
        channel: { $ref: `#/channels/${pointer(nasty[1] ?? '')}` },
        'x-service': 'attacker',
        title: nasty[2],
        summary: text,
        description: text,
      },
      suffer: {
        action: 'receive',
        channel: { $ref: `#/channels/${pointer(nasty[1] ?? '')}` },
        'x-service': 'victim',
        summary: text,
        description: text,
        'x-filter': {
          kind: nasty.slice(0, 20),
          $or: [{ other: [{ prefix: nasty[1] }] }, { other: [{ exists: false }] }],
        },
      },
    },
    components: {
      messages: {
        Attack: {
          name: `Attack ${nasty[1]}`,
          title: nasty[0],
          summary: text,
          description: text,
          tags: nasty.slice(0, 5).map((name) => ({ name })),
          externalDocs: { url: "https://example.com/'onmouseover='globalThis.pwned=1", description: nasty[0] },
          'x-docs': {
            owner: nasty[2],
            status: 'deprecated',
            version: nasty[0],
            deprecated: text,
            changes: [{ version: nasty[2], changes: nasty }],
          },
          examples: [{ name: nasty[1], summary: text, payload: { kind: nasty[1], other: text } }],
          payload: {
            type: 'object',
            description: text,
            required: ['kind'],
            properties: {
              kind: { type: 'string', enum: nasty, title: nasty[0], description: text },
              other: { type: 'string', default: nasty[1], examples: nasty, 'x-unit': nasty[2] },
              ...Object.fromEntries(names.map((name) => [name, { type: 'string', const: name, description: name }])),
            },
          },
        },
      },
    },
  });
}

/** A name as a part of a JSON pointer in a `$ref`. */
function pointer(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
