/**
 * Codes that are given before anything is sent, for what the event is: it would be refused again. Another event's is
 * `not-sent`.
 */
const codes: ReadonlySet<string> = /* @__PURE__ */ new Set([
  ...['invalid-payload', 'not-json', 'event-too-large', 'too-many-attributes', 'header-missing', 'header-invalid'],
  ...['group-missing', 'group-invalid', 'option-invalid', 'unknown-event'],
]);

/** Tells whether another try cannot help an event that was refused with a code before it was sent. */
export const isLastingRefusal = (code: string): boolean => codes.has(code);
