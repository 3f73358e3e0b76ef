/**
 * What happens in a history, drawn from its seed before anything happens: a list of steps, each with a seed of its own, so that a failing
 * history can be made shorter without the rest of it becoming another one.
 */
import { chanceFrom } from './chance';

/** What can go wrong on the wire in a turn of the sync. */
export const wireFaults = ['lost-request', 'lost-answer', 'cut-answer', 'duplicate', 'crash-in-turn'] as const;
/** What can go wrong or happen beside it. `world`: others change rows, also between two pages of a pull. */
export const otherFaults = [
  ...['world', 'rights', 'move', 'teach', 'long', 'hostile', 'crash', 'restore', 'damage', 'kill', 'epoch'],
] as const;
export type WireFault = (typeof wireFaults)[number];
export const allFaults: readonly string[] = [...wireFaults, ...otherFaults];

const weights = {
  edit: 46,
  turn: 28,
  world: 6,
  rights: 4,
  move: 3,
  teach: 1,
  long: 3,
  hostile: 3,
  crash: 3,
  backup: 3,
  restore: 2,
  kill: 1.5,
  damage: 0.6,
  epoch: 0.6,
};
export type StepKind = keyof typeof weights;
const FOCUSED = 6;

export interface Step {
  kind: StepKind;
  seat: number;
  salt: number;
}

export const seatRoles = ['program_admin', 'program_coordinator', 'tutor', 'super_admin'] as const;

export interface SeatPlan {
  role: (typeof seatRoles)[number];
  /** Of the two programs of the history, those the user begins with. */
  programs: number[];
  pageSize: number;
}

export interface Plan {
  seed: number;
  seats: SeatPlan[];
  steps: Step[];
  faults: readonly string[];
  /** What happens more often than elsewhere, also between the pages of a pull. */
  focus: readonly StepKind[];
  /** Milliseconds after which it counts as stuck. */
  within?: number;
}

export interface PlanOptions {
  steps?: number;
  desks?: number;
  faults?: readonly string[];
  focus?: readonly StepKind[];
  /** Of the seats after the first; drawn where none is named. */
  roles?: readonly SeatPlan['role'][];
}

export function planFor(seed: number, options: PlanOptions = {}): Plan {
  const chance = chanceFrom(seed);
  const faults = options.faults ?? allFaults;
  const focus = options.focus ?? [];
  const drawn = 2 + Math.min(chance.below(4), chance.below(4));
  const desks = options.desks ?? drawn;
  const seats = Array.from({ length: desks }, (_, at): SeatPlan => {
    const dice = chance.below(10);
    const drawnRole =
      at === 0 || dice < 4 ? 'program_admin' : dice < 7 ? 'program_coordinator' : dice < 9 ? 'tutor' : 'super_admin';
    const role = options.roles?.[at - 1] ?? drawnRole;
    const programs = at === 0 ? [0, 1] : [[0], [1], [0, 1]][chance.below(3)]!;
    return { role, programs, pageSize: 1 + chance.below(7) };
  });
  const steps = Array.from({ length: options.steps ?? 30 + chance.below(30) }, (): Step => {
    const kind = draw(chance.below(1_000_000) / 1_000_000, focus);
    const needs = kind === 'backup' ? 'restore' : kind;
    const isOn = kind === 'edit' || kind === 'turn' || faults.includes(needs);
    return { kind: isOn ? kind : 'edit', seat: chance.below(desks), salt: chance.below(2 ** 31) };
  });
  return { seed, seats, steps, faults, focus };
}

function draw(dice: number, focus: readonly StepKind[]): StepKind {
  const all = (Object.entries(weights) as [StepKind, number][]).map(
    ([kind, weight]) => [kind, focus.includes(kind) ? weight * FOCUSED : weight] as const,
  );
  let left = dice * all.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [kind, weight] of all) if ((left -= weight) < 0) return kind;
  return 'edit';
}
