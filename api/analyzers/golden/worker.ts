import sharp from 'sharp'
import { GoldenError } from './errors.ts'
import { fit } from './fit.ts'
import { headerOf, verify } from './format.ts'
import { judge } from './judge.ts'
import { selfTest } from './self-test.ts'
import type { Answer, Answers, Task } from './tasks.ts'

// One thread a task: the parallelism is between tasks.
sharp.concurrency(1)

async function answer(task: Task): Promise<Answers[keyof Answers]> {
  switch (task.kind) {
    case 'fit':
      return fit(task.goldens, task.options, task.labelled)
    case 'judge':
      return judge(task.bytes, task.photo)
    case 'selfTest':
      return selfTest(task.bytes, task.goldens, task.options)
    case 'load':
      verify(task.bytes)
      return { info: headerOf(task.bytes).info, bytes: task.bytes }
  }
}

export default async (task: Task): Promise<Answer<keyof Answers>> => {
  try {
    return { value: await answer(task) }
  } catch (error) {
    if (error instanceof GoldenError) return { refused: { code: error.code, message: error.message } }
    throw error
  }
}
