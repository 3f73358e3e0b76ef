/** Many histories, some at a time: each lane has a database of its own, as a server's epoch and its connections belong to all in it. */
import { freshCentral, type FreshCentral } from '../src/central/testing/central';
import { checkChains } from './at-rest';
import { runHistory, type Tally } from './history';
import { planFor, type Plan, type PlanOptions } from './plan';
import { labelOf } from './violation';

export interface Failure {
  plan: Plan;
  label: string;
  error: Error;
}

export interface Outcome {
  histories: number;
  failures: Failure[];
  total: Tally;
}

export interface RunOptions extends PlanOptions {
  seeds: readonly number[];
  lanes: number;
  /** Ends the run after so many failures. */
  mostFailures: number;
  /** Prepares a lane's database. */
  prepare?(central: FreshCentral): Promise<void>;
  run?: typeof runHistory;
  onHistory?(done: number, failure: Failure | null): void;
}

/** A super admin's desk holds the programs of every history before it. */
const HISTORIES_A_DATABASE = 20;

export async function runMany(options: RunOptions): Promise<Outcome> {
  const { run = runHistory } = options;
  const waiting = [...options.seeds];
  const outcome: Outcome = { histories: 0, failures: [], total: { steps: 0, mutations: 0, turns: 0, broken: 0 } };
  const isOver = (): boolean => waiting.length === 0 || outcome.failures.length >= options.mostFailures;
  const note = (failure: Failure | null): void => {
    if (failure) outcome.failures.push(failure);
    options.onHistory?.(outcome.histories, failure);
  };
  const lane = async (): Promise<void> => {
    while (!isOver()) {
      const central = await freshCentral();
      try {
        await options.prepare?.(central);
        let plan: Plan | null = null;
        for (let n = 0; n < HISTORIES_A_DATABASE && !isOver(); n++) {
          plan = planFor(waiting.shift()!, options);
          const failure = await tried(plan, () => run(central, plan!).then((tally) => add(outcome.total, tally)));
          outcome.histories++;
          note(failure);
        }
        const broken = plan && (await tried(plan, () => checkChains({ central })));
        if (broken) note(broken);
      } finally {
        await central.drop();
      }
    }
  };
  await Promise.all(Array.from({ length: options.lanes }, lane));
  return outcome;
}

async function tried(plan: Plan, work: () => Promise<void>): Promise<Failure | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return { plan, label: labelOf(error), error: error as Error };
  }
}

function add(total: Tally, more: Tally): void {
  for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += more[key];
}
