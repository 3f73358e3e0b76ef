/** Makes a failing plan smaller as long as it goes on failing in the same way, within a bounded time. */
import type { Plan } from './plan';

export interface Shrunk {
  plan: Plan;
  attempts: number;
}

/** @param fails runs a plan, and says whether it breaks the same promise */
export async function shrink(plan: Plan, fails: (plan: Plan) => Promise<boolean>, within: number): Promise<Shrunk> {
  const until = Date.now() + within;
  let best = plan;
  let attempts = 0;
  const isSmaller = async (candidate: Plan): Promise<boolean> => {
    if (Date.now() > until) return false;
    attempts++;
    if (!(await fails(candidate))) return false;
    best = candidate;
    return true;
  };
  for (const fault of plan.faults) await isSmaller({ ...best, faults: best.faults.filter((other) => other !== fault) });
  while (best.seats.length > 2) {
    const seats = best.seats.slice(0, -1);
    if (!(await isSmaller({ ...best, seats, steps: best.steps.filter((step) => step.seat < seats.length) }))) break;
  }
  for (let size = Math.ceil(best.steps.length / 2); size >= 1 && Date.now() < until; size = Math.floor(size / 2)) {
    for (let at = best.steps.length - size; at >= 0; at -= size)
      await isSmaller({ ...best, steps: [...best.steps.slice(0, at), ...best.steps.slice(at + size)] });
  }
  return { plan: best, attempts };
}
