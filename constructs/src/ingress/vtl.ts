/*
 * Pieces of mapping templates (Apache Velocity). What stands in a spec gets into them only through these functions, what
 * callers send only through functions of API Gateway.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */

/** Text of a spec inside a JSON text: nothing in it means anything to Velocity, CloudFormation or the CDK. */
export function jsonText(text: string): string {
  return text.replace(/[^A-Za-z0-9 ._:/@-]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Text of a spec as a value of a form. */
export function formText(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (unit) => `%${unit.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Tells whether a text can stand between single quotes as it is. */
export function isPlain(text: string): boolean {
  return /^[A-Za-z0-9 ._~:@,+-]+$/.test(text);
}

/**
 * What an expression gives, as the inside of a JSON text. `escapeJavaScript` also escapes single quotes, which JSON does
 * not know; its documentation says how to mend that.
 */
export function asJsonText(expression: string): string {
  return `$util.escapeJavaScript(${expression}).replaceAll("\\\\'","'")`;
}
