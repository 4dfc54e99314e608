/** Says what Ajv's sentence leaves out of an error: allowed values, the property that is too much. */
export function errorDetail(params: Readonly<Record<string, unknown>>): string {
  const { allowedValues, allowedValue, additionalProperty } = params;
  if (allowedValues !== undefined) return `: ${JSON.stringify(allowedValues)}`;
  if (allowedValue !== undefined) return `: ${JSON.stringify(allowedValue)}`;
  return additionalProperty === undefined ? '' : `: ${JSON.stringify(additionalProperty)}`;
}
