/** Diagnostics of the AsyncAPI specification itself. */
export const conformanceCodes = {
  'asyncapi-unknown-field': {
    severity: 'error',
    title: 'Field unknown to AsyncAPI',
    why: 'AsyncAPI allows only its own fields and extensions that start with `x-`; a misspelt field would have no effect.',
    fix: 'Correct the name, or make it an extension by the prefix `x-`.',
  },
  'asyncapi-missing-field': {
    severity: 'error',
    title: 'Required field missing',
    why: 'AsyncAPI requires this field.',
    fix: 'Add the field.',
  },
  'asyncapi-invalid-value': {
    severity: 'error',
    title: 'Value not allowed by AsyncAPI',
    why: 'AsyncAPI prescribes the type, and often the form, of every field of its own.',
    fix: 'Correct the value.',
  },
  'reference-not-allowed': {
    severity: 'error',
    title: 'Reference where AsyncAPI allows none',
    why: 'AsyncAPI allows a `$ref` only in certain places; other tools would not follow this one.',
    fix: 'Write the content here instead of the reference.',
  },
  'reference-wrong-kind': {
    severity: 'error',
    title: 'Reference to the wrong kind of object',
    why: 'A reference stands for what it leads to, so that must be of the kind that is wanted here.',
    fix: 'Refer to an object of the right kind, or write it here.',
  },
  'operation-channel-not-in-channels': {
    severity: 'error',
    title: 'Operation does not point at a channel of the document',
    why: "An operation under `operations` must refer to a channel under the document's root `channels`, not to one in `components` or to a copy.",
    fix: "Refer to it like `channel: { $ref: '#/channels/<key>' }`.",
  },
  'operation-message-not-in-channel': {
    severity: 'error',
    title: 'Operation lists a message its channel does not have',
    why: "The messages of an operation are a selection of its channel's messages and are referred to through that channel.",
    fix: "Refer to it like `$ref: '#/channels/<key>/messages/<message>'`, and add the message to the channel if it is missing there.",
  },
  'channel-server-not-in-servers': {
    severity: 'error',
    title: 'Channel does not point at a server of the document',
    why: "A channel under `channels` must refer to servers under the document's root `servers`.",
    fix: "Refer to it like `servers: [{ $ref: '#/servers/<key>' }]`.",
  },
  'channel-key-delimiter': {
    severity: 'error',
    title: 'Channel key contains `?` or `#`',
    why: 'Query and fragment delimiters do not belong to the name of a channel.',
    fix: 'Rename the channel; protocol details go to its bindings.',
  },
  'channel-parameters': {
    severity: 'error',
    title: "Channel's parameters and address disagree",
    why: 'Each `{parameter}` of an address must be described under `parameters`, and each described parameter must occur in the address.',
    fix: 'Add the missing parameter, or remove the redundant one.',
  },
} as const;
