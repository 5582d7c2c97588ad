import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'

const repository = join(import.meta.dirname, '../..')
const read = (name: string) => readFile(join(repository, name), 'utf8')

// `make verify` builds the image and runs it (test/container-image/build.ts); this only keeps apart what could drift.
t.test('the image has the Node that the project is tested with', async (t) => {
  const { devDependencies } = JSON.parse(await read('package.json'))
  t.match(await read('Dockerfile'), `ARG NODE_IMAGE=docker.io/library/node:${devDependencies.node}-trixie-slim\n`)
})

t.test('nothing gets into the image but what is named', async (t) => {
  const lines = (await read('.dockerignore')).split('\n').filter((line) => line && !line.startsWith('#'))
  t.same(lines, ['*', '!package.json', '!package-lock.json', '!api', '!config', '!drizzle'])
})
