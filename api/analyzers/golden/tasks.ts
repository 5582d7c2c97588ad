import type { LabelledPhoto } from './choose.ts'
import type { GoldenErrorCode } from './errors.ts'
import type { Judgement } from './judge.ts'
import type { FitOptions, GoldenModel } from './model.ts'
import type { Photo } from './photo.ts'
import type { SelfTest, SelfTestOptions } from './self-test.ts'

/** What a thread is asked, and what each question is answered with. */
export type Task =
  | { kind: 'fit'; goldens: readonly Photo[]; options: FitOptions; labelled: readonly LabelledPhoto[] }
  | { kind: 'judge'; bytes: Uint8Array; photo: Photo }
  | { kind: 'selfTest'; bytes: Uint8Array; goldens: readonly Photo[]; options: SelfTestOptions }
  | { kind: 'load'; bytes: Uint8Array }

export interface Answers {
  fit: GoldenModel
  judge: Judgement
  selfTest: SelfTest
  load: GoldenModel
}

/** An error's class and code would be lost between threads. */
export type Answer<K extends keyof Answers> =
  | { value: Answers[K] }
  | { refused: { code: GoldenErrorCode; message: string } }
