import { execFileSync } from 'node:child_process'
import { basename } from 'node:path'
import t from 'tap'
import { dollarsOf, resourcesByType } from '../../ops/infra/cost.ts'
import { costItems } from '../../ops/infra/cost-items.ts'
import { resourcesOf, type StackResource } from '../../stacks/addresses.ts'
import { environments } from '../../stacks/environments.ts'
import { namesOf } from '../../stacks/names.ts'
import { makeStack } from '../../stacks/stacks.ts'
import { databaseSize, validate } from '../../stacks/validate.ts'
import { codeOf, markdownFiles, read, root } from './markdown.ts'
import { configurationVariables } from './variables.ts'

/** The pages of operations against what is synthesized: names of alarms, resources, metrics, variables, settings, log lines. */
const pages = markdownFiles.filter((path) => path.startsWith('docs/runbooks/'))
const alarmPages = pages.filter((path) => path.startsWith('docs/runbooks/alarms/'))
const everything = pages.map((path) => [path, read(path)] as const)

const { prod } = environments
if (!prod) throw new Error('there is no prod')
const prefix = namesOf('prod').prefix
const resources = resourcesOf(makeStack('prod'))
const named = (type: string, argument: string) =>
  resources
    .filter((resource) => resource.type === type)
    .map(({ arguments: values }) => String(values[argument]).replace(`\${var.name}`, prefix))

const isAlarm = ({ type }: StackResource) => type === 'aws_cloudwatch_metric_alarm'
const alarms = resources.filter(isAlarm).map(({ arguments: values }) => ({
  name: String(values.alarm_name).replace(`\${var.name}`, prefix),
  description: String(values.alarm_description),
}))
const eventRules = named('aws_cloudwatch_event_rule', 'name')

t.test('every alarm has a page, names it in its description, and stands in its title and in the index', async (t) => {
  t.ok(alarms.length > 20)
  const index = read('docs/runbooks/README.md')
  for (const { name, description } of alarms) {
    const path = / Page: (docs\/runbooks\/alarms\/[a-z-]+\.md)$/.exec(description)?.[1] ?? ''
    if (!alarmPages.includes(path)) {
      t.fail(`${name}: its description names no page that is there`)
      continue
    }
    t.ok(read(path).split('\n')[0]?.includes(`\`${name}\``), `${name} is in the title of ${path}`)
    t.ok(index.includes(`| [\`${name}\`](alarms/${basename(path)}) |`), `${name} is in the index`)
  }
  const mails = JSON.stringify(resources.filter(({ type }) => type === 'aws_cloudwatch_event_target'))
  const inMails = [...mails.matchAll(/Page: (docs\/runbooks\/alarms\/[a-z-]+\.md)/g)].map(([, path = '']) => path)
  t.equal(inMails.length, eventRules.length, 'every mail of an event names a page')
  for (const path of inMails) t.ok(alarmPages.includes(path), path)
})

t.test('every alarm page has its parts, and belongs to something', async (t) => {
  const known = [...alarms.map(({ name }) => name), ...eventRules, ...named('aws_db_event_subscription', 'name')]
  for (const path of alarmPages) {
    const text = read(path)
    t.ok(
      known.some((name) => text.split('\n')[0]?.includes(`\`${name}\``)),
      `${path}: its title names an alarm or an event`,
    )
    t.match(text, /^\*\*Means\.\*\* .{40,}/m, path)
    for (const part of ['Look', 'Do', 'Escalate', 'Resolved when'])
      t.match(text, new RegExp(`^## ${part}$`, 'm'), `${path}: ${part}`)
  }
})

t.test('no page names an alarm, a resource or a secret that is not synthesized', async (t) => {
  const text = JSON.stringify(resources.map(({ arguments: values }) => values)).replaceAll(`\${var.name}`, prefix)
  const known = new Set([
    ...alarms.map(({ name }) => name),
    ...Object.values(namesOf('prod')),
    ...Object.values(namesOf('staging')),
    ...eventRules,
    ...named('aws_db_event_subscription', 'name'),
    'wiko-secret-rotation', // modules/secrets: prefix and -secret-rotation
    'wiko-prod-public', // modules/network: name and tier
    'aws-waf-logs-wiko', // modules/firewall
    'wiko-api', // the container
    'wiko-cloudtrail',
    // Made by the steps themselves, for a while.
    'wiko-test-restore',
    'wiko-before-16',
    'wiko-by-hand',
    'wiko-by-hand-db',
  ])
  t.match(text, /secret-rotation/)
  for (const [path, page] of everything) {
    for (const [name] of page.matchAll(/(?:aws-waf-logs-)?\bwiko-[a-z][a-z0-9-]*(?<!-)/g)) {
      if (/staging-\.\.\.|defect-analyzer\.com|wiko-staging$/.test(name)) continue
      if (!known.has(name)) t.ok(name === 'wiko-defect-analyzer' || known.has(name), `${path}: ${name}`)
    }
    for (const [, name = ''] of page.matchAll(/\bwiko\/([a-z-]+)/g)) {
      t.ok(
        ['azure-api-key', 'api-key', 'secret-key', 'database-url', 'redis-url'].includes(name),
        `${path}: wiko/${name}`,
      )
    }
  }
})

t.test('every metric that a page names is alarmed on or shown', async (t) => {
  const watched = JSON.stringify(resources.filter(({ address }) => address.startsWith('module.monitoring.')))
  for (const [path, page] of everything) {
    for (const [, name = ''] of page.matchAll(/`([A-Z][a-z]+(?:[A-Z][a-z]+)+)`/g)) {
      if (['DBInstanceStatus', 'DeleteObject', 'OutOfMemory'].includes(name)) continue // words of AWS
      if (/Error$/.test(name)) continue
      t.ok(watched.includes(name), `${path}: ${name}`)
    }
  }
})

t.test('every variable that a page names is read by something', async (t) => {
  const sources = execFileSync(
    'git',
    ['grep', '-hE', '[A-Z]_[A-Z]', '--', 'Makefile', 'scripts', 'web/vite.config.ts', 'web/src/api'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  const variables = configurationVariables()
  t.ok(variables.size > 50)
  // AWS's own, and words that are no variables.
  const others = new Set(['AWS_PROFILE', 'WEBHOOK_SECRET'])
  for (const [path, page] of everything) {
    for (const [name] of page.matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)) {
      const known = variables.has(name) || others.has(name) || new RegExp(`\\b${name}\\b`).test(sources)
      if (!known) t.fail(`${path}: ${name}`)
    }
  }
})

t.test('every setting that a page names exists', async (t) => {
  const settings = /(?<![\w./])(network|database|cache|images|secrets|service|monitoring|firewall|domains)\.([a-z]\w+)/g
  for (const [path, page] of everything) {
    for (const [, group = '', key = ''] of codeOf(page).join('\n').matchAll(settings)) {
      t.ok(Object.hasOwn(Reflect.get(prod, group) ?? {}, key), `${path}: ${group}.${key}`)
    }
  }
})

t.test('every log line that a page quotes or asks for is written by the API', async (t) => {
  const source = execFileSync('git', ['grep', '-hF', "'", '--', 'api'], { cwd: root, encoding: 'utf8' })
  const asked = everything.flatMap(([path, page]) =>
    [...page.matchAll(/msg (?:=|like) "([^"]+)"|msg in \["([^"]+)", "([^"]+)"\]/g)].flatMap(([, ...texts]) =>
      texts.filter(Boolean).map((text) => [path, text] as const),
    ),
  )
  t.ok(asked.length > 10, `${asked.length} queries`)
  for (const [path, text] of asked) t.ok(source.includes(text), `${path}: ${text}`)
  const table = [...read('docs/runbooks/alarms/api-errors-in-log.md').matchAll(/^\| `([^|]+)` \|/gm)]
  for (const text of table.slice(1).flatMap(([, cell = '']) => cell.split('`, `'))) t.ok(source.includes(text), text)
})

t.test('commands of the AWS CLI are known ones', async (t) => {
  const known =
    /^(ecs (describe-services|list-tasks|describe-tasks|stop-task|update-service)|ecr describe-images|logs (tail|start-query|get-query-results)|rds (describe-db-instances|describe-db-engine-versions|modify-db-instance|reboot-db-instance|create-db-snapshot|restore-db-instance-from-db-snapshot|restore-db-instance-to-point-in-time|delete-db-instance|wait|describe-events)|elasticache (describe-replication-groups|describe-events|test-failover)|secretsmanager (describe-secret|rotate-secret|list-secrets|get-secret-value|put-secret-value)|s3api (list-object-versions|delete-object|restore-object)|s3 ls|ec2 (describe-network-acls|create-network-acl-entry|delete-network-acl-entry)|sns list-subscriptions-by-topic|cloudfront (create-invalidation|list-distributions)|application-autoscaling register-scalable-target|sts get-caller-identity|sso login)$/
  for (const [path, page] of everything) {
    for (const [, command = ''] of codeOf(page)
      .join('\n')
      .matchAll(/\baws ((?!aws)[a-z0-9-]+ [a-z0-9-]+)/g)) {
      t.match(command, known, `${path}: aws ${command}`)
    }
  }
})

t.test('import blocks lead to resources of prod', async (t) => {
  const targets = [...read('docs/runbooks/import/prod.tf').matchAll(/^ {2}to = (\S+)$/gm)].map(([, to = '']) => to)
  const addresses = resources.map(({ address }) => address)
  t.strictSame(
    targets.filter((target) => !addresses.includes(target)),
    [],
  )
  t.match(read('docs/runbooks/import.md'), `\`${targets.length} to import\``)
})

t.test('the table of connections is what the synth reckons', async (t) => {
  const rows = [
    ...read('docs/runbooks/scaling.md').matchAll(
      /^\| `(db\.[a-z0-9.]+)`[^|]*\| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$/gm,
    ),
  ]
  t.ok(rows.length >= 5)
  for (const [, instanceClass = '', memory, connections, ten, five] of rows) {
    t.strictSame(
      databaseSize(instanceClass),
      { memory: Number(memory), connections: Number(connections) },
      instanceClass,
    )
    const fits = (databasePool: number, maxTasks: number) =>
      validate({
        ...prod,
        database: { ...prod.database, instanceClass },
        service: { ...prod.service, databasePool, maxTasks },
      }).every((fault) => !fault.startsWith('service.databasePool'))
    for (const [pool, tasks] of [
      [10, Number(ten)],
      [5, Number(five)],
    ] as const) {
      t.ok(fits(pool, tasks) && !fits(pool, tasks + 1), `${instanceClass}: ${tasks} tasks with a pool of ${pool}`)
    }
  }
})

t.test('the costs are about those of make cost', async (t) => {
  const page = read('docs/runbooks/cost.md')
  for (const name of ['prod', 'staging', 'account']) {
    const items = costItems(resourcesByType(makeStack(name))).map(dollarsOf)
    const sums = [0, 1].map((end) => items.reduce((sum, dollars) => sum + (dollars[end] ?? 0), 0))
    const [, least = '', busy = least] =
      new RegExp(`^\\| \`${name}\` \\| ([\\d.]+)(?: to ([\\d.]+))? \\|`, 'm').exec(page) ?? []
    for (const [index, written] of [least, busy].entries()) {
      const now = sums[index] ?? 0
      // An alarm more is ten cents: the page is written anew where it would mislead.
      t.ok(
        Math.abs(Number(written) - now) < 0.02 * now,
        `${name}: the page says ${written}, make cost ${now.toFixed(2)}`,
      )
    }
  }
})
