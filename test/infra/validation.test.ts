import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EventloomSystem } from '@eventloom/cdk';
import { App } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { harbour } from './harbour.ts';
import { subscriberTopology } from './parcel-subscribers.ts';
import { parcelTopology } from './parcel-topology.ts';
import { addSite } from './sites.ts';
import { workflows } from './subscriber-system.ts';
import { propsFor } from './synthesize.ts';

/** The only suite that runs the CDK's own validation of templates: it takes seconds and 300 MB. */
describe("the CDK's validation of templates", { timeout: 60_000 }, () => {
  test('finds nothing in a system', () => {
    const app = new App();
    new EventloomSystem(app, 'Parcel', propsFor(parcelTopology));
    expect(violations(app)).toEqual([]);
  });

  test('finds nothing in a system with every type of subscriber', () => {
    const app = new App();
    new EventloomSystem(app, 'Parcel', { ...propsFor(subscriberTopology), workflows });
    expect(violations(app)).toEqual([]);
  });

  test('finds nothing in a system with every kind of ingress', () => {
    const app = new App();
    new EventloomSystem(app, 'Harbour', propsFor(harbour));
    expect(violations(app)).toEqual([]);
  });

  test('finds nothing in a documentation site', () => {
    const app = new App();
    addSite(app);
    expect(violations(app)).toEqual([]);
  });

  test('would find a mistake', () => {
    const app = new App();
    const system = new EventloomSystem(app, 'Parcel', propsFor(parcelTopology));
    system.consumer('claims/openClaim').rules.get('openClaimOnLoss')?.addPropertyOverride('EventPatern', true);
    expect(violations(app)).toHaveLength(1);
  });
});

function violations(app: App): readonly unknown[] {
  const { directory } = app.synth();
  const report = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8'));
  rmSync(directory, { recursive: true });
  return report.pluginReports.flatMap(({ violations: found }: { violations: unknown[] }) => found);
}
