import { protocol, type PullResult, type ScopeKey } from '../../../shared/contract/wire';
import { understandPull } from './answers';
import type { Remote } from './connect';

export type Cursors = Partial<Record<ScopeKey, string>>;
export type Page = Extract<PullResult, { changes: unknown }>;

/** One page of what changed since the cursors. @param after what the page before handed back, null for the first of a round */
export async function readChanges(
  remote: Remote,
  token: string,
  cursors: Cursors,
  after: unknown,
  limit: number,
): Promise<PullResult> {
  return understandPull(
    await remote.call('pull', [
      token,
      protocol,
      JSON.stringify(cursors),
      after === null ? null : JSON.stringify(after),
      limit,
    ]),
  );
}
