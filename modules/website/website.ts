import { CloudfrontFunction } from '@cdktf/provider-aws/lib/cloudfront-function/index.js'
import { CloudfrontOriginAccessControl } from '@cdktf/provider-aws/lib/cloudfront-origin-access-control/index.js'
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js'
import { Fn, Lazy } from 'cdktf'
import { accessLog, accessLogInputs, privateBucket } from '../bucket.ts'
import { defineModule } from '../define.ts'
import { flag, number, text, texts } from '../inputs.ts'
import { waive } from '../waive.ts'
import { accessLogs } from './access-logs.ts'
import { type ApiOrigin, distribution } from './distribution.ts'
import { fileHeaders, screenHeaders, yearCache } from './policies.ts'
import { screenPathCode } from './screen-path.ts'

/** Synth-time choices of the website. */
export interface WebsiteOptions {
  /** Served under `domainName` with `certificateArn`; else under CloudFront's own name. */
  readonly ownDomain: boolean
  /** How CloudFront calls the load balancer for the API's paths; null: the API has a domain of its own. */
  readonly forwardApi: ApiOrigin['protocol'] | null
}

const options: WebsiteOptions = { ownDomain: false, forwardApi: null }

/** The page: a private bucket behind CloudFront (guide, component 1 and phase 3). */
export const website = defineModule('website', {
  description: 'Private bucket of the page, served by CloudFront, which forwards the API where that has no domain',
  cost: '10 to 20 dollars for 100 GB a month (the guide); the bucket and the function are cents (unverified).',
  inputs: {
    bucketName: text('Name of the bucket', { pattern: ['^[a-z0-9][a-z0-9.-]{2,62}$', 'Not a bucket name.'] }),
    comment: text('Comment of the distribution', { default: 'Wiko Defect Analyzer Frontend' }), // guide 3.5
    domainName: text('Domain of the page, with the option ownDomain', { default: null }),
    certificateArn: text('Certificate of that domain, in us-east-1', { default: null }),
    apiOrigins: texts('Origins of the API that the page may call besides its own, such as https://api.example.com', {
      default: [],
    }),
    loadBalancerDnsName: text('Load balancer of the API, with the option forwardApi', { default: null }),
    originHeaderValue: text('Value of the header that the load balancer lets in', { default: null }),
    webAclArn: text('Web ACL of WAF (scope CLOUDFRONT)', { default: null }),
    priceClass: text('Where CloudFront serves from; PriceClass_100 has no Asian locations', {
      default: 'PriceClass_All', // guide, component 1: "global CDN"
      oneOf: ['PriceClass_All', 'PriceClass_200', 'PriceClass_100'],
    }),
    keepOldVersionsDays: number('Days that a replaced page can be brought back', { default: 30, min: 1 }),
    forceDestroy: flag('Delete the bucket even with the page in it', { default: false }),
    ...accessLogInputs,
    logBucketArn: text('ARN of that bucket, which CloudFront writes to', { default: null }),
  },
  options,
  providerAliases: ['us_east_1'],
  outputs: {
    bucketName: 'Bucket that the built page is uploaded to',
    distributionId: 'Distribution to invalidate after an upload',
    distributionArn: 'ARN of the distribution',
    domainName: "CloudFront's name of the distribution",
    hostedZoneId: 'Zone of that name, as DNS aliases need it',
    url: 'Address of the page',
  },
  resources(scope, input, { ownDomain, forwardApi }) {
    // The bucket's policy names the distribution, which names the bucket: the ARN is read when both are there.
    const distributionArn = Lazy.stringValue({ produce: () => main.arn })
    const onlyThisDistribution = { StringEquals: { 'aws:SourceArn': distributionArn } }
    const bucket = privateBucket(scope, 'web', {
      name: input.bucketName,
      forceDestroy: input.forceDestroy,
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
      statements: (arn) => [
        {
          sid: 'CloudFrontReads',
          actions: ['s3:GetObject'],
          resources: [`${arn}/*`],
          principals: { Service: ['cloudfront.amazonaws.com'] },
          conditions: onlyThisDistribution,
        },
        {
          sid: 'KeptPagesAreNotPublic', // ops/deploy/page-releases.ts
          effect: 'Deny',
          actions: ['s3:GetObject'],
          resources: [`${arn}/releases/*`],
          principals: { Service: ['cloudfront.amazonaws.com'] },
        },
        {
          sid: 'MissingFilesAre404', // without it S3 answers 403
          actions: ['s3:ListBucket'],
          resources: [arn],
          principals: { Service: ['cloudfront.amazonaws.com'] },
          conditions: onlyThisDistribution,
        },
      ],
    })
    new S3BucketLifecycleConfiguration(bucket, 'lifecycle', {
      bucket: bucket.id,
      rule: [
        {
          id: 'OldPages',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          noncurrentVersionExpiration: [{ noncurrentDays: input.keepOldVersionsDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    })
    waive(bucket, 'CKV_AWS_144', 'The page is built from the repository: nothing here needs a copy in another region')
    waive(bucket, 'CKV_AWS_145', 'The page is public; AES-256 with keys of S3 encrypts it, as the guide has it')
    waive(bucket, 'CKV2_AWS_62', 'Nothing waits for a file of the page')

    const access = new CloudfrontOriginAccessControl(scope, 'access', {
      name: input.bucketName,
      description: 'CloudFront reads the page with a signature',
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    })
    const screenPath = new CloudfrontFunction(scope, 'screen_path', {
      name: `${input.bucketName}-screen-path`,
      comment: 'A path without a dot is a screen of the page',
      runtime: 'cloudfront-js-2.0',
      code: screenPathCode,
      publish: true,
    })
    const apiSources = Fn.join(' ', input.apiOrigins)
    const main = distribution(scope, {
      comment: input.comment,
      priceClass: input.priceClass,
      webAclArn: input.webAclArn,
      bucketDomainName: bucket.bucketRegionalDomainName,
      originAccessControlId: access.id,
      screenPathArn: screenPath.arn,
      yearCacheId: yearCache(scope, input.bucketName).id,
      screenHeadersId: screenHeaders(scope, input.bucketName, apiSources).id,
      fileHeadersId: fileHeaders(scope, input.bucketName, apiSources).id,
      domain: ownDomain ? { name: input.domainName, certificateArn: input.certificateArn } : null,
      api: forwardApi && {
        dnsName: input.loadBalancerDnsName,
        protocol: forwardApi,
        headerValue: input.originHeaderValue,
      },
    })
    accessLog(bucket, input.logBucket, 's3/web/')
    accessLogs(scope, { name: input.bucketName, distributionArn: main.arn, logBucketArn: input.logBucketArn })
    return {
      bucketName: bucket.bucket,
      distributionId: main.id,
      distributionArn: main.arn,
      domainName: main.domainName,
      hostedZoneId: main.hostedZoneId,
      url: `https://${ownDomain ? input.domainName : main.domainName}`,
    }
  },
})
