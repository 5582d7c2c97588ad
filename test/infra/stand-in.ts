import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { here } from './terraform.ts'

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::123456789012:user/test</Arn><UserId>AIDATEST</UserId><Account>123456789012</Account>
</GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`

const answers: Readonly<Record<string, object>> = {
  'secretsmanager.GetRandomPassword': { RandomPassword: 'not-random'.repeat(10) },
  'AmazonSSM.GetParametersByPath': { Parameters: [] }, // no tag of an image is noted
}

/**
 * Terraform with an account that answers only what a plan of the modules asks. Needed for random passwords, as a mocked provider has no
 * ephemeral resources.
 */
export async function withAccount(t: { teardown(stop: () => void): void }): Promise<ReturnType<typeof here>> {
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const answer = answers[String(request.headers['x-amz-target'])]
    if (answer) return response.end(JSON.stringify(answer))
    if (body.includes('Action=GetCallerIdentity')) return response.end(identity)
    response.statusCode = 400
    response.end(`A plan must not ask for ${String(request.headers['x-amz-target'] ?? body)}`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  const account = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  return { ...here(), env: { ...here().env, ...account } }
}
