import { told } from '../told.ts';
import type { HandlerModules } from './generated/index.js';
import { examineSample } from './generated/services/lab/index.js';
import { callDoctor, takeSample } from './generated/services/ward/index.js';

/** Each answers an event with the next; none knows who comes after it. */
export const handlers: HandlerModules = {
  'lab/examineSample': async () => ({
    handler: examineSample(async ({ payload: { visit } }, { publish }) => {
      told(`lab: examines the sample of ${visit}`);
      await publish('ResultReady', { visit, finding: visit === 'v-2' ? 'urgent' : 'normal' });
    }),
  }),
  'ward/callDoctor': async () => ({
    handler: callDoctor(({ payload }) => told(`ward: ${payload.visit} is ${payload.finding}`)),
  }),
  'ward/takeSample': async () => ({
    handler: takeSample(async ({ payload: { visit } }, { publish }) => {
      told(`ward: takes a sample of ${visit}`);
      await publish('SampleTaken', { visit });
    }),
  }),
};
