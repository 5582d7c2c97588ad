import { readFile } from 'node:fs/promises'
import { stripVTControlCharacters } from 'node:util'
import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs'
import type { Context } from './context.ts'
import { type Finding, type Group, judge, notRun } from './line.ts'

const MINUTES = 15
/** Reading stops here. */
const MOST_ERRORS = 1000
/** pino's levels "error" and "fatal", as JSON and as `make dev` prints them. */
const JSON_ERROR = /"level":(?:5|6)\d\b/
const PRETTY_ERROR = /^\S*\s*\[[\d:.]+\]\s+(?:ERROR|FATAL)\b|\b(?:ERROR|FATAL) \(/

/** Reads JSON lines or the output of `make dev`. Lines older than `since` are ignored if they have a time. */
async function inFile(file: string, since: number): Promise<Finding> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean)
  const isRecent = (line: string) => Number(/"time":(\d{13})/.exec(line)?.[1] ?? Number.POSITIVE_INFINITY) >= since
  const plain = lines.filter(isRecent).map(stripVTControlCharacters)
  const errors = plain.filter((line) => JSON_ERROR.test(line) || PRETTY_ERROR.test(line))
  return judge(
    [
      plain.length === 0 && 'the file has no line of that time',
      errors.length > 0 && `${errors.length} errors: ${errors[0]?.slice(0, 160)}`,
    ],
    `${plain.length} lines of ${file}`,
  )
}

async function inCloudWatch(context: Context, since: number): Promise<Finding> {
  const opened = await context.account()
  if ('missing' in opened)
    return notRun(`${opened.missing}; of a local service LOG_FILE=file, such as of: make dev 2>&1 | tee file`)
  const { aws, names } = opened
  const { logGroup } = names
  const errors: string[] = []
  const query = { logGroupName: logGroup, startTime: since, filterPattern: '{ $.level >= 50 }' }
  for await (const { events = [] } of paginateFilterLogEvents({ client: aws.logs }, query)) {
    errors.push(...events.map(({ message = '' }) => message))
    if (errors.length >= MOST_ERRORS) break
  }
  const first = errors[0]?.slice(0, 160)
  const judged = judge(
    [errors.length > 0 && `${errors.length} errors: ${first}`],
    `${logGroup}, the last ${MINUTES} minutes`,
  )
  return { ...judged, on: 'account' }
}

/** Guide: "Check CloudWatch logs for errors". Runs after the checks that exercise the service. */
export const logs: Group = {
  title: 'Logs',
  lines: [
    {
      name: `no error in the last ${MINUTES} minutes`,
      check: (context) => {
        const since = context.started.getTime() - MINUTES * 60_000
        const file = context.env.LOG_FILE?.trim()
        return file ? inFile(file, since) : inCloudWatch(context, since)
      },
    },
  ],
}
