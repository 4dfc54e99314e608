import { describeSystem } from './describe-system.ts';
import { parcelTopology } from './parcel-topology.ts';
import { synthesize } from './synthesize.ts';

describeSystem('the parcel service', { topology: parcelTopology }, synthesize(parcelTopology));

describeSystem(
  'the parcel service in an environment',
  { topology: parcelTopology, environment: 'dev' },
  synthesize(parcelTopology, { environment: 'dev' }),
);
