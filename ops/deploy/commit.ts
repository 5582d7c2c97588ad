import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { imageTagFault } from '../infra/image-tag.ts'
import { Failure } from '../lib/failures.ts'

const run = promisify(execFile)

/** The checked-out commit; images and pages are named by its tag. */
export interface Commit {
  readonly id: string
  readonly tag: string
}

/** Length of the commit hash in a tag. */
const LENGTH = 12

/**
 * The checked-out commit, tagged IMAGE_TAG or its abbreviated hash.
 * @throws Failure if files differ from it, or if IMAGE_TAG abbreviates another commit
 */
export async function commitToDeploy({ IMAGE_TAG: wanted }: NodeJS.ProcessEnv, folder = '.'): Promise<Commit> {
  const git = async (...args: string[]) => {
    const { stdout } = await run('git', ['-C', folder, ...args]).catch((error: Error & { stderr?: string }) => {
      throw new Failure(`git: ${error.stderr?.trim().split('\n').at(-1) || error.message}`)
    })
    return stdout.trimEnd()
  }
  const id = await git('rev-parse', 'HEAD')
  const changed = await git('status', '--porcelain', '--untracked-files=normal')
  if (changed) {
    const [first = '', ...more] = changed.split('\n').map((line) => line.slice(3))
    const others = more.length > 0 ? ` and ${more.length} more` : ''
    throw new Failure(
      `${first}${others} differ from the commit ${id.slice(0, LENGTH)}: commit them, so that the tag says what runs.`,
    )
  }
  const tag = wanted || id.slice(0, LENGTH)
  const fault = imageTagFault(tag)
  if (fault) throw new Failure(fault)
  if (tag.length < LENGTH || !id.startsWith(tag)) {
    throw new Failure(
      `IMAGE_TAG: ${tag} is not the commit that is checked out (${id.slice(0, LENGTH)}); leave it out, check that commit out, or bring an older image back with make rollback.`,
    )
  }
  return { id, tag }
}
