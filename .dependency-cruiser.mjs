/** Who may import whom; `make lint` checks it. Files are named from the repository's root. */
const production = '^(api|drizzle|web/src|modules|stacks)/'

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
