import { topology } from '../../generated/index.js';
import { describeSystem } from './describe-system.ts';
import { synthesize } from './synthesize.ts';

describeSystem('the shop', { topology }, synthesize(topology));
describeSystem('the shop in dev', { topology, environment: 'dev' }, synthesize(topology, { environment: 'dev' }));
