import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  GetAuthorizationTokenCommand,
  GetDownloadUrlForLayerCommand,
  type ImageDetail,
  paginateDescribeImages,
} from '@aws-sdk/client-ecr'
import { isAwsError } from '../aws/error.ts'
import { Failure } from '../lib/failures.ts'
import type { Registry } from './target.ts'

/** Image label with the source commit (OCI image annotations). */
export const revisionLabel = 'org.opencontainers.image.revision'

/** Repository address without a tag. */
export async function addressOf({ aws, repository }: Registry): Promise<string> {
  const { repositories = [] } = await aws.ecr
    .send(new DescribeRepositoriesCommand({ repositoryNames: [repository] }))
    .catch((error: unknown) => {
      if (!isAwsError(error, 'RepositoryNotFoundException')) throw error
      throw new Failure(`There is no repository ${repository}: plan and apply the account stack first.`)
    })
  return repositories[0]?.repositoryUri ?? ''
}

/** Digest of a tag's image; undefined if there is none. */
export async function digestOf({ aws, repository }: Registry, tag: string): Promise<string | undefined> {
  try {
    const input = { repositoryName: repository, imageIds: [{ imageTag: tag }] }
    const { imageDetails = [] } = await aws.ecr.send(new DescribeImagesCommand(input))
    return imageDetails[0]?.imageDigest
  } catch (error) {
    if (isAwsError(error, 'ImageNotFoundException')) return undefined
    throw error
  }
}

/** Tags in the repository, the newest first. */
export async function newestTags({ aws, repository }: Registry, most = 10): Promise<string[]> {
  const all: ImageDetail[] = []
  const tagged = { repositoryName: repository, filter: { tagStatus: 'TAGGED' } } as const
  for await (const { imageDetails = [] } of paginateDescribeImages({ client: aws.ecr }, tagged))
    all.push(...imageDetails)
  const pushed = ({ imagePushedAt }: ImageDetail) => imagePushedAt?.getTime() ?? 0
  const newest = all.toSorted((a, b) => pushed(b) - pushed(a))
  return newest.flatMap(({ imageTags = [] }) => imageTags).slice(0, most)
}

/** The commit in an image's label; undefined without one. */
export async function revisionOf({ aws, repository }: Registry, tag: string): Promise<string | undefined> {
  const image = { repositoryName: repository, imageIds: [{ imageTag: tag }] }
  const { images = [] } = await aws.ecr.send(new BatchGetImageCommand(image))
  const manifest = JSON.parse(images[0]?.imageManifest ?? '{}') as { config?: { digest: string } }
  if (!manifest.config) return undefined
  const layer = { repositoryName: repository, layerDigest: manifest.config.digest }
  const { downloadUrl = '' } = await aws.ecr.send(new GetDownloadUrlForLayerCommand(layer))
  const answer = await fetch(downloadUrl, { signal: AbortSignal.timeout(30_000) })
  if (!answer.ok) throw new Failure(`The registry answered ${answer.status} when asked what ${tag} was built from.`)
  const { config } = (await answer.json()) as { config?: { Labels?: Record<string, string> } }
  return config?.Labels?.[revisionLabel]
}

/** User and password for a push, valid for twelve hours. */
export async function credentialsOf({ aws }: Registry): Promise<{ user: string; password: string }> {
  const { authorizationData = [] } = await aws.ecr.send(new GetAuthorizationTokenCommand())
  const [user = '', password = ''] = atob(authorizationData[0]?.authorizationToken ?? '').split(':')
  return { user, password }
}
