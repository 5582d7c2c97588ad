import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'
import type { LabelledPhoto } from './choose.ts'
import { GoldenError } from './errors.ts'
import type { Judgement } from './judge.ts'
import type { FitOptions, GoldenModel } from './model.ts'
import type { Photo } from './photo.ts'
import type { SelfTest, SelfTestOptions } from './self-test.ts'
import type { Answer, Answers, Task } from './tasks.ts'

export type { LabelledPhoto } from './choose.ts'
export { GoldenError, type GoldenErrorCode } from './errors.ts'
export type { Judgement, Reason, Region, Verdict } from './judge.ts'
export {
  type FitOptions,
  type GoldenModel,
  LEAST_GOLDENS,
  MAX_GOLDENS,
  type ModelInfo,
  type Outlier,
  type VariantInfo,
  type VariantName,
} from './model.ts'
export { type Photo, readPhoto, WORKING_EDGE } from './photo.ts'
export type { Point, Polygon } from './polygons.ts'
export type { Flaw, FlawSize, SelfTest, SelfTestOptions } from './self-test.ts'

/** Learns and judges stations by golden samples, in threads of its own. docs/golden-samples.md says how, and how well. */
export interface GoldenInspector {
  /**
   * Learns what good parts of one station look like; golden 0 is the one that all photos are laid over. Seconds, up to half a minute.
   * Throws GoldenError 'count', 'size' or 'options'.
   * @param labelled photos of the station that people judged, if there are any: they tell which variants are of use
   */
  fit(goldens: readonly Photo[], options?: FitOptions, labelled?: readonly LabelledPhoto[]): Promise<GoldenModel>
  judge(model: GoldenModel, photo: Photo): Promise<Judgement>
  /** Pastes flaws of known size into the goldens that the model was fitted on, in their order. Up to a minute. */
  selfTest(model: GoldenModel, goldens: readonly Photo[], options?: SelfTestOptions): Promise<SelfTest>
  /** A model of the bytes that `serialise` gave. Throws GoldenError 'damaged' or 'version'. */
  load(bytes: Uint8Array): Promise<GoldenModel>
  close(): Promise<void>
}

export interface GoldenInspectorOptions {
  /** Tasks at a time; each takes one core. Default 1. */
  threads?: number
}

export function createGoldenInspector({ threads = 1 }: GoldenInspectorOptions = {}): GoldenInspector {
  const pool = new Piscina<Task, Answer<keyof Answers>>({
    filename: fileURLToPath(new URL('./worker.ts', import.meta.url)),
    minThreads: 1,
    maxThreads: threads,
    // A new thread reads the network and compiles all code again: seconds, which a short pause is not worth.
    idleTimeout: 60_000,
  })
  const ask = async <K extends keyof Answers>(task: Task & { kind: K }): Promise<Answers[K]> => {
    const answer = (await pool.run(task)) as Answer<K>
    if ('refused' in answer) throw new GoldenError(answer.refused.code, answer.refused.message)
    return answer.value
  }
  return {
    fit: (goldens, options = {}, labelled = []) => ask({ kind: 'fit', goldens, options, labelled }),
    judge: ({ bytes }, photo) => ask({ kind: 'judge', bytes, photo }),
    selfTest: ({ bytes }, goldens, options = {}) => ask({ kind: 'selfTest', bytes, goldens, options }),
    load: (bytes) => {
      const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
      shared.set(bytes)
      return ask({ kind: 'load', bytes: shared })
    },
    close: () => pool.destroy(),
  }
}

/** What to store of a model; `load` reads it. */
export const serialise = ({ bytes }: GoldenModel): Buffer => Buffer.from(bytes)
