import type { Cloud } from './clouds.ts';
import { createStacks, deleteStacks } from './deploy.ts';
import { deviations } from './deviations.ts';
import { templateBucket } from './template-bucket.ts';

/** Tries every template that MiniStack is said to refuse; returns the deviations by which it takes it after all. */
export async function staleTemplates(cloud: Cloud): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const [index, deviation] of deviations.entries()) {
    if (deviation.kind !== 'template') continue;
    const name = `eventloom-deviation-${index}`;
    try {
      await createStacks(cloud, [{ name, template: deviation.probe }], templateBucket(cloud, name));
      stale.push(deviation.what);
    } catch (error) {
      // What CloudFormation says of a template or a resource; anything else is no refusal.
      if (!/Template format error|is (CREATE|ROLLBACK)_/.test(String(error))) throw error;
    } finally {
      await deleteStacks(cloud, [name]);
    }
  }
  return stale;
}
