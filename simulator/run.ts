/**
 * `npm run simulate -- --histories N [--seed S] [--faults a,b] [--steps N] [--desks N] [--lanes N] [--json] [--plan FILE]`, `--seeded-bugs [NAME…]`,
 * or one of the long proofs, such as `--kills N`.
 *
 * Exit codes: 0 every promise held (or every bug was caught), 1 not so, 2 asked wrongly.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../src/central/server/embedded-postgres';
import { freshCentral } from '../src/central/testing/central';
import { tryBugs } from './bug-runs';
import { chanceFrom } from './chance';
import { runHistory } from './history';
import { runMany, type Failure } from './lanes';
import { allFaults, type Plan } from './plan';
import { shrink } from './shrink';
import { proofs } from './proofs/list';
import { labelOf } from './violation';

const usage = `Usage: npm run simulate -- --histories N [--seed S] [--faults a,b] [--steps N] [--desks N] [--lanes N] [--json] [--plan FILE]
       npm run simulate -- --seeded-bugs [NAME…] [--histories N] [--json]
${Object.entries(proofs)
  .map(
    ([name, { unit, what, full }]) =>
      `       npm run simulate -- --${name} N [--seed S] [--json]   N ${unit} (${full} in the long run): ${what}`,
  )
  .join('\n')}

Faults: ${allFaults.join(', ')} (all of them where none is named)
`;
const SHRINK_WITHIN_MS = 120_000;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const proofOptions = Object.fromEntries(Object.keys(proofs).map((name) => [name, { type: 'string' } as const]));

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{
        histories: { type: 'string' },
        seed: { type: 'string' },
        faults: { type: 'string' },
        plan: { type: 'string' },
      },
      ...{ steps: { type: 'string' }, desks: { type: 'string' }, lanes: { type: 'string' }, json: { type: 'boolean' } },
      ...proofOptions,
      ...{ 'seeded-bugs': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    },
  });
  const faults = values.faults?.split(',').filter((name) => name !== 'none') ?? allFaults;
  const unknown = faults.filter((name) => !allFaults.includes(name));
  if (values.help || unknown.length > 0) {
    process.stderr.write(unknown.length > 0 ? `There is no fault ${unknown.join(', ')}.\n\n${usage}` : usage);
    return values.help ? 0 : 2;
  }
  // What a disk does is not simulated, so stores live in memory where there is such a place.
  if (existsSync('/dev/shm')) process.env.TMPDIR = '/dev/shm';
  const server = await startPostgres({ flags: ['-c', 'max_connections=200'] });
  process.env.PROVOST_TEST_PG_URL = server.url;
  try {
    if (values.plan !== undefined) return await replay(JSON.parse(readFileSync(values.plan, 'utf8')) as Plan);
    const asked = values as Record<string, string | boolean | undefined>;
    for (const name of Object.keys(proofs))
      if (asked[name] !== undefined)
        return await prove(name, Number(asked[name]), Number(values.seed ?? 1), values.json ?? false);
    const lanes = Number(values.lanes ?? 2);
    if (values['seeded-bugs']) {
      const histories = Number(values.histories ?? 30);
      return await tryBugs({ names: positionals, histories, lanes, isJson: values.json ?? false, say });
    }
    const first = Number(values.seed ?? 1);
    const histories = Number(values.histories ?? (values.seed === undefined ? 20 : 1));
    const options = {
      ...{ faults, lanes },
      ...(values.steps === undefined ? {} : { steps: Number(values.steps) }),
      ...(values.desks === undefined ? {} : { desks: Number(values.desks) }),
    };
    return await simulate(first, histories, options, values.json ?? false);
  } finally {
    await server.stop();
  }
}

async function simulate(
  first: number,
  histories: number,
  options: { faults: readonly string[]; lanes: number; steps?: number; desks?: number },
  isJson: boolean,
): Promise<number> {
  const from = Date.now();
  const outcome = await runMany({
    ...{ ...options, mostFailures: 5, seeds: Array.from({ length: histories }, (_, at) => first + at) },
    onHistory(done, failure) {
      if (failure) say(`seed ${failure.plan.seed}: ${failure.error.stack}`);
      else if (done % 50 === 0) say(`${done} histories, ${Math.round((Date.now() - from) / 1000)} s`);
    },
  });
  const { failures, total } = outcome;
  const seconds = Math.round((Date.now() - from) / 1000);
  const failed = failures.map(({ plan, label, error }) => ({ seed: plan.seed, label, message: error.message }));
  if (isJson) process.stdout.write(`${JSON.stringify({ histories: outcome.histories, seconds, ...total, failed })}\n`);
  else
    process.stdout.write(
      `${outcome.histories} histories from seed ${first} in ${seconds} s: ${total.mutations} mutations, ${total.turns} turns, ${total.broken} of them broken off; ${failed.length} failed\n`,
    );
  if (failures[0]) await makeSmaller(failures[0]);
  return failed.length > 0 ? 1 : 0;
}

async function prove(name: string, size: number, seed: number, isJson: boolean): Promise<number> {
  if (!(size > 0)) throw new Error(`--${name} needs a number of ${proofs[name]!.unit}.`);
  const from = Date.now();
  try {
    const figures = await proofs[name]!.run({ size, chance: chanceFrom(seed), say });
    const all = { ...figures, 'seconds it took': Math.round((Date.now() - from) / 1000) };
    process.stdout.write(
      isJson
        ? `${JSON.stringify(all)}\n`
        : Object.entries(all)
            .map(([what, n]) => `${what}: ${n}\n`)
            .join(''),
    );
    return 0;
  } catch (error) {
    say(`seed ${seed}: ${String((error as Error).stack)}`);
    return 1;
  }
}

async function makeSmaller({ plan, label }: Failure): Promise<void> {
  const central = await freshCentral();
  const fails = (candidate: Plan): Promise<boolean> =>
    runHistory(central, candidate).then(
      () => false,
      (error: unknown) => labelOf(error) === label,
    );
  const { plan: smallest, attempts } = await shrink(plan, fails, SHRINK_WITHIN_MS);
  await central.drop();
  const file = join(tmpdir(), `provost-history-${plan.seed}.json`);
  writeFileSync(file, JSON.stringify(smallest, null, 2));
  say(
    `seed ${plan.seed} breaks ${label}; ${attempts} attempts left ${smallest.steps.length} steps of ${smallest.seats.length} desks:`,
  );
  say(smallest.steps.map(({ kind, seat }) => `${kind}@${seat}`).join(' '));
  say(`Again: npm run simulate -- --seed ${plan.seed}, or smaller: npm run simulate -- --plan ${file}`);
}

async function replay(plan: Plan): Promise<number> {
  const central = await freshCentral();
  try {
    say(JSON.stringify(await runHistory(central, plan)));
    return 0;
  } catch (error) {
    say(String((error as Error).stack));
    return 1;
  } finally {
    await central.drop();
  }
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  },
);
