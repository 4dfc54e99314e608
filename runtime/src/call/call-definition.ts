import type { EventDefinition } from '../definitions.ts';
import type { Validator } from '../validator.ts';

/** The functions that a service may call directly, by the name of the method. */
export interface CallsDefinition {
  readonly service: string;
  readonly calls: Readonly<Record<string, CallDefinition>>;
}

/** One function that may be called directly. */
export interface CallDefinition {
  readonly event: EventDefinition;
  /** Holds the name or the ARN of the function. */
  readonly environmentVariable: string;
  /** What it answers. Absent: nothing; then the event is handed over and nobody waits. */
  readonly reply?: ReplyDefinition;
}

/** What a function answers when it is called directly. */
export interface ReplyDefinition {
  /** Name of the message. */
  readonly name: string;
  readonly validate: Validator<unknown>;
}
