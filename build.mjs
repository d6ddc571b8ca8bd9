// Makes dist/: every module of src/ transpiled on its own, and the page of GraphiQL, bundled again only when it changes.
// `node build.mjs bench` bundles the benchmarks instead.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { build } from 'esbuild';

const PAGE = 'src/graphiql';
const common = { logLevel: 'warning', target: 'node20', platform: 'node', format: 'esm', sourcemap: true };

const filesUnder = folder =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => `${entry.parentPath}/${entry.name}`);

async function buildServer() {
  const modules = filesUnder('src').filter(file => file.endsWith('.ts') && !file.startsWith(`${PAGE}/`));
  mkdirSync('dist', { recursive: true });
  for (const old of readdirSync('dist')) if (old !== 'graphiql') rmSync(`dist/${old}`, { recursive: true });
  await build({ ...common, entryPoints: modules, outdir: 'dist', outbase: 'src' });
  if (existsSync('dist/main.js')) chmodSync('dist/main.js', 0o755);
}

/** The editor and its workers are two seconds of bundling, so that is done only when they or their versions change. */
async function buildPage() {
  const stamp = createHash('sha256');
  for (const file of [...filesUnder(PAGE).sort(), 'package-lock.json', 'build.mjs']) stamp.update(readFileSync(file));
  const version = stamp.digest('hex');
  const stampFile = 'dist/graphiql/.version';
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === version) return;
  rmSync('dist/graphiql', { recursive: true, force: true });
  const monaco = 'monaco-editor/esm/vs';
  await build({
    entryPoints: {
      page: `${PAGE}/page.tsx`,
      'editor.worker': `${monaco}/editor/editor.worker.js`,
      'json.worker': `${monaco}/language/json/json.worker.js`,
      'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
    },
    outdir: 'dist/graphiql',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    tsconfig: `${PAGE}/tsconfig.json`,
    loader: { '.ttf': 'file' },
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'linked',
    logLevel: 'warning',
  });
  copyFileSync(`${PAGE}/index.html`, 'dist/graphiql/index.html');
  writeFileSync(stampFile, version);
}

if (process.argv[2] === 'bench')
  await build({
    ...common,
    entryPoints: ['tests/bench/main.ts', 'tests/bench/bareServer.ts', 'tests/bench/standInProcess.ts'],
    outdir: 'dist/bench',
    bundle: true,
    packages: 'external',
  });
else await Promise.all([buildServer(), buildPage()]);
