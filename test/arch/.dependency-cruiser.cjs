// Who may import whom (the walls of the house), in the words of dependency-cruiser.
const ORDER = ['org', 'calendars', 'identity', 'catalogs', 'files', 'notify', 'views', 'work', 'procedures', 'rules', 'payments', 'dossiers', 'moves', 'trials', 'appeals', 'reorg', 'reconcile', 'catalogue']

const laterModules = ORDER.map((name, at) => ({
  name: `${name}-calls-only-earlier-modules`,
  severity: 'error',
  comment: 'The order of src/main/modules.ts is the law of calls; a later module is heard through its events.ts.',
  from: { path: `^src/modules/${name}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^src/modules/(${[...ORDER.slice(at + 1), 'none'].join('|')})/`, pathNot: '/events\\.ts$' },
}))

module.exports = {
  forbidden: [
    { name: 'core-stands-alone', severity: 'error', from: { path: '^src/core/' , pathNot: '(\\.test\\.ts|/testing\\.ts|/testing/.*)$' }, to: { path: '^(src/(?!core/)|packs/|test/)' } },
    { name: 'ui-knows-only-core', severity: 'error', from: { path: '^src/ui/', pathNot: '\\.test\\.tsx?$' }, to: { path: '^src/(?!core/|ui/)' } },
    { name: 'client-knows-only-ui', severity: 'error', from: { path: '^src/client/', pathNot: '\\.test\\.tsx?$' }, to: { path: '^src/(?!client/|ui/)' } },
    { name: 'modules-are-headless', severity: 'error', from: { path: '^src/modules/', pathNot: '(\\.test\\.ts|/testing\\.ts|/testing/.*)$' }, to: { path: '^(src/(web|ui|client|main|twins)/|node_modules/(fastify|@fastify|preact))', pathNot: '^$' } },
    {
      name: 'modules-by-their-face', severity: 'error', from: { path: '^src/modules/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/modules/([^/]+)/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/(index|events)\\.ts$'] },
    },
    ...laterModules,
    { name: 'web-by-the-face', severity: 'error', from: { path: '^src/web/', pathNot: '(\\.test\\.tsx?|/testing\\.ts)$' }, to: { path: '^src/(main|twins)/|^src/modules/[^/]+/(?!index\\.ts$)' } },
    { name: 'twins-stand-outside', severity: 'error', from: { path: '^src/twins/', pathNot: '\\.test\\.tsx?$' }, to: { path: '^src/(main|web|modules)/' } },
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'product-needs-no-test', severity: 'error', from: { path: '^src/', pathNot: '(\\.test\\.tsx?|/testing\\.ts|/testing/.*)$' }, to: { path: '^test/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['import', 'node', 'default'], extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] },
    moduleSystems: ['es6'],
    parser: 'swc',
  },
}
