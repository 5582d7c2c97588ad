import { SpanKind } from '@opentelemetry/api'
import { inSpan } from './spans.ts'

const textOf = (input: unknown, field: string): string | undefined => {
  const value = (input as Record<string, unknown> | null)?.[field]
  return typeof value === 'string' ? value : undefined
}

/**
 * For `client.middlewareStack.add(awsSpans('S3'), { step: 'initialize' })`: one span per operation, including its
 * retries.
 */
export const awsSpans =
  (service: string) =>
  <Args extends { input: unknown }, Output>(
    next: (args: Args) => Promise<Output>,
    { commandName = 'Command' }: { commandName?: string },
  ) =>
  (args: Args): Promise<Output> => {
    const operation = commandName.replace(/Command$/, '')
    const bucket = textOf(args.input, 'Bucket')
    const key = textOf(args.input, 'Key') ?? textOf(args.input, 'Prefix')
    return inSpan(
      `${service} ${operation}`,
      {
        'rpc.system.name': 'aws-api',
        'rpc.method': `${service}/${operation}`,
        ...(bucket ? { 'aws.s3.bucket': bucket } : {}),
        ...(key ? { 'aws.s3.key': key } : {}),
      },
      () => next(args),
      SpanKind.CLIENT,
    )
  }
