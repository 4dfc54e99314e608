export { Unmakeable } from '../make/kit.ts';
export { type ArbitraryOptions, arbitrary } from './arbitrary.ts';
