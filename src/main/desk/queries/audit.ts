import { Refusal } from '../../../shared/contract/outcome';
import type { Output, Parsed } from '../../../shared/contract/requests';
import { entityOf } from '../../../shared/entities';
import { maskValue } from '../../../shared/rules/masking';
import type { AuditEntry } from '../../../shared/contract/wire';

/** Asks the server who did what to a row; null where the session has ended. Throws where it cannot be reached. */
export type ReadHistory = (
  entity: string,
  id: string,
  before: number | null,
  limit: number,
) => Promise<AuditEntry[] | null>;

/**
 * The history of a row, newest first. It is kept by the server alone, so that no desk can lose or change it.
 * Security: what is masked in the row is masked in its history.
 */
export async function audit(
  readHistory: ReadHistory,
  { entity, id, before, limit }: Parsed<'audit.read'>,
): Promise<Output<'audit.read'>> {
  const entries = await readHistory(entity, id, before ?? null, limit).catch((error: unknown) => {
    if (error instanceof Refusal) throw error;
    throw new Refusal({
      kind: 'offline',
      message: 'The history is kept on the server, which cannot be reached now. It shows again once you are connected.',
    });
  });
  if (!entries)
    throw new Refusal({ kind: 'signed-out', message: 'Your session has ended. Sign in again to see the history.' });
  const { fields } = entityOf(entity);
  return entries.map((entry) => ({
    ...entry,
    changes: Object.fromEntries(
      Object.entries(entry.changes).map(([name, [old, now]]) => [
        name,
        [maskValue(fields[name], old), maskValue(fields[name], now)],
      ]),
    ),
  }));
}
