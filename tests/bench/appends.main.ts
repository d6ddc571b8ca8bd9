import { benchAppends } from './appends.bench.js';

// Alone: npx esbuild tests/bench/appends.main.ts --bundle --platform=node --format=esm --packages=external \
//   --outfile=node_modules/.cache/appends.mjs && node node_modules/.cache/appends.mjs
console.table(await benchAppends());
