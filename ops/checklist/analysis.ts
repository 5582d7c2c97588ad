import { randomInt } from 'node:crypto'
import sharp, { type Metadata } from 'sharp'
import { drawPart } from '../../fixtures/sample-parts/draw-part.ts'
import { ask } from '../lib/ask.ts'
import { type Context, withKey } from './context.ts'
import { fail, type Group, judge, type Line, notRun, pass } from './line.ts'

/** The fields of an analysis that the checks read. */
interface Analysis {
  defect_id: string
  defect_detected: boolean
  defect_type: string
  verdict: string
  image_url: string
  image_width: number
  image_height: number
  model_version: string
}

const WIDTH = 900
const HEIGHT = 600
/** Distinguishes test shots from the plant's own photos in history and log. */
const STATION = 'post-deployment-checklist'

const noSample = notRun('no photo was analysed: see the line before')
const needsKey = (status: number, { key }: Context) => status === 401 && key === null

async function upload(context: Context) {
  // A random seed avoids the answer that is stored for a duplicate.
  const part = await drawPart({
    kind: 'knife',
    seed: randomInt(2 ** 31),
    width: WIDTH,
    height: HEIGHT,
    defect: { type: 'rust_spot' },
  })
  const form = new FormData()
  form.set('product_sku', 'WK-KN-200')
  form.set('facility', 'yangjiang')
  form.set('station', STATION)
  form.set('image', new Blob([new Uint8Array(part.jpeg)], { type: 'image/jpeg' }), 'checklist.jpg')
  return ask(new URL('/api/v1/analyze', context.api), { method: 'POST', headers: withKey(context), body: form })
}

const stored = async (context: Context, defectId: string) => {
  const answer = await ask(new URL(`/api/v1/analyses/${defectId}`, context.api), { headers: withKey(context) })
  const body = answer.json<{ analysis: Analysis } & Analysis>()
  return { answer, analysis: body.analysis ?? body }
}

/** Uploads the sample that later checks use. */
export const photoIsAnalysed: Line = {
  name: 'a drawn knife with a rust spot is analysed',
  on: 'model',
  async check(context) {
    const answer = await upload(context)
    const { analysis: found, detail } = answer.json<{ analysis: Analysis; detail: string }>()
    if (needsKey(answer.status, context)) return notRun('it needs a key: set CHECKLIST_API_KEY')
    if (answer.status !== 200 || !found?.defect_id) return fail(`status ${answer.status}: ${detail ?? 'no analysis'}`)
    context.sample = { defectId: found.defect_id, imageBytes: 0 }
    const type = found.defect_detected ? found.defect_type : 'no defect'
    return judge(
      [found.image_width !== WIDTH && `it is ${found.image_width} pixels wide, not ${WIDTH}`],
      `${answer.status} ${found.defect_id}: ${type}, ${found.verdict}, by ${found.model_version}, ${answer.ms} ms`,
    )
  },
}

/** Runs last: excludes the test shot from all statistics. */
export const testShotIsVoided: Line = {
  name: 'the test shot is void: counted nowhere',
  async check(context) {
    if (!context.sample) return noSample
    const path = `/api/v1/analyses/${context.sample.defectId}/reviews`
    const { status, json } = await ask(new URL(path, context.api), {
      method: 'POST',
      headers: { ...withKey(context), 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'void', comment: 'sent by a check of the deployment', person: STATION }),
    })
    return [200, 201].includes(status)
      ? pass(`review "void" ${status}`)
      : fail(`${status}: ${json<{ detail: string }>().detail}`)
  },
}

/** Guide: "Upload test image and verify analysis" and "Check S3 image upload and retrieval". */
export const analysis: Group = {
  title: 'A photo from end to end',
  lines: [
    photoIsAnalysed,
    {
      name: 'its row is there',
      async check(context) {
        if (!context.sample) return noSample
        const { answer, analysis: row } = await stored(context, context.sample.defectId)
        return judge(
          [
            answer.status !== 200 && `status ${answer.status}`,
            row?.defect_id !== context.sample.defectId && 'another row',
          ],
          `GET /analyses/${context.sample.defectId} ${answer.status}, ${answer.ms} ms`,
        )
      },
    },
    {
      name: 'its picture comes back, and under its signed URL only',
      async check(context) {
        if (!context.sample) return noSample
        const { analysis: row } = await stored(context, context.sample.defectId)
        if (!row?.image_url) return fail('the row has no image_url')
        const url = new URL(row.image_url, context.api)
        const response = await fetch(url, { signal: AbortSignal.timeout(30_000) })
        const bytes = Buffer.from(await response.arrayBuffer())
        const {
          width = 0,
          height = 0,
          format = 'no picture',
        } = await sharp(bytes)
          .metadata()
          .catch(() => ({}) as Metadata)
        context.sample.imageBytes = bytes.length
        url.searchParams.set('signature', 'A'.repeat(43))
        const forged = await ask(url)
        return judge(
          [
            response.status !== 200 && `status ${response.status}`,
            (format !== 'jpeg' || width !== WIDTH || height !== HEIGHT) && `${format} of ${width} x ${height} pixels`,
            forged.status !== 401 && `a forged signature is a ${forged.status}`,
          ],
          `${response.status}, ${format} ${width} x ${height}, ${bytes.length} bytes; forged URL ${forged.status}`,
        )
      },
    },
    testShotIsVoided,
  ],
}
