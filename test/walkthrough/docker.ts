/**
 * In the place of Docker, where there is no engine: takes the sign-in, builds nothing, and puts a manifest with the tag into the registry, whose
 * scan it starts, as a push does. `make image` builds the real image.
 */
import { text } from 'node:stream/consumers'
import { StartImageScanCommand } from '@aws-sdk/client-ecr'
import { AwsClients } from '../../ops/aws/clients.ts'
import { putSimulatedImage } from '../rehearsal/simulated-image.ts'

const [command = '', ...args] = process.argv.slice(2)
const option = (name: string) => args[args.indexOf(name) + 1] ?? ''

if (command === 'login') {
  const password = (await text(process.stdin)).trim()
  process.exitCode = password ? 0 : 1
} else if (command === 'buildx' && args[0] === 'build' && args.includes('--push')) {
  const [, repositoryName = '', imageTag = ''] = /\/([^/:]+):([^:]+)$/.exec(option('--tag')) ?? []
  const aws = new AwsClients(process.env.AWS_REGION ?? 'us-east-1')
  await putSimulatedImage(aws, repositoryName, imageTag)
  await aws.ecr.send(new StartImageScanCommand({ repositoryName, imageId: { imageTag } }))
  process.stderr.write(
    `stand-in of Docker: nothing was built; ${repositoryName}:${imageTag} is in the simulated registry\n`,
  )
} else {
  process.stderr.write(`stand-in of Docker: ${command} is not simulated\n`)
  process.exitCode = 1
}
