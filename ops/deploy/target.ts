import { namesOf, project } from '../../stacks/names.ts'
import { AwsClients } from '../aws/clients.ts'
import { chosenEnvironment } from '../infra/chosen-environment.ts'
import { readOutputs } from '../infra/output.ts'
import { Failure } from '../lib/failures.ts'

/** Where images of all environments are. */
export interface Registry {
  readonly aws: AwsClients
  readonly repository: string
  /** What the tasks run on. */
  readonly platform: 'linux/arm64' | 'linux/amd64'
}

/** What is deployed to, as far as its names say: nothing was asked yet. */
export interface Place extends Registry {
  readonly environment: string
  readonly cluster: string
  readonly service: string
  readonly logGroup: string
  readonly pageBucket: string
}

/** An environment that runs. */
export interface Target extends Place {
  readonly distribution: string
  /** Addresses of page and API, without a slash at the end. */
  readonly page: string
  readonly api: string
  /** What the page is built with: the API's address where it is not the page's own, else nothing. */
  readonly apiForPage: string
}

/** The environment that ENV names, by its settings. @throws Failure in one line */
export function placeOf(env: NodeJS.ProcessEnv): Place {
  const settings = chosenEnvironment(env)
  const { cluster, service, logGroup, webBucket } = namesOf(settings.name, settings.names)
  return {
    environment: settings.name,
    aws: new AwsClients(settings.region),
    repository: project,
    platform: settings.service.architecture === 'ARM64' ? 'linux/arm64' : 'linux/amd64',
    cluster,
    service,
    logGroup,
    pageBucket: webBucket,
  }
}

/** The same with the addresses that only its state knows. @throws Failure in one line */
export async function openTarget(env: NodeJS.ProcessEnv): Promise<Target> {
  const place = placeOf(env)
  const outputs = await readOutputs(env)
  const text = (name: string): string => {
    const value = outputs[name]
    if (typeof value !== 'string')
      throw new Failure(`${place.environment} has no output ${name}: plan and apply it first.`)
    return value
  }
  const [page, api] = [text('page'), text('api')]
  return { ...place, distribution: text('distribution'), page, api, apiForPage: api === page ? '' : api }
}
