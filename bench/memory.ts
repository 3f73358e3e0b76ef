/**
 * `memory`: the most memory that the process of a desk has held after a first load of a million rows, and of 50,000. It must not grow with what is
 * loaded.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { stress, stressPlace } from '../src/central/seed/stress';
import { openTestDesk } from '../src/main/desk/testing/test-desk';
import { withCentral } from './central';
import { ratio, type Bench } from './measure';

const GOAL_MB = 220;
const asProcess = promisify(execFile);

export const memory: Bench = ({ quick, rows, log }) =>
  withCentral(async (central) => {
    const many = rows ?? (quick ? 2_000 : 1_000_000);
    const few = Math.max(100, Math.round(many / 20));
    log(`loading ${few} rows`);
    await stress(central.sql, { entity: 'students', rows: few });
    const { email, password } = await central.addUser({ role: 'program_admin', programs: [stressPlace.programId] });
    const measure = async (): Promise<number> => {
      const env = { ...process.env, DESK_URL: central.clientUrl, DESK_EMAIL: email, DESK_PASSWORD: password };
      const { stdout } = await asProcess(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url)], {
        env,
      });
      return Number(stdout) / 1_024;
    };
    const less = await measure();
    log(`loading ${many} rows`);
    await stress(central.sql, { entity: 'students', rows: many - few });
    const more = await measure();
    return [
      { name: 'memory', value: more, unit: 'MB', better: 'lower' as const, goal: GOAL_MB, limit: null, n: many },
      { ...ratio('memory-growth', more / less, 'lower', 1.2, many), limit: null },
    ];
  });

/** The process that is measured: loads everything, and says how much memory it held at most, in kilobytes. */
async function asDesk(url: string): Promise<void> {
  const { DESK_EMAIL: email = '', DESK_PASSWORD: password = '' } = process.env;
  const desk = await openTestDesk({ url, email, password, answerWithin: 60_000 });
  await desk.turn();
  await desk.close();
  process.stdout.write(String(process.resourceUsage().maxRSS));
}

if (process.env.DESK_URL) await asDesk(process.env.DESK_URL);
