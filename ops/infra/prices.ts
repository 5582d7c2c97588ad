/**
 * List prices of AWS in us-east-1 in US dollars, without free tiers. AWS's own pages could not be read where this was written: each price names
 * the page it was taken from (stored copies, read on 23 November 2026) and that page's date, or says unverified (general knowledge).
 * Check them against https://calculator.aws before you sign anything.
 */
export interface Price {
  readonly dollars: number
  readonly unit: string
  readonly source: string
}

export const unverified = 'unverified'
/** Hours of a month, as AWS's calculator counts them. */
export const hours = 730

const price = (dollars: number, unit: string, source: string): Price => ({ dollars, unit, source })
const fargate = 'vantage.sh/blog/fargate-pricing, undated; the x86 prices also wring.co, March 2026'
const rds = 'infratally.com/articles/aws-rds-pricing-explained-2026.html, 2026'
const network = 'zacfukuda.com/blog/aws-nat-gateway-vs-vpc-endpoint, June 2026'
const cloudWatch = 'factualminds.com/blog/amazon-cloudwatch-pricing..., June 2026'
const firewall = 'c3x.dev/blog/aws-waf-cost-explained, undated; awsnegotiations.com, 2026'
const guide = 'the deployment guide, December 2025'

export const prices = {
  cpu: {
    ARM64: price(0.03238, 'vCPU-hour', fargate),
    X86_64: price(0.04048, 'vCPU-hour', fargate),
  },
  memory: {
    ARM64: price(0.00356, 'GB-hour', fargate),
    X86_64: price(0.004445, 'GB-hour', fargate),
  },
  /** One instance; a standby in a second zone doubles it. */
  database: {
    'db.t4g.micro': price(0.016, 'instance-hour', rds),
    'db.t4g.small': price(0.032, 'instance-hour', rds),
    'db.t4g.medium': price(0.065, 'instance-hour', rds),
    'db.t4g.large': price(0.129, 'instance-hour', unverified),
    'db.t4g.xlarge': price(0.258, 'instance-hour', unverified),
    'db.m7g.large': price(0.168, 'instance-hour', unverified),
    'db.m7g.xlarge': price(0.337, 'instance-hour', unverified),
    'db.r7g.large': price(0.239, 'instance-hour', unverified),
    'db.r7g.xlarge': price(0.478, 'instance-hour', unverified),
  },
  databaseStorage: price(0.115, 'GB-month', 'usage.ai, RDS pricing calculator, June 2026'),
  cache: {
    'cache.t4g.micro': price(0.016, 'node-hour', unverified),
    'cache.t4g.small': price(0.032, 'node-hour', unverified),
    'cache.t4g.medium': price(0.065, 'node-hour', unverified),
    'cache.m7g.large': price(0.158, 'node-hour', unverified),
  },
  loadBalancer: price(0.0225, 'hour', 'cal53.calculator.city/aws-alb-cost-calculator, undated'),
  loadBalancerCapacity: price(0.008, 'LCU-hour', unverified),
  publicAddress: price(0.005, 'address-hour', 'cloudburn.io/blog/aws-nat-gateway-pricing, February 2026'),
  nat: price(0.045, 'gateway-hour', network),
  natData: price(0.045, 'GB', network),
  endpoint: price(0.01, 'endpoint-zone-hour', network),
  endpointData: price(0.01, 'GB', network),
  objects: price(0.023, 'GB-month', unverified),
  cdnTransfer: price(0.085, 'GB', unverified),
  internetTransfer: price(0.09, 'GB', 'cloudpipelines.pages.dev/guides/aws-nat-gateway-pricing-2026, 2026'),
  hostedZone: price(0.5, 'zone', guide),
  secret: price(0.4, 'secret', guide), // 5 for 2 dollars
  key: price(1, 'key', 'cloudburn.io/blog/aws-kms-pricing, March 2026'),
  logs: price(0.5, 'GB taken in', cloudWatch),
  metric: price(0.3, 'metric', 'signoz.io/guides/cloudwatch-pricing, February 2026'),
  insightsMetric: price(0.07, 'metric', unverified),
  alarm: price(0.1, 'metric watched', unverified),
  dashboard: price(3, 'dashboard', cloudWatch),
  webAcl: price(5, 'web ACL', firewall),
  webAclRule: price(1, 'rule', firewall),
  webAclRequests: price(0.6, 'million requests', firewall),
  imageStorage: price(0.1, 'GB-month', unverified),
  trailEvents: price(0.1, '100,000 object events', unverified),
} as const

/**
 * What no configuration tells: traffic and volume of a month. The first three are the guide's table, the rest is our guess for
 * a plant with some 30,000 photos a month; your own bill replaces it.
 */
export const usage = {
  imageGigabytes: 100, // guide: "100GB images + frontend"
  cdnGigabytes: 100, // guide: "100GB/month transfer"
  /** The guide's table has 2 to 4 tasks: the minimum, and twice that. */
  busyFactor: 2,
  outboundGigabytes: 250, // guide: 20 to 40 dollars to Azure and the internet
  capacityUnits: 1,
  requestsMillions: 1,
  logGigabytes: 20,
  auditLogGigabytes: 10,
  insightsMetrics: 60,
  registryGigabytes: 10,
  objectEventsHundredThousands: 1,
} as const

/** Savings that the guide names, as shares of the price. */
export const savings = {
  spot: { share: 0.7, source: `${guide}; wring.co, March 2026` },
  reservedOneYear: { share: 0.3, source: 'archera.ai, RDS commitment brief, March 2026: no upfront, up to' },
  reservedThreeYears: { share: 0.5, source: `${guide}: 30 to 50 %` },
} as const
