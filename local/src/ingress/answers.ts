/** What an API answers. */
export interface ApiAnswer {
  /** HTTP status. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer in JSON. */
export function json(status: number, body: object): ApiAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** What API Gateway answers where there is no such method, and to callers without a signature. */
export const missingToken: ApiAnswer = json(403, { message: 'Missing Authentication Token' });
/** What it answers callers that may not call. */
export const forbidden: ApiAnswer = json(403, { message: 'Forbidden' });
/** What it answers callers that show no valid token. */
export const unauthorized: ApiAnswer = json(401, { message: 'Unauthorized' });
/** What it answers when an authorizer fails. */
export const unexpected: ApiAnswer = json(500, { message: null });
/** What it answers beyond the throttle. */
export const throttled: ApiAnswer = json(429, { message: 'Too Many Requests' });
/** What it answers bodies that are no JSON by their header. */
export const unsupportedType: ApiAnswer = json(415, { message: 'Unsupported Media Type' });
/** What the templates answer when AWS took no event. */
export const notPublished: ApiAnswer = json(500, { message: 'The event could not be published.' });

/** What API Gateway answers bodies that the model refuses. */
export function refusedBody(reason: string): ApiAnswer {
  return {
    status: 400,
    headers: { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' },
    body: `Invalid request body: ${reason}`,
  };
}
