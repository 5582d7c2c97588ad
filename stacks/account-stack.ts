import { budget } from '../modules/budget/budget.ts'
import { delivery } from '../modules/delivery/delivery.ts'
import { githubSubjects } from '../modules/delivery/subjects.ts'
import { encryption } from '../modules/encryption/encryption.ts'
import { logs } from '../modules/logs/logs.ts'
import { registry } from '../modules/registry/registry.ts'
import { state } from '../modules/state/state.ts'
import { trail } from '../modules/trail/trail.ts'
import { RootStack } from './root.ts'
import type { Account } from './settings.ts'

/** What an account has once: state bucket, image registry, delivery role, audit trail, budget. */
export class AccountStack extends RootStack {
  constructor(account: Account) {
    const { region, backend, providerVersion, protection } = account
    super({ name: 'account', tag: 'account', region, backend, providerVersion })
    const { keyArn: kmsKeyArn } = encryption(this, { name: 'wiko-account', deletionDays: protection ? 30 : 7 })
    const accessLogs = logs(this, { bucketName: account.logsBucket, forceDestroy: !protection })
    const states = state(
      this,
      { bucketName: account.stateBucket, kmsKeyArn, forceDestroy: !protection, logBucket: accessLogs.bucketName },
      { preventDestroy: protection, accessLogs: true },
    )
    const images = registry(this, { name: account.repository, kmsKeyArn, forceDestroy: !protection })
    const { github } = account
    const roles = delivery(
      this,
      {
        planSubjects: githubSubjects(github, ['pull_request', 'ref:refs/heads/main']),
        deploySubjects: githubSubjects(
          github,
          github.environments.map((name) => `environment:${name}` as const),
        ),
        stateBucketArn: states.bucketArn,
        kmsKeyArn,
      },
      { createProvider: github.createProvider },
    )
    if (account.trail.enabled) {
      trail(
        this,
        {
          bucketName: account.trail.bucket,
          logDays: account.trail.logDays,
          kmsKeyArn,
          forceDestroy: !protection,
          logBucket: accessLogs.bucketName,
        },
        { objectBuckets: account.trail.imageBuckets, accessLogs: true },
      )
    }
    budget(this, account.budget)
    this.publish({
      state_bucket: [states.bucketName, 'Bucket of the states: the setting backend.bucket of all stacks'],
      state_key: [kmsKeyArn, 'Key of the states: the setting backend.kmsKeyId of all stacks'],
      image_repository: [images.url, 'Where images are pushed to'],
      plan_role: [roles.planRoleArn, "Role of GitHub's workflows that plan"],
      deploy_role: [roles.deployRoleArn, "Role of GitHub's workflows that deploy"],
    })
  }
}
