import { readFileSync } from 'node:fs';
import { toTopology } from '../../generator/src/model/to-topology.ts';
import { understand } from '../support/model-of.ts';
import { describeSystem } from './describe-system.ts';
import { synthesize } from './synthesize.ts';

const { model } = await understand(readFileSync(new URL('../clinic/asyncapi.yaml', import.meta.url), 'utf8'));
const topology = toTopology(model);

describeSystem("the clinic's laboratory", { topology }, synthesize(topology));
