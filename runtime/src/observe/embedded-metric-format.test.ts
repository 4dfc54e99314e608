import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { observedRun, record } from '../../../test/support/observed-run.ts';
import { metrics } from './metrics.ts';

/**
 * What CloudWatch says of a line in the embedded metric format: whatever is not so, it drops without a word.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
const name = { type: 'string', minLength: 1, maxLength: 1_024 };
const directive = {
  type: 'object',
  required: ['Namespace', 'Dimensions', 'Metrics'],
  additionalProperties: false,
  properties: {
    Namespace: name,
    Dimensions: {
      type: 'array',
      minItems: 1,
      items: { type: 'array', maxItems: 30, items: { ...name, maxLength: 250 } },
    },
    Metrics: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        required: ['Name'],
        additionalProperties: false,
        properties: { Name: name, Unit: { enum: ['Count', 'Milliseconds'] }, StorageResolution: { enum: [1, 60] } },
      },
    },
  },
};
const value = { type: 'number' };
const line = {
  type: 'object',
  required: ['_aws'],
  properties: {
    _aws: {
      type: 'object',
      required: ['Timestamp', 'CloudWatchMetrics'],
      properties: {
        Timestamp: { type: 'integer', minimum: 1e12 },
        CloudWatchMetrics: { type: 'array', items: directive },
      },
    },
  },
} as const;

interface Line {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly [member: string]: unknown;
}

test('every line of metrics is one that CloudWatch reads: dimensions are texts beside it, metrics are numbers', async () => {
  const records = Array.from({ length: 205 }, (_, index) => record(`e-${index}`));
  const { written } = await observedRun(
    [metrics({ namespace: 'Shop' })],
    [...records, record('bad', { payload: null })],
  );
  const lines = written.filter((one): one is Line => '_aws' in one);
  expect(lines).toHaveLength(3);
  const ajv = new Ajv({ strict: false });
  for (const one of lines) {
    expect([ajv.validate(line, one), ajv.errors]).toEqual([true, null]);
    for (const { Dimensions, Metrics } of one._aws.CloudWatchMetrics) {
      const texts = Object.fromEntries(
        Dimensions.flat().map((dimension) => [dimension, { type: 'string', minLength: 1 }]),
      );
      const numbers = Object.fromEntries(
        Metrics.map(({ Name }) => [
          Name,
          { anyOf: [value, { type: 'array', minItems: 1, maxItems: 100, items: value }] },
        ]),
      );
      const members = { ...texts, ...numbers };
      expect(ajv.validate({ required: Object.keys(members), properties: members }, one), ajv.errorsText()).toBe(true);
    }
  }
});
