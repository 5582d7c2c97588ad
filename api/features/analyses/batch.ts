import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import PQueue from 'p-queue'
import type { Config } from '../../config/config.ts'
import { AnalyzerError } from '../../domain/analyzer-error.ts'
import type { PhotoFields } from '../../domain/photo.ts'
import { readForm } from '../../platform/http/multipart.ts'
import { badField, ProblemError, toProblem } from '../../platform/http/problem.ts'
import { fingerprintOf, hashFile } from '../../platform/idempotency/fingerprint.ts'
import type { Semaphore } from '../../platform/semaphore.ts'
import { shiftReport } from '../reports/report.ts'
import type { ShiftReportBody } from '../reports/schemas.ts'
import { reportedAnalysis } from '../reports/stored.ts'
import { cleanFileName, readPhotoFields, tooLarge } from './photo-fields.ts'
import { BatchFields } from './schemas.ts'
import type { AnalysisService, Verdict } from './service.ts'

/** Photos of one batch that are worked on at a time; the analyzer has its own bound over all requests. */
const PARALLEL = 8

interface SpooledFile {
  path: string
  filename: string
  tooLarge: boolean
}

interface Failure {
  index: number
  filename: string
  error: string
}

interface BatchResult {
  analyses: Verdict[]
  failures: Failure[]
  summary: ShiftReportBody
}

async function spool(
  request: FastifyRequest,
  folder: string,
  config: Config,
): Promise<{ files: SpooledFile[]; fields: Record<string, unknown> }> {
  const files: SpooledFile[] = []
  let received = 0
  const limits = { maxFileBytes: config.maxImageBytes, maxFiles: config.maxBatchSize }
  const fields = await readForm(request, limits, async (part) => {
    if (part.fieldname !== 'images' || received++ >= config.maxBatchSize) {
      part.file.resume()
      return
    }
    const path = join(folder, String(files.length))
    await pipeline(part.file, createWriteStream(path))
    const filename = cleanFileName(part.filename) ?? `image ${files.length + 1}`
    files.push({ path, filename, tooLarge: part.file.truncated })
  })
  if (received > config.maxBatchSize) {
    throw badField('images', `has ${received} files; send at most ${config.maxBatchSize} at once`)
  }
  if (files.length === 0) throw badField('images', 'is missing: send the pictures as file parts named "images"')
  return { files, fields }
}

/** The files of a batch on disk, and what was said of them. */
export interface SpooledBatch {
  files: SpooledFile[]
  common: Omit<PhotoFields, 'fileName'>
  /** When the batch must be answered; counted from its first byte. */
  deadline: AbortSignal
  /** What a repeated request is compared by. */
  fingerprint(): Promise<string>
  remove(): Promise<void>
}

/** Takes in a batch. Throws a 4xx, and leaves nothing behind, where it cannot be one. */
export async function spoolBatch(request: FastifyRequest, config: Config): Promise<SpooledBatch> {
  const deadline = AbortSignal.timeout(config.batchTimeoutMs)
  const folder = await mkdtemp(join(tmpdir(), 'wiko-batch-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const { files, fields } = await spool(request, folder, config)
    const common = readPhotoFields(request, fields, BatchFields, config.products)
    const fingerprint = async () => {
      const hashes: string[] = []
      for (const { path } of files) hashes.push(await hashFile(await readFile(path)))
      return fingerprintOf(fields, hashes)
    }
    return { files, common, deadline, fingerprint, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

interface BatchDeps {
  config: Config
  service: AnalysisService
  uploads: Semaphore
  request: FastifyRequest
}

/**
 * Analyses the files of a batch a few at a time until the deadline, and reports. Throws a 400 where every file was refused, and 499
 * where the client went away; otherwise a failure is listed and the rest goes on.
 */
export async function analyzeFiles(
  { files, common, deadline }: SpooledBatch,
  { config, service, uploads, request }: BatchDeps,
  disconnected: AbortSignal,
  requestRef: string | undefined,
): Promise<BatchResult> {
  const signal = AbortSignal.any([deadline, disconnected])
  const results: (Verdict | undefined)[] = []
  const failures: (Failure & { problem: ProblemError })[] = []
  const queue = new PQueue({ concurrency: PARALLEL })
  await queue.addAll(
    files.map((file, index) => async () => {
      try {
        if (signal.aborted) throw new AnalyzerError('aborted', 'not started')
        if (file.tooLarge) throw tooLarge(config.maxImageBytes)
        using _memory = await uploads.acquire((await stat(file.path)).size, signal)
        await request.countPhoto()
        const photo = { ...common, bytes: await readFile(file.path), fileName: file.filename }
        results[index] = await service.analyze(photo, signal, requestRef && `${requestRef}:${index}`)
      } catch (error) {
        const problem = signal.aborted
          ? new ProblemError(504, 'batch-timeout', 'Timed out: the batch took too long; send this file again')
          : toProblem(error)
        // The client's own hang-up is no failure of ours.
        if (problem.status >= 500 && !disconnected.aborted)
          request.log.error({ err: problem.cause ?? problem, index }, 'a photo of a batch failed')
        failures.push({ index, filename: file.filename, error: problem.message, problem })
      }
    }),
  )
  if (disconnected.aborted) throw new AnalyzerError('aborted', 'the client disconnected')
  failures.sort((a, b) => a.index - b.index)
  const analyses = results.filter((result) => result !== undefined)
  if (analyses.length === 0) throw allFailed(failures)
  return {
    analyses,
    failures: failures.map(({ index, filename, error }) => ({ index, filename, error })),
    summary: shiftReport(analyses.map(({ row }) => reportedAnalysis(row))),
  }
}

/** A batch of refused files is the sender's fault (400); where the service or a limit failed all, the worst status says so. */
function allFailed(failures: (Failure & { problem: ProblemError })[]): ProblemError {
  const { problem: worst } = failures.reduce((a, b) => (b.problem.status > a.problem.status ? b : a))
  const errors = failures.map(({ index, filename, error }) => ({
    field: `images[${index}] ${filename}`,
    message: error,
  }))
  const status = worst.status === 429 || worst.status >= 500 ? worst.status : 400
  const headers: Record<string, string> = status === 503 ? { 'retry-after': '5' } : status === 429 ? worst.headers : {}
  return new ProblemError(status, 'batch-failed', `No file could be analysed. The first: ${failures[0]?.error}`, {
    errors,
    headers,
  })
}
