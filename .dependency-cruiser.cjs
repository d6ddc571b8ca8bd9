/**
 * Arrows point one way: main → command line → sample county → server → reporting, audit → nouns → shared GraphQL →
 * commands, projections, policies → access, ledger → eventstore, database → kernel. A layer may use those below it, and none above.
 */
const NOUN = '^src/(appointments|certificates|errands|mediation|needs|organisation|residents|visits|backpacks)/';

/** From the bottom up. */
const LAYERS = [
  ['kernel', '^src/kernel/'],
  ['stores', '^src/(eventstore|database)/'],
  ['access', '^src/(access|ledger)/'],
  ['commands', '^src/(commands|projections|policies)/'],
  ['graphql', '^src/graphql/'],
  ['nouns', NOUN],
  ['reporting', '^src/(reporting|audit)/'],
  ['server', '^src/(server/|backup/|config\\.ts|settings\\.ts|settingParsers\\.ts)'],
  ['sample', '^src/sample/'],
  ['cli', '^src/cli/'],
  ['main', '^src/main\\.ts$'],
];

const upwards = LAYERS.slice(0, -1).map(([name, path], height) => ({
  name: `${name}-knows-nothing-above-it`,
  severity: 'error',
  from: { path },
  to: { path: LAYERS.slice(height + 1).map(([, higher]) => higher) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...upwards,
    {
      name: 'nouns-meet-through-ids',
      comment:
        'What several nouns say together is said in reporting or audit; a link in the API names the type it leads to.',
      severity: 'error',
      from: { path: NOUN },
      to: { path: NOUN, pathNot: ['^src/$1/', '/graphql\\.ts$'] },
    },
    {
      name: 'rules-know-no-api',
      comment: 'What may happen, and what it means, does not depend on how it is asked for.',
      severity: 'error',
      from: { path: NOUN, pathNot: ['graphql', 'Type\\.ts$', '[qQ]uer(y|ies)\\.ts$', '/index\\.ts$'] },
      to: { path: ['^src/[^/]+/.*graphql', '^node_modules/(graphql|type-graphql)/'] },
    },
    {
      name: 'event-store-apart-from-read-model',
      comment: 'They share the driver, and what is known of its disk.',
      severity: 'error',
      from: { path: '^src/eventstore/' },
      to: { path: '^src/database/', pathNot: '^src/database/(libsql|diskRoom)\\.ts$' },
    },
    {
      name: 'read-model-apart-from-event-store',
      severity: 'error',
      from: { path: '^src/database/' },
      to: { path: '^src/eventstore/' },
    },
    {
      name: 'one-file-knows-the-driver',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/database/(libsql|diskRoom)\\.ts$' },
      to: { path: '(^|/)libsql($|/)', pathNot: '^src/' },
    },
    {
      name: 'one-file-knows-the-driver-of-postgresql',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/database/postgres\\.ts$' },
      to: { path: 'node_modules/(@types/)?pg/' },
    },
    {
      name: 'page-apart',
      comment: 'The page runs in the browser and knows the server by its API alone.',
      severity: 'error',
      from: { path: '^src/graphiql/' },
      to: { path: '^src/', pathNot: '^src/graphiql/' },
    },
    {
      name: 'nobody-imports-the-page',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/graphiql/' },
      to: { path: '^src/graphiql/' },
    },
    {
      name: 'verifier-stands-alone',
      comment: 'Whoever checks a proof must be able to read all that checks it.',
      severity: 'error',
      from: { path: '^src/ledger/verify\\.ts$' },
      to: { pathNot: '^(node:)?crypto$' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-dead-ends', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'nothing-of-development',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/graphiql/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
