import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Debian's buildah with a storage of its own, so that nothing of the machine's images is seen or touched. */
export class Buildah {
  readonly #global: readonly string[]
  readonly #started: ChildProcess[] = []
  readonly #env = { ...process.env, BUILDAH_ISOLATION: 'chroot' } // the only isolation that works inside a container

  constructor(storage: string) {
    this.#global = ['--storage-driver', 'vfs', '--root', `${storage}/images`, '--runroot', `${storage}/run`]
  }

  /** Runs a command of buildah for at most ten minutes and returns what it printed. Throws with its complaint. */
  async do(...args: string[]): Promise<string> {
    const { stdout } = await run('buildah', [...this.#global, ...args], {
      env: this.#env,
      maxBuffer: 2 ** 26,
      timeout: 600_000,
    })
    return stdout.trimEnd()
  }

  /** Starts a command of buildah in a process group of its own. */
  start(...args: string[]): ChildProcess {
    const child = spawn('buildah', [...this.#global, ...args], {
      env: this.#env,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    })
    this.#started.push(child)
    return child
  }

  /** Ends at once what was started and still runs. */
  kill(): void {
    for (const { pid, exitCode, signalCode } of this.#started) {
      if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL')
    }
  }
}
