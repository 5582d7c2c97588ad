import {
  CloudfrontDistribution,
  type CloudfrontDistributionConfig,
  type CloudfrontDistributionOrderedCacheBehavior,
  type CloudfrontDistributionOrigin,
} from '@cdktf/provider-aws/lib/cloudfront-distribution/index.js'
import { Fn } from 'cdktf'
import type { Construct } from 'constructs'
import { waive } from '../waive.ts'
import { originHeader } from './origin-header.ts'
import { managed } from './policies.ts'

const pageOrigin = 'S3-wiko-frontend' // guide 3.5
const apiOrigin = 'load-balancer'

/** Paths of the API that the page's own address forwards, where the API has no domain. */
export const apiPaths = ['/api/*', '/health', '/ready', '/openapi.json', '/docs', '/docs/*'] as const

/** What CloudFront keeps for some seconds unless told otherwise: a file just uploaded, or an API that recovered, would stay missing. */
const errorCodes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]

/** The load balancer as CloudFront calls it. */
export interface ApiOrigin {
  readonly dnsName: string
  readonly protocol: 'https-only' | 'http-only'
  readonly headerValue: string
}

interface Settings {
  readonly comment: string
  readonly priceClass: string
  readonly webAclArn: string
  readonly bucketDomainName: string
  readonly originAccessControlId: string
  readonly screenPathArn: string
  readonly yearCacheId: string
  readonly screenHeadersId: string
  readonly fileHeadersId: string
  readonly domain: { readonly name: string; readonly certificateArn: string } | null
  readonly api: ApiOrigin | null
}

/** The distribution (guide 3.5). */
export function distribution(scope: Construct, settings: Settings): CloudfrontDistribution {
  const { domain, api } = settings
  const page = {
    targetOriginId: pageOrigin,
    viewerProtocolPolicy: 'redirect-to-https', // guide 3.5
    allowedMethods: ['GET', 'HEAD'], // guide 3.5
    cachedMethods: ['GET', 'HEAD'],
    compress: true, // guide 3.5
  }
  const files: CloudfrontDistributionOrderedCacheBehavior = {
    ...page,
    pathPattern: '/assets/*', // where Vite puts the files with a hash in their name
    cachePolicyId: settings.yearCacheId,
    responseHeadersPolicyId: settings.fileHeadersId,
  }
  const result = new CloudfrontDistribution(scope, 'main', {
    comment: settings.comment,
    enabled: true, // guide 3.5
    defaultRootObject: 'index.html', // guide 3.5
    httpVersion: 'http2and3',
    isIpv6Enabled: true,
    priceClass: settings.priceClass,
    webAclId: settings.webAclArn,
    origin: [
      {
        originId: pageOrigin,
        domainName: settings.bucketDomainName,
        originAccessControlId: settings.originAccessControlId, // guide 3.5 leaves the bucket public
      },
      ...(api ? [loadBalancer(api)] : []),
    ],
    defaultCacheBehavior: {
      ...page,
      cachePolicyId: managed.cachingDisabled, // guide 3.4: index.html is never kept
      responseHeadersPolicyId: settings.screenHeadersId,
      functionAssociation: [{ eventType: 'viewer-request', functionArn: settings.screenPathArn }],
    },
    orderedCacheBehavior: [files, ...(api ? apiPaths.map(forwarded) : [])],
    customErrorResponse: errorCodes.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
    restrictions: { geoRestriction: { restrictionType: 'none' } },
    ...viewerSide(domain),
  })
  waive(
    result,
    'CKV_AWS_86',
    'Access logs are delivered by standard logging v2 (access-logs.ts), which this check does not know',
  )
  waive(
    result,
    'CKV_AWS_310',
    'One bucket in one region holds the page; a copy to fail over to is not worth its upkeep',
  )
  waive(
    result,
    'CKV_AWS_374',
    'Plants, offices and travelling staff use the page from several countries; sign-in is what protects it',
  )
  waive(result, 'CKV2_AWS_47', 'The web ACL is made by the module firewall, whose rules the scan checks there')
  if (!domain) waive(result, 'CKV_AWS_174', "CloudFront's own name comes with its own certificate and TLS versions")
  if (!domain)
    waive(result, 'CKV2_AWS_42', 'An environment without a domain uses the name and certificate of CloudFront')
  return result
}

function viewerSide(domain: Settings['domain']): Pick<CloudfrontDistributionConfig, 'aliases' | 'viewerCertificate'> {
  if (!domain) return { viewerCertificate: { cloudfrontDefaultCertificate: true } }
  return {
    aliases: [domain.name],
    viewerCertificate: {
      acmCertificateArn: domain.certificateArn,
      sslSupportMethod: 'sni-only', // guide 3.5
      minimumProtocolVersion: 'TLSv1.2_2021', // guide 3.5
    },
  }
}

function loadBalancer({ dnsName, protocol, headerValue }: ApiOrigin): CloudfrontDistributionOrigin {
  return {
    originId: apiOrigin,
    domainName: dnsName,
    customHeader: [{ name: originHeader, value: Fn.sensitive(headerValue) }],
    customOriginConfig: {
      originProtocolPolicy: protocol,
      httpPort: 80,
      httpsPort: 443,
      originSslProtocols: ['TLSv1.2'],
      originReadTimeout: 60, // seconds; the load balancer's idle timeout too, and the most without a raised quota
      originKeepaliveTimeout: 60, // under the 72 s of the API itself
    },
  }
}

/** The API's answers pass as they are: nothing kept, every header, cookie and query passed on. */
function forwarded(pathPattern: string): CloudfrontDistributionOrderedCacheBehavior {
  return {
    pathPattern,
    targetOriginId: apiOrigin,
    viewerProtocolPolicy: 'redirect-to-https',
    allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
    cachedMethods: ['GET', 'HEAD'],
    compress: true,
    cachePolicyId: managed.cachingDisabled,
    originRequestPolicyId: managed.allViewerAndCloudFrontHeaders,
  }
}
