import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import PQueue from 'p-queue'
import { AnalyzerError } from '../analyzer/analyzer.ts'
import type { Config } from '../config.ts'
import { readForm } from '../http/multipart.ts'
import { badField, ProblemError, toProblem } from '../http/problem.ts'
import { shiftReport } from '../reports/report.ts'
import type { ShiftReportBody } from '../reports/schemas.ts'
import { reportedAnalysis } from '../reports/stored.ts'
import { cleanFileName, readPhotoFields, tooLarge } from './photo-fields.ts'
import { BatchFields } from './schemas.ts'
import type { AnalysisRow, AnalysisService } from './service.ts'

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
  analyses: { row: AnalysisRow; duplicate: boolean }[]
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

/**
 * Spools the files of a batch to disk, analyses them a few at a time until the deadline, and reports.
 * Throws a 400 where every file was refused; otherwise a failure is listed and the rest goes on.
 */
export async function analyzeBatch(
  request: FastifyRequest,
  { config, service }: { config: Config; service: AnalysisService },
  disconnected: AbortSignal,
): Promise<BatchResult> {
  const deadline = AbortSignal.timeout(config.batchTimeoutMs)
  const folder = await mkdtemp(join(tmpdir(), 'wiko-batch-'))
  try {
    const { files, fields } = await spool(request, folder, config)
    const common = readPhotoFields(request, fields, BatchFields, config.products)
    const signal = AbortSignal.any([deadline, disconnected])
    const results: (BatchResult['analyses'][number] | undefined)[] = []
    const failures: (Failure & { status: number })[] = []
    const queue = new PQueue({ concurrency: PARALLEL })
    await queue.addAll(
      files.map((file, index) => async () => {
        try {
          if (signal.aborted) throw new AnalyzerError('aborted', 'not started')
          if (file.tooLarge) throw tooLarge(config.maxImageBytes)
          const bytes = await readFile(file.path)
          results[index] = await service.analyze({ ...common, bytes, fileName: file.filename }, signal)
        } catch (error) {
          const problem = signal.aborted
            ? new ProblemError(504, 'batch-timeout', 'Timed out: the batch took too long; send this file again')
            : toProblem(error)
          if (problem.status >= 500)
            request.log.error({ err: problem.cause ?? problem, index }, 'a photo of a batch failed')
          failures.push({ index, filename: file.filename, error: problem.message, status: problem.status })
        }
      }),
    )
    failures.sort((a, b) => a.index - b.index)
    const analyses = results.filter((result) => result !== undefined)
    if (analyses.length === 0) throw allFailed(failures)
    return {
      analyses,
      failures: failures.map(({ index, filename, error }) => ({ index, filename, error })),
      summary: shiftReport(analyses.map(({ row }) => reportedAnalysis(row))),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A batch of refused files is the sender's fault (400); where the service failed all, its worst status says so. */
function allFailed(failures: (Failure & { status: number })[]): ProblemError {
  const worst = failures.reduce((a, b) => (b.status > a.status ? b : a))
  const errors = failures.map(({ index, filename, error }) => ({
    field: `images[${index}] ${filename}`,
    message: error,
  }))
  const status = worst.status >= 500 ? worst.status : 400
  const headers: Record<string, string> = status === 503 ? { 'retry-after': '5' } : {}
  return new ProblemError(status, 'batch-failed', `No file could be analysed. The first: ${failures[0]?.error}`, {
    errors,
    headers,
  })
}
