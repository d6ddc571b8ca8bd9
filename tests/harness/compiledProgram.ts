import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Of programs, and of what tests put beside them: inside `node_modules`, so that packages are found from there. */
export const CACHE = join(ROOT, 'node_modules', '.cache');
const PROGRAMS = join(CACHE, 'programs');

/** Native, or loaded by `require` (src/graphql/compiled.ts), which must find the one graphql that all else has. */
const NOT_IN_IT = ['libsql', 'pg-native', 'class-validator', 'graphql', 'graphql-jit', 'graphql-query-complexity'];

const sourcesUnder = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => join(folder, name))
    .sort();

/** Of whatever a program can be made of: our sources, and the packages by their versions. */
function digestOfSources(): string {
  const digest = createHash('sha256');
  for (const file of [...sourcesUnder('src'), ...sourcesUnder('tests'), 'package-lock.json'])
    digest.update(file).update(readFileSync(join(ROOT, file)));
  return digest.digest('hex').slice(0, 16);
}

/** In one file: half the start of a process was the finding of some 1,500, and half of the rest their comments. */
async function compile(source: string, outfile: string): Promise<void> {
  const unfinished = `${outfile}.${process.pid}`;
  await build({
    entryPoints: [source],
    outfile: unfinished,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: NOT_IN_IT,
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    // For those packages that are CommonJS.
    banner: { js: "import { createRequire as from } from 'node:module'; const require = from(import.meta.url);" },
    logLevel: 'error',
  });
  renameSync(unfinished, outfile);
}

async function findOrCompile(source: string): Promise<string> {
  const name = basename(source, '.ts');
  const outfile = join(PROGRAMS, `${name}-${digestOfSources()}.mjs`);
  if (existsSync(outfile)) return outfile;
  mkdirSync(PROGRAMS, { recursive: true });
  const former = readdirSync(PROGRAMS).filter(file => file.startsWith(`${name}-`) && file.endsWith('.mjs'));
  await compile(source, outfile);
  for (const file of former) rmSync(join(PROGRAMS, file), { force: true });
  return outfile;
}

const found = new Map<string, Promise<string>>();

/** The program of this source with all its packages: compiled once for every test, and anew when a source changes. */
export function compiledProgram(source: string): Promise<string> {
  const program = found.get(source) ?? findOrCompile(source);
  found.set(source, program);
  return program;
}
