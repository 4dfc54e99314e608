import type { PublishFailure } from '../errors.ts';
import { isLastingRefusal } from '../publish/lasting-refusal.ts';

/**
 * Codes about what was sent, of AWS, and of JavaScript where the SDK could not write the request. Rights, throttling and
 * a destination that is not there are none of them, and neither is a `TypeError`, which `fetch` throws for the network.
 */
const aboutContent: ReadonlySet<string> = /* @__PURE__ */ new Set([
  ...['MalformedDetail', 'InvalidArgument', 'InvalidMessageContents', 'InvalidParameter', 'InvalidParameterException'],
  ...['InvalidParameterValue', 'InvalidParameterValueException', 'BatchRequestTooLong', 'ValidationException'],
  ...['BatchRequestTooLongException', 'SerializationException', 'URIError', 'RangeError'],
]);

/** Tells whether another try cannot help an event that was sent alone, or was refused by itself. */
export const isHopeless = ({ code }: PublishFailure): boolean => isLastingRefusal(code) || aboutContent.has(code);

/** Tells whether an event failed with its whole request, perhaps for another of its events. */
export const mayBeAnothers = ({ code, cause }: PublishFailure): boolean =>
  aboutContent.has(code) && cause !== undefined;
