import { limits } from '@eventloom/engine';
import type { MessageAttributes } from '../state/content.ts';
import type { AwsError } from './aws-error.ts';
import { forbiddenCharacters } from './xml.ts';

/**
 * Throws what `refuse` makes of the first reason why SNS or SQS would not take these attributes.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
 */
export function checkAttributes(attributes: MessageAttributes, refuse: (reason: string) => AwsError): void {
  for (const [name, { dataType, stringValue, binaryValue }] of attributes) {
    const isName = /^(?!(?:aws|amazon)\.)(?!\.)(?!.*\.\.)[\w.-]+(?<!\.)$/i.test(name);
    if (!isName || name.length > limits.messageAttributeNameCharacters.value) {
      throw refuse(`The message attribute name "${name}" is invalid`);
    }
    if (!/^(?:String|Number|Binary)(?:\..+)?$/.test(dataType)) {
      throw refuse(`The message attribute '${name}' has an invalid message attribute type`);
    }
    if (!stringValue && !binaryValue) {
      throw refuse(`The message attribute '${name}' must contain non-empty message attribute value`);
    }
    if (stringValue !== null && new RegExp(forbiddenCharacters, 'u').test(stringValue)) {
      throw refuse(`The message attribute '${name}' contains characters outside the allowed set`);
    }
    if (dataType.startsWith('Number') && !isNumber(stringValue)) {
      throw refuse(`Could not cast message attribute '${name}' value to number`);
    }
  }
}

function isNumber(value: string | null): boolean {
  return value !== null && value.trim() !== '' && Number.isFinite(Number(value));
}
