import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  CachePolicy,
  Distribution,
  HttpVersion,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { ConstructError } from '../construct-error.ts';
import { addResponseHeaders } from './response-headers.ts';
import { notFoundPage, siteSources } from './site-source.ts';

/** Where a documentation site comes from, and where it is shown. */
export interface SchemaSiteProps {
  /** The folder that `eventloom docs` wrote; it must be there when the app is synthesized. */
  readonly path: string;
  /**
   * Names under which the site is found. They need a certificate, and records in DNS that lead to `distribution`.
   * @default the name that CloudFront gives
   */
  readonly domainNames?: readonly string[];
  /**
   * A certificate for all of `domainNames`, in us-east-1.
   * @default that of CloudFront, for its own name
   */
  readonly certificate?: ICertificate;
  /**
   * ARN of a web ACL (AWS WAF, of scope CLOUDFRONT) that decides who may read.
   * @default everybody who knows the address may
   */
  readonly webAclId?: string;
  /**
   * Bucket for CloudFront's access logs; it must allow ACLs (`ObjectOwnership.OBJECT_WRITER`).
   * @default no logs
   */
  readonly accessLogBucket?: IBucket;
  /**
   * Where in the world the site is kept near its readers.
   * @default PriceClass.PRICE_CLASS_ALL
   */
  readonly priceClass?: PriceClass;
  /**
   * Whether the bucket keeps what was shown before.
   * @default false
   */
  readonly versioned?: boolean;
  /**
   * What becomes of the bucket and the log group when the site leaves the stack. With `DESTROY` the pages go too; a
   * versioned bucket has to be emptied by hand.
   * @default RemovalPolicy.DESTROY, since the site can be built again
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Publishes the folder that `eventloom docs` wrote: a private bucket that only CloudFront reads, over HTTPS, with headers
 * that let the pages do no more than they need. Each deployment replaces the site and tells CloudFront so.
 * @throws {ConstructError} `missing-site`, `incomplete-domain`
 */
export class SchemaSite extends Construct {
  readonly bucket: Bucket;
  readonly distribution: Distribution;
  readonly deployment: BucketDeployment;
  /** Log group of the function that uploads the site. */
  readonly logGroup: LogGroup;
  /** Address of the home page: `https://…/`. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: SchemaSiteProps) {
    super(scope, id);
    checkDomain(props);
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.DESTROY;
    this.bucket = addBucket(this, props.versioned ?? false, removalPolicy);
    // The CDK's types do not know `exactOptionalPropertyTypes`.
    const bucket = this.bucket as IBucket;
    this.distribution = addDistribution(this, bucket, props);
    this.logGroup = new LogGroup(this, 'DeploymentLogs', { retention: RetentionDays.ONE_MONTH, removalPolicy });
    this.deployment = new BucketDeployment(this, 'Deployment', {
      sources: siteSources(props.path),
      destinationBucket: bucket,
      distribution: this.distribution,
      distributionPaths: ['/*'],
      // Browsers ask each time whether a page has changed; CloudFront keeps it until the next deployment says so.
      cacheControl: [CacheControl.maxAge(Duration.seconds(0)), CacheControl.sMaxAge(Duration.days(1))],
      retainOnDelete: removalPolicy !== RemovalPolicy.DESTROY,
      logGroup: this.logGroup,
      memoryLimit: 512,
    });
    this.url = `https://${props.domainNames?.[0] ?? this.distribution.distributionDomainName}/`;
    new CfnOutput(this, 'Url', { value: this.url, description: 'Where the documentation of events is.' });
  }
}

function checkDomain({ domainNames = [], certificate }: SchemaSiteProps): void {
  if (domainNames.length > 0 === (certificate !== undefined)) return;
  const message =
    certificate === undefined
      ? `The site is to be found at ${domainNames.join(', ')}, but there is no \`certificate\` for it.`
      : 'There is a `certificate`, but no `domainNames` that it is for.';
  throw new ConstructError('incomplete-domain', message);
}

function addBucket(scope: Construct, versioned: boolean, removalPolicy: RemovalPolicy): Bucket {
  return new Bucket(scope, 'Bucket', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned,
    removalPolicy,
  });
}

function addDistribution(scope: Construct, bucket: IBucket, props: SchemaSiteProps): Distribution {
  const { domainNames, certificate, webAclId, accessLogBucket, priceClass = PriceClass.PRICE_CLASS_ALL } = props;
  return new Distribution(scope, 'Distribution', {
    comment: 'Documentation of events',
    defaultBehavior: {
      origin: S3BucketOrigin.withOriginAccessControl(bucket),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: addResponseHeaders(scope),
      compress: true,
    },
    defaultRootObject: 'index.html',
    // S3 says 403 where there is nothing, to all who may not list the bucket.
    errorResponses: [403, 404].map((httpStatus) => ({
      httpStatus,
      responseHttpStatus: 404,
      responsePagePath: `/${notFoundPage}`,
      ttl: Duration.minutes(1),
    })),
    httpVersion: HttpVersion.HTTP2_AND_3,
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    priceClass,
    ...(domainNames === undefined || certificate === undefined ? {} : { domainNames: [...domainNames], certificate }),
    ...(webAclId === undefined ? {} : { webAclId }),
    ...(accessLogBucket === undefined ? {} : { enableLogging: true, logBucket: accessLogBucket }),
  });
}
