import type { AuditEntry, Digest, ScopeKey } from '../../../shared/contract/wire';
import {
  auditEntries,
  digest,
  signedOut,
  trailAnswers,
  understand,
  type TrailAnswer,
  type TrailQuestion,
} from './answers';
import type { Remote } from './connect';
import { z } from 'zod';

/** Who did what to a row, newest first; null where the session has ended. @param before the id of the oldest entry already seen */
export async function readHistory(
  remote: Remote,
  token: string,
  entity: string,
  rowId: string,
  before: number | null,
  limit: number,
): Promise<AuditEntry[] | null> {
  const answer = understand(
    z.union([signedOut, auditEntries]),
    await remote.call('history', [token, entity, rowId, before, limit]),
  );
  return 'err' in answer ? null : answer;
}

/** 256 buckets of count and hash of a scope's rows, to prove equality; null where the session has ended. */
export async function readDigest(remote: Remote, token: string, scope: ScopeKey): Promise<Digest | null> {
  const answer = await remote.call('digest', [token, scope]);
  if (signedOut.safeParse(answer).success) return null;
  return understand(digest, answer);
}

/** Asks about the audit trail; null where the session has ended. */
export async function askTrail<Q extends TrailQuestion>(
  remote: Remote,
  token: string,
  question: Q,
  args: Record<string, unknown>,
): Promise<TrailAnswer<Q> | null> {
  const said = await remote.call('ask', [token, question, JSON.stringify(args)]);
  if (signedOut.safeParse(said).success) return null;
  const { answer } = understand(z.object({ answer: z.unknown() }), said);
  return understand(trailAnswers[question] as unknown as z.ZodType<TrailAnswer<Q>>, answer);
}
