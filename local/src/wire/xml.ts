const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * Makes text safe between tags and in attributes. Line breaks are written as references, since a parser would turn a
 * carriage return into a line feed. Characters that XML 1.0 cannot carry become U+FFFD.
 */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => references[character] ?? character)
    .replace(/[\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(new RegExp(forbiddenCharacters, 'gu'), '\ufffd');
}

/**
 * What neither XML 1.0 nor a message of SQS may contain, as the source of a regular expression with the flag `u`:
 * control characters but tab and line breaks, unpaired surrogates, U+FFFE and U+FFFF.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export const forbiddenCharacters = '(?![\\t\\n\\r\\u007f-\\u009f])\\p{Cc}|\\p{Cs}|[\\ufffe\\uffff]';
