import { expect, it } from 'vitest';
import { checkCodes } from './codes/check.ts';
import { conformanceCodes } from './codes/conformance.ts';
import { deliveryCodes } from './codes/delivery.ts';
import { documentationCodes } from './codes/documentation.ts';
import { handlingCodes } from './codes/handling.ts';
import { infrastructureCodes } from './codes/infrastructure.ts';
import { ingressCodes } from './codes/ingress.ts';
import { limitCodes } from './codes/limits.ts';
import { loadCodes } from './codes/load.ts';
import { modelCodes } from './codes/model.ts';
import { schemaCodes } from './codes/schema.ts';
import { catalogue } from './codes.ts';

const parts = [
  loadCodes,
  conformanceCodes,
  modelCodes,
  deliveryCodes,
  handlingCodes,
  ingressCodes,
  infrastructureCodes,
  documentationCodes,
  schemaCodes,
  checkCodes,
  limitCodes,
];

it('uses each code in one part of the catalogue only', () => {
  const all = parts.flatMap((part) => Object.keys(part));
  expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([]);
  expect(Object.keys(catalogue)).toHaveLength(all.length);
});

it.each(Object.entries(catalogue))('describes %s in full sentences under a title', (code, entry) => {
  expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(['error', 'warning', 'info']).toContain(entry.severity);
  expect(entry.title).not.toMatch(/\.$/);
  expect(entry.why).toMatch(/[.?]$/);
  expect(entry.fix).toMatch(/[.?]$/);
});
