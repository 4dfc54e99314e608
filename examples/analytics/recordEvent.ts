import { recordEvent } from '../../generated/services/analytics/index.js';

export const handler = recordEvent(({ name, source, id, time }, { log }) => {
  log.info('Recorded', { name, source, id, time: time.toISOString() });
});
