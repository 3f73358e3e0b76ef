// `npm test`: everything there is to check, in order, stopping at the first failure. The last line says `N passed, N failed`.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensurePgBouncer, ensurePostgresTools } from './postgres-tools.mjs';

const STEP_WITHIN_MS = 25 * 60_000;
const REPORTS = 'test-results';
const bin = (path) => ['node', [`node_modules/${path}`]];

// The Node of the project comes first for every child, also when this file is run without npm.
process.env.PATH = resolve('node_modules/.bin') + delimiter + process.env.PATH;
process.env.NO_UPDATE_NOTIFIER = '1';

const vitest = (name, projects) => {
  const [node, [script]] = bin('vitest/vitest.mjs');
  const chosen = projects.flatMap((project) => ['--project', project]);
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORTS}/${name}.json`];
  return [node, [script, 'run', ...chosen, ...report]];
};

const steps = [
  { name: 'format', command: ['npm', ['run', '--silent', 'format:check']] },
  { name: 'lint', command: ['npm', ['run', '--silent', 'lint']] },
  { name: 'types', command: ['npm', ['run', '--silent', 'types']] },
  { name: 'deps', command: ['npm', ['run', '--silent', 'deps']] },
  { name: 'unit', command: vitest('unit', ['unit', 'dom']), count: countVitest },
  { name: 'postgres tools', prepare: ensurePostgresTools },
  { name: 'pgbouncer', prepare: ensurePgBouncer },
  { name: 'pg', command: vitest('pg', ['pg']), count: countVitest },
  { name: 'build', command: ['npm', ['run', '--silent', 'build']] },
  { name: 'packaging', command: ['node', ['scripts/validate-packaging.mjs']] },
  { name: 'chromium', prepare: ensureChromium },
  { name: 'e2e', command: ['node', ['scripts/e2e.mjs']], count: countPlaywright },
];

function countVitest({ numPassedTests, numFailedTests, numFailedTestSuites, success }) {
  // A file that does not load has no failed test of its own.
  return { passed: numPassedTests, failed: numFailedTests || (success ? 0 : Math.max(1, numFailedTestSuites)) };
}

function countPlaywright({ stats, errors }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length };
}

function run([command, args]) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: STEP_WITHIN_MS,
      shell: process.platform === 'win32',
    });
    child.once('error', (error) => done(`${command} could not be started: ${error.message}`));
    child.once('close', (code, signal) => done(code === 0 ? undefined : `ended with ${signal ?? `code ${code}`}`));
  });
}

async function perform({ name, command, prepare, count }) {
  const trouble = prepare ? void console.log(await prepare()) : await run(command);
  if (!count) return { passed: 0, failed: 0, trouble };
  const file = `${REPORTS}/${name}.json`;
  if (!existsSync(file)) return { passed: 0, failed: 0, trouble: trouble ?? 'wrote no report' };
  const counted = count(JSON.parse(readFileSync(file, 'utf8')));
  if (counted.failed > 0) return { ...counted, trouble: trouble ?? 'has failing tests' };
  return { ...counted, trouble: trouble ?? (counted.passed === 0 ? 'ran no tests' : undefined) };
}

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const total = { passed: 0, failed: 0 };
for (const step of steps) {
  const from = performance.now();
  console.log(`\n== ${step.name}`);
  const { passed, failed, trouble } = await perform(step).catch((error) => ({
    passed: 0,
    failed: 0,
    trouble: error.message,
  }));
  total.passed += passed;
  total.failed += trouble ? Math.max(1, failed) : 0;
  const seconds = Math.round((performance.now() - from) / 1000);
  console.log(`== ${step.name}: ${trouble ?? 'good'} (${seconds} s)`);
  if (trouble) {
    process.exitCode = 1;
    break;
  }
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
