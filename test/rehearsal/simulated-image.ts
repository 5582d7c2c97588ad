import { PutImageCommand } from '@aws-sdk/client-ecr'
import type { AwsClients } from '../../ops/aws/clients.ts'

/** Puts an image without layers into a simulated registry, where nothing is built: a manifest of its own for each tag. */
export async function putSimulatedImage(aws: AwsClients, repositoryName: string, imageTag: string): Promise<void> {
  const digest = `sha256:${Buffer.from(imageTag).toString('hex').padEnd(64, '0').slice(0, 64)}`
  const config = { mediaType: 'application/vnd.docker.container.image.v1+json', size: 1, digest }
  const mediaType = 'application/vnd.docker.distribution.manifest.v2+json'
  const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType, config, layers: [] })
  await aws.ecr.send(new PutImageCommand({ repositoryName, imageTag, imageManifest }))
}
