export type * from './event-pattern.ts';
export type * from './topology.ts';
