export { Unmakeable } from '../make/kit.ts';
export { type ArbitraryOptions, arbitrary } from './arbitrary.ts';
export { type InvalidPayload, invalidArbitrary } from './invalid-arbitrary.ts';
