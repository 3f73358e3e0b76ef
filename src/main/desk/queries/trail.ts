import { Refusal } from '../../../shared/contract/outcome';
import type { Output, Parsed } from '../../../shared/contract/requests';
import type { TrailAnswer, TrailQuestion } from '../remote/answers';

/** Asks the central database about the audit trail; null where the session has ended. Throws where it cannot be reached. */
export type AskTrail = <Q extends TrailQuestion>(
  question: Q,
  args: Record<string, unknown>,
) => Promise<TrailAnswer<Q> | null>;

/** The answer, or a refusal in words. */
export async function trail<Q extends TrailQuestion>(
  ask: AskTrail,
  question: Q,
  args: Record<string, unknown>,
): Promise<TrailAnswer<Q>> {
  const answer = await ask(question, args).catch((error: unknown) => {
    if (error instanceof Refusal) throw error;
    throw new Refusal({
      kind: 'offline',
      message:
        'The audit trail is kept on the server, which cannot be reached now. It shows again once you are connected.',
    });
  });
  if (answer === null)
    throw new Refusal({ kind: 'signed-out', message: 'Your session has ended. Sign in again to see the audit trail.' });
  return answer;
}

export async function verifySlice(ask: AskTrail, input: Parsed<'audit.verify'>): Promise<Output<'audit.verify'>> {
  const slice = await trail(ask, 'trail-verify', input);
  if (slice.refused)
    throw new Refusal({
      kind: 'forbidden',
      message: 'Only program admins verify the trail of their programs, and super admins that of all.',
    });
  return slice;
}

/** One slice of an export: each line an entry as people read it, and its link of the chain. */
export async function proof(ask: AskTrail, { filter, before }: Parsed<'audit.proof'>): Promise<Output<'audit.proof'>> {
  const { entries, next } = await trail(ask, 'trail-list', { filter, before, proof: true, limit: 500 });
  return {
    next,
    lines: entries.map(({ link = null, row: _row, ...entry }) => JSON.stringify({ ...entry, link })),
  };
}
