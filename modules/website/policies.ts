import { CloudfrontCachePolicy } from '@cdktf/provider-aws/lib/cloudfront-cache-policy/index.js'
import { CloudfrontResponseHeadersPolicy } from '@cdktf/provider-aws/lib/cloudfront-response-headers-policy/index.js'
import type { Construct } from 'constructs'
import { waive } from '../waive.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'

/** Policies of AWS, by the ids that are the same in every account (Amazon CloudFront Developer Guide, "Use managed cache policies"). */
export const managed = {
  cachingDisabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  /** All of the viewer's headers, Host included, and CloudFront's own, such as CloudFront-Forwarded-Proto. */
  allViewerAndCloudFrontHeaders: '33f36d7e-f396-46d9-90e0-52428a34d9dc',
} as const

const noPreload =
  'HSTS is set for a year; on the preload lists of browsers stand whole parent domains, which are not ours to enter'

/** Seconds of a year. */
const year = 31_536_000

/** Files with a hash in their name never change: CloudFront keeps them for a year (guide 3.4; guide 3.5: at least 0, at most a year). */
export function yearCache(scope: Construct, name: string): CloudfrontCachePolicy {
  return new CloudfrontCachePolicy(scope, 'year', {
    name: `${name}-year`,
    comment: 'Files with a hash in their name',
    minTtl: 0,
    defaultTtl: year,
    maxTtl: year,
    parametersInCacheKeyAndForwardedToOrigin: {
      enableAcceptEncodingGzip: true, // guide 3.5, Compress
      enableAcceptEncodingBrotli: true,
      cookiesConfig: { cookieBehavior: 'none' }, // guide 3.5
      headersConfig: { headerBehavior: 'none' },
      queryStringsConfig: { queryStringBehavior: 'none' }, // guide 3.5
    },
  })
}

/** Security headers of the page. `apiSources`: see content-security-policy.ts. */
function pageHeaders(name: string, apiSources: string) {
  return {
    name,
    securityHeadersConfig: {
      strictTransportSecurity: { accessControlMaxAgeSec: year, includeSubdomains: true, override: true },
      contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(apiSources), override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: 'DENY', override: true },
      referrerPolicy: { referrerPolicy: 'no-referrer', override: true },
    },
  }
}

/** Headers of index.html, which no browser may keep (guide 3.4), however it was uploaded. */
export function screenHeaders(scope: Construct, name: string, apiSources: string): CloudfrontResponseHeadersPolicy {
  const policy = new CloudfrontResponseHeadersPolicy(scope, 'screen_headers', {
    ...pageHeaders(`${name}-screens`, apiSources),
    comment: 'Security headers of the page, never kept',
    customHeadersConfig: {
      items: [{ header: 'Cache-Control', value: 'no-cache, no-store, must-revalidate', override: true }], // guide 3.4
    },
  })
  waive(policy, 'CKV_AWS_259', noPreload)
  return policy
}

/** Headers of the hashed files. Their Cache-Control comes from the upload (guide 3.4): set here, it would also be on a 404. */
export function fileHeaders(scope: Construct, name: string, apiSources: string): CloudfrontResponseHeadersPolicy {
  const policy = new CloudfrontResponseHeadersPolicy(scope, 'file_headers', {
    ...pageHeaders(`${name}-files`, apiSources),
    comment: 'Security headers of files with a hash in their name',
  })
  waive(policy, 'CKV_AWS_259', noPreload)
  return policy
}
