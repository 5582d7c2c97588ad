import { namesOf, project } from '../../stacks/names.ts'
import { AwsClients } from '../aws/clients.ts'
import { chosenEnvironment } from '../infra/chosen-environment.ts'
import { readOutputs } from '../infra/output.ts'
import { Failure } from '../lib/failures.ts'

/** The image registry of all environments. */
export interface Registry {
  readonly aws: AwsClients
  readonly repository: string
  /** Platform of the tasks. */
  readonly platform: 'linux/arm64' | 'linux/amd64'
}

/** A deployment target by its names in the settings, without any lookup. */
export interface Place extends Registry {
  readonly environment: string
  readonly cluster: string
  readonly service: string
  readonly logGroup: string
  readonly pageBucket: string
}

/** A running environment. */
export interface Target extends Place {
  readonly distribution: string
  /** Addresses of page and API, without a slash at the end. */
  readonly page: string
  readonly api: string
  /** API address for the page's build; empty if both share an origin. */
  readonly apiForPage: string
}

/** The environment named by ENV, from its settings. @throws Failure in one line */
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

/** The same with the addresses from its Terraform state. @throws Failure in one line */
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
