import { type EndpointAuthorization, type EndpointDelivery, limits } from '@eventloom/engine';
import { SecretValue } from 'aws-cdk-lib';
import { CfnApiDestination, CfnConnection } from 'aws-cdk-lib/aws-events';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { ConstructError } from '../construct-error.ts';
import { addRuleRoleFor } from './delivery-role.ts';
import { plainText } from './plain-text.ts';
import type { SubscriberSite, SubscriberTarget } from './subscriber-site.ts';

/** An API destination with what was made for it. */
export interface EndpointResources {
  readonly type: 'endpoint';
  readonly connection: CfnConnection;
  readonly apiDestination: CfnApiDestination;
  /** What EventBridge calls the address as. */
  readonly role: Role;
}

/** Adds an API destination with its connection, and lets EventBridge call it. */
export function addEndpoint(
  site: SubscriberSite,
  delivery: EndpointDelivery,
): { readonly resources: EndpointResources; readonly target: SubscriberTarget } {
  const { ratePerSecond, method, body } = delivery;
  const connection = addConnection(site, delivery.authorization);
  const apiDestination = new CfnApiDestination(site.scope, 'ApiDestination', {
    connectionArn: connection.attrArn,
    httpMethod: method,
    // A `*` would stand for a parameter that the rule has to give.
    invocationEndpoint: plainText('URL', delivery.url).replaceAll('*', '%2A'),
    ...(ratePerSecond === null ? {} : { invocationRateLimitPerSecond: ratePerSecond }),
  });
  const role = addRuleRoleFor(site, ['events:InvokeApiDestination'], apiDestination.attrArnForPolicy);
  const rule = {
    id: 'Endpoint',
    arn: apiDestination.attrArn,
    roleArn: role.roleArn,
    ...(body === 'payload' ? { inputPath: '$.detail' } : {}),
    // As long as EventBridge does, which an outage of a third party may take.
    retryPolicy: {
      maximumEventAgeInSeconds: limits.targetEventAgeSecondsMaximum.value,
      maximumRetryAttempts: limits.targetRetryAttemptsMaximum.value,
    },
  };
  return { resources: { type: 'endpoint', connection, apiDestination, role }, target: { rule, endpoints: [] } };
}

function addConnection({ scope }: SubscriberSite, authorization: EndpointAuthorization): CfnConnection {
  return new CfnConnection(scope, 'Connection', connectionOf(authorization));
}

/** EventBridge keeps the credentials in a secret of its own; the template holds where they come from, and never them. */
function connectionOf(given: EndpointAuthorization): ConstructorParameters<typeof CfnConnection>[2] {
  switch (given.kind) {
    case 'apiKey':
      return {
        authorizationType: 'API_KEY',
        authParameters: {
          apiKeyAuthParameters: { apiKeyName: plainText('header', given.header), apiKeyValue: secret(given.secret) },
        },
      };
    case 'basic':
      return {
        authorizationType: 'BASIC',
        authParameters: {
          basicAuthParameters: { username: plainText('user name', given.username), password: secret(given.secret) },
        },
      };
    case 'oauth':
      return { authorizationType: 'OAUTH_CLIENT_CREDENTIALS', authParameters: { oAuthParameters: clientOf(given) } };
    default:
      return given satisfies never;
  }
}

function clientOf(given: EndpointAuthorization & { readonly kind: 'oauth' }): CfnConnection.OAuthParametersProperty {
  const parameters = { grant_type: 'client_credentials', ...(given.scope === null ? {} : { scope: given.scope }) };
  return {
    authorizationEndpoint: plainText('token URL', given.tokenUrl),
    clientParameters: { clientId: plainText('client id', given.clientId), clientSecret: secret(given.secret) },
    httpMethod: 'POST',
    oAuthHttpParameters: {
      bodyParameters: Object.entries(parameters).map(([key, value]) => ({
        key,
        value: plainText('scope', value),
        isValueSecret: false,
      })),
    },
  };
}

/**
 * Returns a reference to a secret, which CloudFormation follows at deployment.
 *
 * @throws ConstructError `invalid-secret` for what is no name or ARN of one: it would change what the reference says.
 */
function secret(name: string): string {
  if (/^[\w/+=.@-]{1,512}$/.test(name) || /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:[\w/+=.@-]+$/.test(name)) {
    return SecretValue.secretsManager(name).unsafeUnwrap();
  }
  throw new ConstructError(
    'invalid-secret',
    `'${name}' is no secret of Secrets Manager: give a name of letters, digits and /_+=.@-, or an ARN.`,
  );
}
