import type { HttpIngress } from '@eventloom/engine';
import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  AwsIntegration,
  CfnModel,
  EndpointType,
  type IRestApi,
  LogGroupLogDestination,
  type Method,
  MethodLoggingLevel,
  type MethodOptions,
  Model,
  PassthroughBehavior,
  RequestValidator,
  type Resource,
  ResponseType,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Destinations } from '../destinations.ts';
import { logEncryption } from '../encryption.ts';
import { grantPublish } from '../grant-publish.ts';
import { setPattern } from '../inert-json.ts';
import { grantKey } from '../key-rights.ts';
import type { FunctionSettings } from '../service-function.ts';
import { type Authorizers, addAuthorizers } from './authorizers.ts';
import { requestTarget } from './request-target.ts';
import { requestTemplate } from './request-template.ts';
import {
  failedTemplate,
  publishedTemplate,
  refusalTemplate,
  refusedBodyTemplate,
  sentTemplate,
} from './response-templates.ts';

/** What the API of a service is built from. */
export interface HttpApiProps extends FunctionSettings {
  /** Sorted by operation. */
  readonly ingresses: readonly HttpIngress[];
  readonly destinations: Destinations;
  /** Name of the API, as the console shows it. */
  readonly name: string;
  readonly stageName: string;
  /** The service's bundle, with the authorizers. Undefined when there are none. */
  readonly code: Code | undefined;
}

/**
 * The REST API of a service: each method publishes an event without a function between. It validates bodies by models and
 * parts of paths by templates, logs each request, and has a role that may publish these events and nothing else. All is
 * exposed.
 *
 * API Gateway calls AWS while the caller waits, so that nothing can get lost on the way, and there is no dead-letter
 * queue: who gets no 202 has published nothing.
 */
export class HttpApi extends Construct {
  readonly api: RestApi;
  readonly role: Role;
  readonly logGroup: LogGroup;
  /** By operation. */
  readonly methods: ReadonlyMap<string, Method>;
  /** The functions that decide who may call, by module. */
  readonly authorizers: ReadonlyMap<string, LambdaFunction>;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const { ingresses, destinations } = props;
    this.logGroup = new LogGroup(this, 'AccessLogs', {
      retention: props.logRetention ?? RetentionDays.ONE_MONTH,
      removalPolicy: props.logRemovalPolicy ?? RemovalPolicy.RETAIN,
      ...logEncryption(this),
    });
    this.api = addApi(this, props, this.logGroup);
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    });
    grantPublish(
      this.role,
      ingresses.map(({ event }) => event),
      destinations,
    );
    grantKey(this.role, this, keyUses(ingresses, destinations));
    const authorizers = addAuthorizers(this, props);
    this.authorizers = authorizers.functions;
    const validator = new RequestValidator(this, 'Validator', {
      restApi: this.api as IRestApi,
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    const site = { api: this.api, role: this.role, destinations, authorizers, validator };
    this.methods = new Map(ingresses.map((ingress) => [ingress.operation, addMethod(this, ingress, site)]));
    addUsagePlan(this, props);
  }
}

function keyUses(
  ingresses: readonly HttpIngress[],
  destinations: Destinations,
): readonly ('publishToTopic' | 'sendToQueue')[] {
  const kinds = new Set(ingresses.map(({ event }) => destinations.locate(event.destination).destination.kind));
  return [
    ...(kinds.has('topic') ? ['publishToTopic' as const] : []),
    ...(kinds.has('queue') ? ['sendToQueue' as const] : []),
  ];
}

function addApi(scope: Construct, { name, stageName, ingresses, tracing }: HttpApiProps, logGroup: LogGroup): RestApi {
  const api = new RestApi(scope, 'Api', {
    restApiName: name,
    endpointTypes: [EndpointType.REGIONAL],
    // An account writes no access logs before it has such a role. It is kept: other APIs of the account may use it.
    cloudWatchRole: true,
    cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
    deployOptions: {
      stageName,
      tracingEnabled: tracing !== false,
      ...watched,
      accessLogDestination: new LogGroupLogDestination(logGroup),
      accessLogFormat: AccessLogFormat.custom(JSON.stringify(accessLog)),
      methodOptions: Object.fromEntries(ingresses.flatMap(methodSettings)),
    },
  });
  api.addGatewayResponse('RefusedBody', {
    type: ResponseType.BAD_REQUEST_BODY,
    responseHeaders: { 'Content-Type': "'text/plain'", 'X-Content-Type-Options': "'nosniff'" },
    templates: { 'application/json': refusedBodyTemplate },
  });
  return api;
}

/** Settings of a method stand in place of those of the stage, all of them. */
const watched = { metricsEnabled: true, loggingLevel: MethodLoggingLevel.ERROR, dataTraceEnabled: false } as const;

/** Nothing that a caller writes, so that a line is always JSON. */
const accessLog = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  path: '$context.resourcePath',
  status: '$context.status',
  integrationStatus: '$context.integrationStatus',
  latency: '$context.responseLatency',
  length: '$context.responseLength',
  apiKey: '$context.identity.apiKeyId',
  waf: '$context.wafResponseCode',
};

function methodSettings({ path, method, throttle }: HttpIngress) {
  if (throttle === null) return [];
  const { ratePerSecond, burst } = throttle;
  return [
    [`${path}/${method}`, { throttlingRateLimit: ratePerSecond, throttlingBurstLimit: burst, ...watched }] as const,
  ];
}

interface MethodSite {
  readonly api: RestApi;
  readonly role: Role;
  readonly destinations: Destinations;
  readonly authorizers: Authorizers;
  readonly validator: RequestValidator;
}

function addMethod(scope: Construct, ingress: HttpIngress, site: MethodSite): Method {
  const resource = ingress.path
    .split('/')
    .filter((part) => part !== '')
    .reduce<Resource | RestApi['root']>(
      (parent, part) => (parent.getResource(part) ?? parent.addResource(part)) as Resource,
      site.api.root,
    );
  const options: MethodOptions = {
    operationName: ingress.operation.replace(/[^A-Za-z0-9_-]/g, '-'),
    ...authorization(ingress, site.authorizers),
    requestModels: { 'application/json': addModel(scope, ingress, site.api) },
    requestValidator: site.validator,
    requestParameters: Object.fromEntries(ingress.parameters.map(({ name }) => [`method.request.path.${name}`, true])),
    methodResponses: ['202', '400', '500'].map((statusCode) => ({
      statusCode,
      responseModels: { 'application/json': Model.EMPTY_MODEL },
    })),
  };
  return resource.addMethod(ingress.method, addIntegration(scope, ingress, site), options);
}

/** `CfnModel`, because `Model` takes a schema of the CDK's own words, and not every one. */
function addModel(scope: Construct, ingress: HttpIngress, api: RestApi) {
  const id = `${ingress.constructId}Model`;
  const model = new CfnModel(scope, id, {
    restApiId: api.restApiId,
    contentType: 'application/json',
    name: ingress.constructId.replace(/[^A-Za-z0-9]/g, ''),
  });
  setPattern(model, 'Schema', ingress.body as never);
  return Model.fromModelName(scope, `${id}Name`, model.ref);
}

function addIntegration(scope: Construct, ingress: HttpIngress, { role, destinations }: MethodSite): AwsIntegration {
  const { template, service, path, action, contentType, headers } = requestTarget(scope, ingress, destinations);
  const answer = template.kind === 'bus' ? publishedTemplate : sentTemplate;
  const respond = (statusCode: string, text: string, selectionPattern?: string) => ({
    statusCode,
    responseTemplates: { 'application/json': text },
    ...(selectionPattern === undefined ? {} : { selectionPattern }),
  });
  return new AwsIntegration({
    service,
    integrationHttpMethod: 'POST',
    ...(action === undefined ? { path } : { action }),
    options: {
      credentialsRole: role,
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestParameters: { 'integration.request.header.Content-Type': `'${contentType}'`, ...headers },
      requestTemplates: { 'application/json': requestTemplate(ingress, template) },
      integrationResponses: [
        respond('202', answer),
        respond('400', refusalTemplate(ingress), '4\\d{2}'),
        respond('500', failedTemplate, '5\\d{2}'),
      ],
    },
  });
}

function authorization({ authorization: asked }: HttpIngress, authorizers: Authorizers): MethodOptions {
  switch (asked.kind) {
    case 'iam':
      return { authorizationType: AuthorizationType.IAM };
    case 'apiKey':
      return { authorizationType: AuthorizationType.NONE, apiKeyRequired: true };
    case 'none':
      return { authorizationType: AuthorizationType.NONE };
    case 'jwt':
    case 'lambda':
      return { authorizationType: AuthorizationType.CUSTOM, authorizer: authorizers.of(asked.handler) };
    default:
      return asked satisfies never;
  }
}

/** One key and one plan; who gives keys to several callers adds more. */
function addUsagePlan(scope: HttpApi, { ingresses, name }: HttpApiProps): void {
  if (!ingresses.some(({ authorization: { kind } }) => kind === 'apiKey')) return;
  const { api } = scope;
  const plan = api.addUsagePlan('UsagePlan', { name, apiStages: [{ stage: api.deploymentStage }] });
  plan.addApiKey(api.addApiKey('ApiKey'));
}
