import type { Job, JobResult } from '../../shared/contract/exchange';
import { Refusal } from '../../shared/contract/outcome';
import { request } from '../client/request';

export type Running = Extract<Job, { state: 'running' }>;

const every = 120;

/** Waits for long work of the desk. @returns null where it was cancelled @throws Refusal where it failed */
export async function followJob<K extends JobResult['kind']>(
  job: string,
  kind: K,
  onProgress: (running: Running) => void,
  signal: AbortSignal,
): Promise<Extract<JobResult, { kind: K }> | null> {
  signal.addEventListener('abort', () => void request('jobs.cancel', { job }), { once: true });
  for (;;) {
    const state = await request('jobs.read', { job });
    switch (state.state) {
      case 'running':
        onProgress(state);
        await new Promise((resolve) => setTimeout(resolve, every));
        break;
      case 'cancelled':
        return null;
      case 'failed':
        throw new Refusal({ kind: 'invalid', message: state.message, issues: [] });
      case 'done':
        return state.result.kind === kind ? (state.result as Extract<JobResult, { kind: K }>) : null;
    }
  }
}
