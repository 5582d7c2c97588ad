import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js'
import { App, CloudBackend, LocalBackend, NamedCloudWorkspace, S3Backend, TerraformOutput } from 'cdktf'
import { Construct } from 'constructs'
import type { OutputValue } from '../modules/define.ts'
import { NamedStack } from '../modules/stack.ts'
import { project } from './names.ts'
import type { Backend } from './settings.ts'

interface RootSettings {
  readonly name: string
  readonly region: string
  readonly backend: Backend
  /** Version of the AWS provider, exactly. */
  readonly providerVersion: string
  /** Value of the tag Environment. */
  readonly tag: string
}

/** A root stack: backend, providers and the tags that every resource carries. Its layers are module blocks. */
export abstract class RootStack extends NamedStack {
  /** CloudFront's certificate and web ACL live in us-east-1, whatever the region of the rest. */
  protected readonly usEast1: AwsProvider
  /** The provider of the stack's own region. */
  protected readonly aws: AwsProvider

  override readonly awsVersion: string

  constructor({ name, region, backend, tag, providerVersion }: RootSettings) {
    super(new App(), name)
    this.awsVersion = providerVersion
    const defaultTags = [{ tags: { Environment: tag, Project: project } }] // guide 2.1: both tags
    this.aws = new AwsProvider(this, 'aws', { region, defaultTags })
    this.usEast1 = new AwsProvider(this, 'aws_us_east_1', { alias: 'us_east_1', region: 'us-east-1', defaultTags })
    declareBackend(this, backend, name, region)
  }

  /** What `make output` prints: a name, its value and what it is. Never the value of a secret. */
  protected publish(outputs: Readonly<Record<string, readonly [value: OutputValue, description: string]>>): void {
    const scope = new Construct(this, 'outputs')
    for (const [name, [value, description]] of Object.entries(outputs)) {
      new TerraformOutput(scope, name, { value, description }).overrideLogicalId(name)
    }
  }
}

function declareBackend(stack: RootStack, backend: Backend, name: string, region: string): void {
  if (backend.kind === 's3') {
    const { bucket, kmsKeyId } = backend
    // `encrypt` alone means S3's own key: without it the bucket's default counts, which is the account's key.
    const encryption = kmsKeyId === undefined ? {} : { encrypt: true, kmsKeyId }
    const s3 = new S3Backend(stack, { bucket, key: `${name}.tfstate`, region, ...encryption })
    s3.addOverride('use_lockfile', true) // Terraform 1.10's own lock, which these bindings do not know
  } else if (backend.kind === 'cloud') {
    const { organization, project, workspace } = backend
    new CloudBackend(stack, { organization, workspaces: new NamedCloudWorkspace(workspace, project) })
  } else {
    // Beside the repository's own files: the stack's folder is written anew by each synth.
    new LocalBackend(stack, { path: backend.path ?? `../../../terraform-state/${name}.tfstate` })
  }
}
