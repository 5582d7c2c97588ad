import { budget } from '../modules/budget/budget.ts'
import { delivery } from '../modules/delivery/delivery.ts'
import { githubSubjects } from '../modules/delivery/subjects.ts'
import { deployer } from '../modules/deployer/deployer.ts'
import { encryption } from '../modules/encryption/encryption.ts'
import { logs } from '../modules/logs/logs.ts'
import { registry } from '../modules/registry/registry.ts'
import { state } from '../modules/state/state.ts'
import { trail } from '../modules/trail/trail.ts'
import { environments } from './environments.ts'
import { bucketsOf, deliveryName, namesOf, rolesOf } from './names.ts'
import { RootStack } from './root.ts'
import type { Account } from './settings.ts'

/** What an account has once: state bucket, image registry, roles of delivery, audit trail, budget. */
export class AccountStack extends RootStack {
  constructor(account: Account) {
    const { region, backend, providerVersion, protection } = account
    super({ name: 'account', tag: 'account', region, backend, providerVersion })
    const { keyArn: kmsKeyArn } = encryption(this, { name: 'wiko-account', deletionDays: protection ? 30 : 7 })
    const accessLogs = logs(this, { bucketName: account.logsBucket, forceDestroy: !protection })
    const states = state(
      this,
      {
        bucketName: account.stateBucket,
        kmsKeyArn,
        forceDestroy: !protection,
        accessLogs: true,
        logBucket: accessLogs.bucketName,
      },
      { preventDestroy: protection },
    )
    const images = registry(this, { name: account.repository, kmsKeyArn, forceDestroy: !protection })
    const { github } = account
    const { planRoleArn, providerArn } = delivery(
      this,
      {
        name: deliveryName,
        planSubjects: githubSubjects(github, ['pull_request', 'ref:refs/heads/main']),
        stateBucketArn: states.bucketArn,
        kmsKeyArn,
      },
      { createProvider: github.createProvider },
    )
    const deployers = github.environments.map((name) => this.deployer(account, name, providerArn, states.bucketArn))
    if (account.trail.enabled) {
      trail(this, {
        bucketName: account.trail.bucket,
        logDays: account.trail.logDays,
        kmsKeyArn,
        forceDestroy: !protection,
        objectBuckets: account.trail.imageBuckets,
        accessLogs: true,
        logBucket: accessLogs.bucketName,
      })
    }
    budget(this, account.budget)
    this.publish({
      state_bucket: [states.bucketName, 'Bucket of the states: the setting backend.bucket of all stacks'],
      state_key: [kmsKeyArn, 'Key of the states: the setting backend.kmsKeyId of all stacks'],
      image_repository: [images.url, 'Where images are pushed to'],
      plan_role: [planRoleArn, "Role of GitHub's workflows that plan"],
      ...Object.fromEntries(
        deployers.map(({ name, roleArn }) => [
          `deploy_role_${name}`,
          [roleArn, `Role of workflows that deploy ${name}`],
        ]),
      ),
    })
  }

  /** The role that deploys one environment, and leaves the others and the account alone. */
  private deployer(account: Account, name: string, providerArn: string, stateBucketArn: string) {
    const { [name]: own, ...others } = environments
    if (own === undefined) throw new RangeError(`github.environments: ${name} is no environment`)
    const names = namesOf(own.name, own.names)
    const { roleArn } = deployer(
      this,
      {
        name: deliveryName,
        environment: name,
        tag: own.tag,
        subjects: githubSubjects(account.github, [`environment:${name}`]),
        providerArn,
        stateBucketArn,
        imagesBucketName: names.imagesBucket,
      },
      {
        roleNames: rolesOf(names),
        foreignTags: Object.values(others).map(({ tag }) => tag),
        foreignBuckets: Object.values(others).flatMap((other) => bucketsOf(namesOf(other.name, other.names))),
        foreignStates: ['account', ...Object.keys(others)],
        domains: own.domains !== null,
      },
      { as: `${name.replaceAll('-', '_')}_deployer` },
    )
    return { name, roleArn }
  }
}
