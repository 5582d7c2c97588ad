import t from 'tap'
import { read } from './markdown.ts'
import { configurationVariables } from './variables.ts'

/** Variables in the first column of the tables of docs/configuration.md. */
const documented = [...read('docs/configuration.md').matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`([A-Z][A-Z0-9_]*)`/g)].map(([, name = '']) => name),
)
/** Read by the build of the page; read by the API only if AZURE_AI_ENDPOINT is not set. */
const others = ['VITE_API_URL', 'AZURE_AI_PROJECT_ENDPOINT']

t.test('docs/configuration.md has a row for each variable that the API reads, and for no other', async (t) => {
  t.strictSame(documented.toSorted(), [...configurationVariables(), ...others].toSorted())
})
