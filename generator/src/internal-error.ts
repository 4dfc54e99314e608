/** A bug of Eventloom: something that no spec should bring about. The command line answers it with exit code 70. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}
