// Checks who imports whom, and that the checker saw the tree at all: with an unsuitable TypeScript it reports "no violations" of nothing.
import { spawnSync } from 'node:child_process';

// Raised as the tree grows: about nine tenths of the modules there are.
const FEWEST_MODULES = 390;

const { stdout, stderr } = spawnSync(
  process.execPath,
  [
    'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    ...['src', 'simulator', '--config', '.dependency-cruiser.mjs', '--output-type', 'json'],
  ],
  { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
);
if (!stdout) {
  console.error(stderr);
  process.exit(1);
}

const { modules, summary } = JSON.parse(stdout);
const seen = modules.filter(({ source }) => source.startsWith('src/')).length;
for (const { rule, from, to, cycle } of summary.violations) {
  const path = cycle?.length ? cycle.map(({ name }) => name).join(' -> ') : to;
  console.error(`${rule.name}: ${from} -> ${path}`);
}
if (seen < FEWEST_MODULES) console.error(`Only ${seen} modules were seen; there must be at least ${FEWEST_MODULES}.`);
console.log(`${seen} modules, ${summary.violations.length} violations`);
if (summary.violations.length > 0 || seen < FEWEST_MODULES) process.exit(1);
