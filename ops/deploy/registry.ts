import { AwsError } from '../aws/call.ts'
import { Failure } from '../lib/failures.ts'
import type { Registry } from './target.ts'

/** Label of the image with the commit that it was built from (OCI image specification, annotations). */
export const revisionLabel = 'org.opencontainers.image.revision'

interface ImageDetail {
  readonly imageDigest: string
  readonly imageTags?: readonly string[]
  /** Seconds since 1970. */
  readonly imagePushedAt?: number
}

/** Address that images are pushed to, without a tag. */
export async function addressOf({ aws, repository }: Registry): Promise<string> {
  const { repositories } = await aws
    .json<{ repositories: { repositoryUri: string }[] }>('ecr', 'DescribeRepositories', {
      repositoryNames: [repository],
    })
    .catch((error: unknown) => {
      if (!(error instanceof AwsError) || error.code !== 'RepositoryNotFoundException') throw error
      throw new Failure(`There is no repository ${repository}: plan and apply the account stack first.`)
    })
  return repositories[0]?.repositoryUri ?? ''
}

/** The digest of the image with a tag; undefined where there is none. */
export async function digestOf({ aws, repository }: Registry, tag: string): Promise<string | undefined> {
  try {
    const input = { repositoryName: repository, imageIds: [{ imageTag: tag }] }
    const { imageDetails } = await aws.json<{ imageDetails: ImageDetail[] }>('ecr', 'DescribeImages', input)
    return imageDetails[0]?.imageDigest
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ImageNotFoundException') return undefined
    throw error
  }
}

/** Tags in the repository, the newest first. */
export async function newestTags({ aws, repository }: Registry, most = 10): Promise<string[]> {
  const all: ImageDetail[] = []
  let nextToken: string | undefined
  do {
    const input = { repositoryName: repository, filter: { tagStatus: 'TAGGED' }, ...(nextToken ? { nextToken } : {}) }
    const page = await aws.json<{ imageDetails: ImageDetail[]; nextToken?: string }>('ecr', 'DescribeImages', input)
    all.push(...page.imageDetails)
    nextToken = page.nextToken
  } while (nextToken)
  const newest = all.toSorted((a, b) => (b.imagePushedAt ?? 0) - (a.imagePushedAt ?? 0))
  return newest.flatMap(({ imageTags = [] }) => imageTags).slice(0, most)
}

/** The commit that an image says it was built from; undefined where it does not say so. */
export async function revisionOf({ aws, repository }: Registry, tag: string): Promise<string | undefined> {
  const { images } = await aws.json<{ images: { imageManifest: string }[] }>('ecr', 'BatchGetImage', {
    repositoryName: repository,
    imageIds: [{ imageTag: tag }],
  })
  const manifest = JSON.parse(images[0]?.imageManifest ?? '{}') as { config?: { digest: string } }
  if (!manifest.config) return undefined
  const { downloadUrl } = await aws.json<{ downloadUrl: string }>('ecr', 'GetDownloadUrlForLayer', {
    repositoryName: repository,
    layerDigest: manifest.config.digest,
  })
  const answer = await fetch(downloadUrl, { signal: AbortSignal.timeout(30_000) })
  if (!answer.ok) throw new Failure(`The registry answered ${answer.status} when asked what ${tag} was built from.`)
  const { config } = (await answer.json()) as { config?: { Labels?: Record<string, string> } }
  return config?.Labels?.[revisionLabel]
}

/** User and password for a push, valid for twelve hours. */
export async function credentialsOf({ aws }: Registry): Promise<{ user: string; password: string }> {
  const { authorizationData } = await aws.json<{ authorizationData: { authorizationToken: string }[] }>(
    'ecr',
    'GetAuthorizationToken',
    {},
  )
  const [user = '', password = ''] = atob(authorizationData[0]?.authorizationToken ?? '').split(':')
  return { user, password }
}
