/** Any JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * An EventBridge event pattern, SNS filter policy or event source mapping filter as JSON.
 * Objects nest, leaves are non-empty arrays of alternatives.
 */
export type EventPattern = { readonly [field: string]: JsonValue };
