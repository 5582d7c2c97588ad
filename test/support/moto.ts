import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { freePort } from '../../scripts/free-port.ts'
import { binOf, installPython } from './python.ts'

/** moto, a local stand-in for AWS. Returns null, or in plain words why it cannot be had: tests on it are then skipped. */
export const installMoto = (): Promise<string | null> => installPython('moto')

export interface Moto {
  /** For AWS_ENDPOINT_URL. */
  url: string
  /** Variables that lead the AWS SDK to it; it takes any credentials. */
  env: Record<string, string>
  createBucket(name: string): Promise<void>
  process: ChildProcess
  stop(): Promise<void>
}

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
const envOf = (url: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
})

async function createBucket(url: string, name: string): Promise<void> {
  const s3 = new S3Client({ endpoint: url, region: 'us-east-1', forcePathStyle: true, credentials })
  await s3.send(new CreateBucketCommand({ Bucket: name }))
  s3.destroy()
}

/** Starts an empty AWS on a free port of 127.0.0.1. `installMoto` must have returned null. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(join(binOf('moto'), 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  const exited = once(child, 'exit')
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
  }
  for (let attempt = 0; attempt < 300 && child.exitCode === null; attempt++) {
    const answer = await fetch(`${url}/moto-api/`).catch(() => null)
    if (answer?.ok)
      return { url, env: envOf(url), createBucket: (name) => createBucket(url, name), process: child, stop }
    await sleep(100)
  }
  await stop()
  throw new Error('moto did not start')
}
