/** What Secrets Manager sends for each step of a rotation. */
export interface RotationEvent {
  readonly SecretId: string
  /** Id of the version that this rotation makes. */
  readonly ClientRequestToken: string
  readonly Step: 'createSecret' | 'setSecret' | 'testSecret' | 'finishSecret'
}

/** Stages of each version of a secret, by version id. */
export type Versions = Readonly<Record<string, readonly string[]>>

/** What a rotation needs of Secrets Manager. */
export interface SecretStore {
  versions(secretId: string): Promise<Versions>
  /** The pending value of this version; undefined where there is none yet. */
  pending(secretId: string, version: string): Promise<string | undefined>
  writePending(secretId: string, version: string, value: string): Promise<void>
  makeCurrent(secretId: string, version: string, instead: string | undefined): Promise<void>
  randomText(length: number): Promise<string>
}

const length = 64

/**
 * One step of a rotation. Secrets Manager repeats steps after failures, so each one may run again without harm.
 * Nobody else has to be told: the API reads the current and the previous version by itself.
 * @throws Error when the version is not one that this rotation may touch
 */
export async function rotate({ SecretId, ClientRequestToken, Step }: RotationEvent, store: SecretStore): Promise<void> {
  const versions = await store.versions(SecretId)
  const stages = versions[ClientRequestToken]
  if (!stages) throw new Error(`version ${ClientRequestToken} is not one of the secret's versions`)
  if (stages.includes('AWSCURRENT')) return
  if (!stages.includes('AWSPENDING')) throw new Error(`version ${ClientRequestToken} is not pending`)

  switch (Step) {
    case 'createSecret':
      if ((await store.pending(SecretId, ClientRequestToken)) === undefined) {
        await store.writePending(SecretId, ClientRequestToken, await store.randomText(length))
      }
      return
    case 'setSecret':
      return
    case 'testSecret': {
      // A schedule that does not rotate at once is tested by this step alone, with a pending version that has no value.
      const value = await store.pending(SecretId, ClientRequestToken)
      if (value !== undefined && value.length !== length) throw new Error('the new version is not what was written')
      return
    }
    case 'finishSecret': {
      const value = await store.pending(SecretId, ClientRequestToken)
      if (value?.length !== length) throw new Error('the new version cannot be read, or is not what was written')
      const current = Object.entries(versions).find(([, stages]) => stages.includes('AWSCURRENT'))?.[0]
      return store.makeCurrent(SecretId, ClientRequestToken, current)
    }
    default:
      throw new Error(`unknown step ${String(Step)}`)
  }
}
