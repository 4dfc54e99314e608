import type { RequestAuthorizer } from '@eventloom/runtime';

const badges = new Map([['badge-7', 'dr-kern']]);

/** Lets in who shows a badge of the laboratory. */
export const gate: RequestAuthorizer = async ({ authorizationToken, methodArn }) => {
  const person = badges.get(authorizationToken);
  const Effect = person === undefined ? 'Deny' : 'Allow';
  return {
    principalId: person ?? 'nobody',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: methodArn }],
    },
  };
};
