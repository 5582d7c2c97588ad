/** A repository at GitHub. The ids are in the `sub` claim of repositories made, renamed or moved since 15 July 2026. */
export interface GithubRepository {
  /** owner/name */
  readonly repository: string
  readonly ownerId: string | null
  readonly repositoryId: string | null
}

/** The part of the claim after the repository: what a workflow run is for. */
export type Purpose = 'pull_request' | `ref:refs/heads/${string}` | `environment:${string}`

/** The `sub` claims of a repository's workflow runs, in the older form by names and, where the ids are known, in the newer one. */
export function githubSubjects(github: GithubRepository, purposes: readonly Purpose[]): string[] {
  const { repository, ownerId, repositoryId } = github
  const [owner = '', name = ''] = repository.split('/')
  const claims = [repository, ...(ownerId && repositoryId ? [`${owner}@${ownerId}/${name}@${repositoryId}`] : [])]
  return claims.flatMap((claim) => purposes.map((purpose) => `repo:${claim}:${purpose}`))
}
