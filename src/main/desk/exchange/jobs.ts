import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { Refusal } from '../../../shared/contract/outcome';
import type { Job, JobResult } from '../../../shared/contract/exchange';

/** Somebody pressed Cancel, or signed out. */
export class Cancelled extends Error {}

/** How long a piece of work may keep the desk to itself, in milliseconds. */
const sliceMs = 12;

/** Long work done bit by bit between everything else the desk is asked. */
export class Work {
  phase = '';
  done = 0;
  of: number | null = null;
  isCancelled = false;
  #since = performance.now();

  begin(phase: string, of: number | null = null): void {
    this.phase = phase;
    this.done = 0;
    this.of = of;
  }

  /** Is the slice used up? Asking is cheaper than waiting for an answer that comes at once. */
  get isDue(): boolean {
    return performance.now() - this.#since >= sliceMs;
  }

  /** Lets others have their turn where the slice is used up. @throws Cancelled */
  async breathe(): Promise<void> {
    if (!this.isDue) return;
    await turn();
    if (this.isCancelled) throw new Cancelled();
    this.#since = performance.now();
  }
}

interface Running {
  work: Work;
  job: Job | null;
  ended: Promise<void>;
}

/** Finished jobs are remembered until this many came after them. */
const remembered = 20;

export class Jobs {
  #jobs = new Map<string, Running>();

  constructor(private readonly unforeseen: (error: unknown) => string) {}

  start(run: (work: Work) => Promise<JobResult>): { job: string } {
    const id = randomUUID();
    const running: Running = { work: new Work(), job: null, ended: Promise.resolve() };
    this.#jobs.set(id, running);
    for (const [old, { job }] of this.#jobs) {
      if (this.#jobs.size <= remembered) break;
      if (job) this.#jobs.delete(old);
    }
    running.ended = turn()
      .then(() => run(running.work))
      .then(
        (result) => {
          running.job = { state: 'done', result };
        },
        (error: unknown) => {
          if (error instanceof Cancelled) running.job = { state: 'cancelled' };
          else if (error instanceof Refusal) running.job = { state: 'failed', message: error.message };
          else running.job = { state: 'failed', message: this.unforeseen(error) };
        },
      );
    return { job: id };
  }

  read(id: string): Job {
    const running = this.#jobs.get(id);
    if (!running) return { state: 'cancelled' };
    const { phase, done, of } = running.work;
    return running.job ?? { state: 'running', phase, done, of };
  }

  cancel(id: string): boolean {
    const running = this.#jobs.get(id);
    if (!running || running.job) return false;
    running.work.isCancelled = true;
    return true;
  }

  async cancelAll(): Promise<void> {
    for (const id of this.#jobs.keys()) this.cancel(id);
    await Promise.all([...this.#jobs.values()].map(({ ended }) => ended));
  }
}
