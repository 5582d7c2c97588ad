import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { Browser } from 'playwright-core'
import type { Test } from 'tap'
import { photo } from '../../fixtures/photos.ts'
import { contentSecurityPolicy } from '../../modules/website/content-security-policy.ts'
import { handler as screenPath } from '../../modules/website/screen-path.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { startService, testFolder } from '../support/service.ts'
import { addPhotos, buildPageFor, jpegFile, openPage, signIn, until } from './browser.ts'
import { browserTest } from './stage.ts'

const API_KEY = 'e2e-key-0123456789abcdef'
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** Serves a folder as CloudFront serves the page: its paths, and its content security policy. */
async function website(t: Test, folder: string, apiSources: () => string): Promise<string> {
  const server: Server = createServer((request, response) => {
    const { uri } = screenPath({ request: { uri: new URL(request.url ?? '/', 'http://page').pathname } })
    readFile(join(folder, uri)).then(
      (body) =>
        response
          .writeHead(200, {
            'content-type': TYPES[extname(uri)] ?? 'application/octet-stream',
            'content-security-policy': contentSecurityPolicy(apiSources()),
            'x-content-type-options': 'nosniff',
            'referrer-policy': 'no-referrer',
          })
          .end(body),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Page and API on two origins, as with the guide's two domains: the main job from sign-in to sign-out. */
async function twoOriginsTests(t: Test, browser: Browser): Promise<void> {
  const folder = testFolder()
  t.teardown(() => folder.remove())
  let api = ''
  const site = await website(t, folder.path, () => api)
  const stranger = await website(t, folder.path, () => api)
  const service = await startService(
    { API_KEY, CORS_ORIGINS: site },
    { analyzer: scriptedAnalyzer(() => resultOf([rust])) },
  )
  t.teardown(() => service.close())
  api = service.url
  await buildPageFor(service.url, folder.path)

  const { page, faults, violations } = await openPage(t, browser)
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  await page.goto(`${site}/history`)
  await signIn(page, 'Li Na', API_KEY)
  await page.getByRole('heading', { name: 'No results yet' }).waitFor()
  await page.getByRole('link', { name: 'Inspect', exact: true }).click()
  await addPhotos(page, jpegFile('blade.jpg', await photo(400, 300)))
  await page.getByRole('heading', { name: 'Rust spot' }).waitFor()
  await until(page, `document.querySelector('[role=application] img')?.naturalWidth === 400`)
  const picture = await page.locator('[role=application] img').getAttribute('src')
  t.ok(picture?.startsWith(`${service.url}/api/v1/`), 'the picture comes from the other origin, by its signature')

  await page.getByRole('link', { name: 'History' }).click()
  await page.locator('main [data-index]').first().waitFor()
  await until(page, `document.querySelector('main img')?.naturalWidth > 0`)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ])
  t.match(await readFile(await download.path(), 'utf8'), /blade\.jpg/)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  // The test's pages have no service worker, which Playwright says in the page's console.
  const others = said.filter((text) => !text.includes('blocked by Playwright'))
  t.same([faults, violations, others], [[], [], []], 'nothing in the console')

  await t.test('another origin may not call the API', async (t) => {
    const { page: other } = await openPage(t, browser)
    const refusals: string[] = []
    other.on('console', (message) => refusals.push(message.text()))
    await other.goto(stranger)
    await other.getByText('The service does not answer').waitFor({ timeout: 30_000 })
    t.match(refusals.join('\n'), /blocked by CORS policy/)
  })
}

browserTest('page and API on two origins', twoOriginsTests)
