import { expect, it } from 'vitest';
import { planFor } from './plan';
import { shrink } from './shrink';

it('keeps what a failure needs, and little else', async () => {
  const plan = planFor(7, { steps: 40, desks: 4 });
  const needed = [plan.steps[11]!, plan.steps[30]!].map((step) => ({ ...step, seat: 0 }));
  plan.steps.splice(11, 1, needed[0]!);
  plan.steps.splice(30, 1, needed[1]!);
  const shrunk = await shrink(plan, async ({ steps }) => needed.every((step) => steps.includes(step)), 10_000);
  expect(shrunk.plan.steps).toEqual(needed);
  expect(shrunk.plan.seats).toHaveLength(2);
  expect(shrunk.plan.faults).toEqual([]);
});

it('draws the same plan from the same seed, and another one from another', () => {
  expect(planFor(3)).toEqual(planFor(3));
  expect(planFor(3)).not.toEqual(planFor(4));
});
