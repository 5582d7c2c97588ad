import { HeadBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { openClient } from '../../api/database/connection.ts'
import { KEY_PREFIX } from '../../api/images/store.ts'
import { throughProxy } from '../aws/through-proxy.ts'
import type { Context } from './context.ts'
import { type Finding, type Group, judge, notRun } from './line.ts'

async function rowIn(url: string, defectId: string): Promise<Finding> {
  const client = await openClient({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: 10_000 })
  try {
    const { rows } = await client.query<{ key: string; encrypted: boolean | null }>(
      `select image_s3_key as key, (select ssl from pg_stat_ssl where pid = pg_backend_pid()) as encrypted
       from analyses where defect_id = $1`,
      [defectId],
    )
    const tls = rows[0]?.encrypted ? 'over TLS' : 'without TLS'
    return judge(
      [rows.length !== 1 && `${rows.length} rows of ${defectId}`],
      `${rows.length} row ${tls}, image ${rows[0]?.key}`,
    )
  } finally {
    await client.end()
  }
}

/** Finds the picture by its size among those uploaded on the same day. */
async function imageIn(bucket: string, { sample, started, env }: Context): Promise<Finding> {
  const endpoint = env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL
  const client = new S3Client({
    region: env.AWS_REGION ?? 'us-east-1',
    forcePathStyle: Boolean(endpoint),
    maxAttempts: 2,
    requestHandler: throughProxy,
  })
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }))
    const day = started.toISOString().slice(0, 10).replaceAll('-', '/')
    const from = `${KEY_PREFIX}${day}/`
    let token: string | undefined
    let found: string | undefined
    do {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: from, ContinuationToken: token }),
      )
      found = page.Contents?.find(
        ({ Size, LastModified, Key }) =>
          Size === sample?.imageBytes &&
          Key?.endsWith('/image.jpg') &&
          Number(LastModified) >= started.getTime() - 60_000,
      )?.Key
      token = page.NextContinuationToken
    } while (!found && token)
    const judged = judge(
      [!found && `no image of ${sample?.imageBytes} bytes below ${from}`],
      `s3://${bucket}/${found ?? from}`,
    )
    return { ...judged, on: 'account' }
  } finally {
    client.destroy()
  }
}

/** The stored row and picture, checked in database and bucket. */
export const stores: Group = {
  title: 'Stores',
  lines: [
    {
      name: 'the row is in PostgreSQL',
      async check({ env, sample }) {
        const url = env.DATABASE_URL?.trim()
        if (!url) return notRun('DATABASE_URL is not set: of AWS, by make db-shell; "its row is there" asked the API')
        return sample ? rowIn(url, sample.defectId) : notRun('no photo was analysed')
      },
    },
    {
      name: 'the picture is in the bucket',
      async check(context) {
        const bucket = context.env.IMAGES_BUCKET?.trim()
        if (!bucket)
          return notRun('IMAGES_BUCKET is not set (with AWS credentials); "its picture comes back" asked the API')
        return context.sample?.imageBytes ? imageIn(bucket, context) : notRun('no picture was fetched')
      },
    },
  ],
}
