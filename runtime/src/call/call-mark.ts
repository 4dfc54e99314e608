/**
 * Field of the envelope of a call whose caller waits for the answer. Lambda does not tell a function how it is invoked,
 * and what fails is the caller's business then, not that of the dead-letter queue.
 */
export const callMark = 'eventloom-call';
