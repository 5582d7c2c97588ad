/** Who may import whom; `make lint` checks it. Files are named from the repository's root. */
const production = '^(api|drizzle|web/src|modules|stacks)/'

/** What each layer of the API may import, besides itself and packages; see CONTRIBUTING.md. */
const layers = {
  domain: [],
  config: ['domain'],
  database: ['domain', 'config'],
  platform: ['domain', 'config', 'database'],
  images: ['domain', 'config', 'platform'],
  auth: ['domain', 'config', 'database', 'platform'],
  analyzers: ['domain', 'config', 'platform', 'images'],
  features: ['domain', 'config', 'database', 'platform', 'images', 'auth', 'analyzers'],
}
/** They work on data that is handed to them, not on the database. */
const withoutTables = ['domain', 'config', 'images', 'analyzers']

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Move what both files need into a third one.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved-imports',
      severity: 'error',
      comment: 'A file that is not found would escape the other rules.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(virtual:|cloudfront$)' },
    },
    {
      name: 'production-imports-no-tools',
      severity: 'error',
      comment: 'The image and the page are built without these folders.',
      from: { path: production },
      to: { path: '^(test|fixtures|scripts|ops|bench)/' },
    },
    {
      name: 'tools-import-no-tests',
      severity: 'error',
      comment: 'What tools and tests share belongs in fixtures/.',
      from: { path: '^(ops|scripts|bench|fixtures)/' },
      to: { path: '^test/' },
    },
    ...Object.entries(layers).map(([layer, below]) => ({
      name: `layer-${layer}`,
      severity: 'error',
      comment: `api/${layer} imports only the layers below it.`,
      // The production command for migrations keeps its path.
      from: { path: `^api/${layer}/`, pathNot: '^api/database/migrate\\.ts$' },
      to: { path: '^api/', pathNot: `^api/(${[layer, ...below].join('|')})/` },
    })),
    {
      name: 'layers-without-tables',
      severity: 'error',
      comment: 'Tables belong to the layers from database upwards.',
      from: { path: `^api/(${withoutTables.join('|')})/` },
      to: { path: '^drizzle/' },
    },
    {
      name: 'tables-import-domain',
      severity: 'error',
      comment: 'Tables know the domain and each other.',
      from: { path: '^drizzle/' },
      to: { path: '^(api|web|stacks|modules)/', pathNot: '^api/domain/' },
    },
    {
      name: 'features-stay-apart',
      severity: 'error',
      comment: 'What features of the page share belongs in components, api, language or texts.',
      from: { path: '^web/src/features/([^/]+)/' },
      to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|cdktf\\.out)/' },
    // Types count too: a layer that only borrows a type still cannot be moved without the other.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
