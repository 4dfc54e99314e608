import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import { mailAddress } from '../read/shapes.ts';
import type { InfoDocs } from './documentation.ts';
import { externalDocsOf, tagsOf, textAt, urlAt } from './texts.ts';

/** Reads `info` beyond title, version and description. */
export function readInfo(root: SpecNode, problems: Diagnostic[]): InfoDocs {
  const info = root.get('info');
  return {
    contact: readContact(info?.get('contact'), problems),
    license: readLicense(info?.get('license'), problems),
    termsOfService: urlAt(info, 'termsOfService', problems),
    externalDocs: externalDocsOf(info, problems),
    tags: tagsOf(info),
  };
}

function readContact(node: SpecNode | undefined, problems: Diagnostic[]): InfoDocs['contact'] {
  const contact = {
    name: textAt(node, 'name'),
    url: urlAt(node, 'url', problems),
    email: mailAddress.parse(textAt(node, 'email')) ?? null,
  };
  return Object.values(contact).every((value) => value === null) ? null : contact;
}

function readLicense(node: SpecNode | undefined, problems: Diagnostic[]): InfoDocs['license'] {
  const name = textAt(node, 'name');
  const url = urlAt(node, 'url', problems);
  return name === null ? null : { name, url };
}
