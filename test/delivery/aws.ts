import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { CreateDistributionCommand, type DistributionConfig } from '@aws-sdk/client-cloudfront'
import { CreateRepositoryCommand, PutImageCommand } from '@aws-sdk/client-ecr'
import { startMoto } from '../../fixtures/moto.ts'
import { AwsClients } from '../../ops/aws/clients.ts'
import type { Target } from '../../ops/deploy/target.ts'

/** An empty account for deployments, and what the tests set in it. */
export interface DeliveryAccount {
  readonly target: Target
  /** Labels of the image that a push would have made, by tag. moto has no way to ask for them. */
  readonly revisions: Map<string, string>
  putImage(tag: string, revision: string): Promise<void>
  /** What the scan of an image says from now on; before that moto answers. */
  setFindings(findings: object, status?: string): void
}

/** Makes a distribution in front of a bucket; returns its id. */
export async function createDistribution(aws: AwsClients, bucket: string): Promise<string> {
  const origin = {
    Id: 'page',
    DomainName: `${bucket}.s3.amazonaws.com`,
    S3OriginConfig: { OriginAccessIdentity: '' },
  }
  const config: DistributionConfig = {
    CallerReference: 'test',
    Comment: 'page',
    Enabled: true,
    Origins: { Quantity: 1, Items: [origin] },
    DefaultCacheBehavior: { TargetOriginId: origin.Id, ViewerProtocolPolicy: 'allow-all', MinTTL: 0 },
  }
  const { Distribution } = await aws.cloudfront.send(new CreateDistributionCommand({ DistributionConfig: config }))
  return Distribution?.Id ?? ''
}

/** Starts moto, sets this process's variables to it, and makes bucket, distribution and repository. `installMoto` must have returned null. */
export async function deliveryAccount(t: { teardown(end: () => unknown): void }): Promise<DeliveryAccount> {
  const moto = await startMoto()
  t.teardown(() => moto.stop())
  const revisions = new Map<string, string>()
  let scanned: object | undefined
  // In front of moto: what it lacks of the registry.
  const front = createServer(async (request, response) => {
    const body = new Uint8Array(await buffer(request))
    const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...headers } = request.headers
    if (request.url?.startsWith('/config/')) {
      const Labels = { 'org.opencontainers.image.revision': revisions.get(request.url.slice('/config/'.length)) }
      return void response.end(JSON.stringify({ config: { Labels } }))
    }
    const action = String(headers['x-amz-target']).split('.').at(-1)
    if (action === 'DescribeImageScanFindings' && scanned) return void response.end(JSON.stringify(scanned))
    if (action === 'GetDownloadUrlForLayer') {
      const { layerDigest } = JSON.parse(Buffer.from(body).toString()) as { layerDigest: string }
      const tag = Buffer.from(layerDigest.slice('sha256:'.length), 'hex').toString().replaceAll('\0', '')
      return void response.end(JSON.stringify({ downloadUrl: `${url}/config/${tag}` }))
    }
    const method = request.method ?? 'GET'
    const init = { method, headers: headers as Record<string, string>, ...(body.length > 0 ? { body } : {}) }
    const answer = await fetch(`${moto.url}${request.url}`, init)
    const {
      'content-encoding': _e,
      'content-length': _l,
      'transfer-encoding': _t,
      connection: _c,
      ...passed
    } = Object.fromEntries(answer.headers)
    response.writeHead(answer.status, passed).end(Buffer.from(await answer.arrayBuffer()))
  }).listen(0, '127.0.0.1')
  await once(front, 'listening')
  t.teardown(() => {
    front.close()
    front.closeAllConnections()
  })
  const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`
  Object.assign(process.env, moto.env, { AWS_ENDPOINT_URL: url })

  const aws = new AwsClients('us-east-1')
  const repository = 'wiko-defect-analyzer'
  const pageBucket = 'page-of-the-test'
  await moto.createBucket(pageBucket)
  await aws.ecr.send(new CreateRepositoryCommand({ repositoryName: repository }))
  const distribution = await createDistribution(aws, pageBucket)
  const target: Target = {
    ...{ environment: 'staging', aws, repository, platform: 'linux/amd64', cluster: 'cluster', service: 'service' },
    ...{ logGroup: '/ecs/wiko', pageBucket, distribution, page: url, api: url, apiForPage: '' },
  }
  return {
    target,
    revisions,
    async putImage(imageTag, revision) {
      revisions.set(imageTag, revision)
      const digest = `sha256:${Buffer.from(imageTag).toString('hex').padEnd(64, '0')}`
      const mediaType = 'application/vnd.docker.distribution.manifest.v2+json'
      const part = { mediaType: 'application/vnd.docker.container.image.v1+json', size: 1, digest }
      const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType, config: part, layers: [] })
      await aws.ecr.send(new PutImageCommand({ repositoryName: repository, imageTag, imageManifest }))
    },
    setFindings(imageScanFindings, status = 'COMPLETE') {
      scanned = { imageScanFindings, imageScanStatus: { status, description: 'as the test has it' } }
    },
  }
}
