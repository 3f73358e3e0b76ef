import { protocol, type Mutation, type PushResult } from '../../../shared/contract/wire';
import { pushResult, understand } from './answers';
import type { Remote } from './connect';
import { nonsense } from './remote-error';

/**
 * Sends a batch and returns what became of each. Every result must be of a mutation of the batch: a settled mutation leaves the queue, so a
 * wrong pairing would lose an edit.
 */
export async function pushChanges(
  remote: Remote,
  token: string,
  deviceId: string,
  batch: readonly Mutation[],
): Promise<PushResult> {
  const result = understand(pushResult, await remote.call('push', [token, deviceId, protocol, JSON.stringify(batch)]));
  if (!('results' in result)) return result;
  const ids = new Map(batch.map((mutation) => [mutation.seq, mutation.id]));
  for (const one of result.results) if (ids.get(one.seq) !== one.id) throw nonsense();
  return result;
}
