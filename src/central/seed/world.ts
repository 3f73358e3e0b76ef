/** What every part of the generator is handed: the seed, the day it is said to be, and the people that all programs share. */
import type { DemoKey } from './demo-accounts';
import { dateOf, millisOf } from './calendar';
import { uniqueHandles } from './names';
import { programs, type ProgramPlan } from './plans';
import { randomFor, stableId, type Random } from './random';

export interface World {
  seed: number;
  /** `YYYY-MM-DD`: prices, ages and dates are plausible as seen from here. */
  today: string;
  /** The beginning of that day: nothing in the seed happened later. */
  now: number;
  factor: number;
  id(...key: (string | number)[]): string;
  random(...label: (string | number)[]): Random;
  /** Each handle once in the whole seed. */
  handle(wanted: string): string;
}

export const newWorld = (seed: number, today: string, factor: number): World => ({
  seed,
  today,
  now: millisOf(today),
  factor,
  id: (...key) => stableId(seed, ...key),
  random: (...label) => randomFor(seed, ...label),
  handle: uniqueHandles(),
});

/** One program, and of what the factor multiplies in it, one part: its sites, courses and students. */
export interface Block {
  world: World;
  plan: ProgramPlan;
  programId: string;
  /** From 0 to factor - 1. */
  part: number;
  /** Ids are keyed by program and part. */
  id(...key: (string | number)[]): string;
  random(...label: (string | number)[]): Random;
}

export const blockOf = (world: World, plan: ProgramPlan, part: number): Block => ({
  world,
  plan,
  programId: programId(world, plan.code),
  part,
  id: (...key) => world.id(plan.code, part, ...key),
  random: (...label) => world.random(plan.code, part, ...label),
});

export const programId = (world: World, code: string): string => world.id('programs', code);
export const demoUserId = (world: World, key: DemoKey): string => world.id('users', 'demo', key);
export const tutorId = (world: World, code: string, at: number): string => world.id('users', 'tutor', code, at);
export const coordinatorId = (world: World, code: string): string =>
  code === 'LAG-SWIM' ? demoUserId(world, 'swimCoordinator') : world.id('users', 'coordinator', code);

const demoAdmins: Partial<Record<string, DemoKey>> = {
  'LAG-SWIM': 'swimAdmin',
  'YTC-ELEC': 'collegeAdmin',
  'YTC-COMP': 'collegeAdmin',
  'ACC-SWIM': 'accraAdmin',
};
export const adminId = (world: World, code: string): string => {
  const demo = demoAdmins[code];
  return demo ? demoUserId(world, demo) : world.id('users', 'admin', code);
};
export const hasDemoAdmin = (code: string): boolean => demoAdmins[code] !== undefined;

/** Tutors of a program; the first of Lagos Swim School is the demonstration's own. */
export const tutorsPerProgram = 3;
export const tutorIds = (world: World, code: string): string[] =>
  Array.from({ length: tutorsPerProgram }, (_, at) =>
    code === 'LAG-SWIM' && at === 0 ? demoUserId(world, 'swimTutor') : tutorId(world, code, at),
  );

/** A moment in working hours of a day. */
export const momentOn = (date: string, random: Random): number => millisOf(date) + random.int(7 * 60, 17 * 60) * 60_000;

/** When the platform was set up: before everything else in the seed. */
export const foundingDay = (world: World): string => dateOf(millisOf(world.today) - 800 * 86_400_000);

export const planOf = (code: string): ProgramPlan => {
  const plan = programs.find((candidate) => candidate.code === code);
  if (!plan) throw new Error(`There is no program ${code}.`);
  return plan;
};
