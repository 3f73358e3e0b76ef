/** Whether archived months of the audit trail are whole, follow one another, and lead up to what the database holds. */
import type pg from 'pg';
import { archivesIn, checkArchive, type ChainEnds } from './archive-file';
import { basesOf } from './tidy';

export async function verifyArchives(
  client: pg.ClientBase,
  dir: string,
): Promise<{ files: number; rows: number; problems: string[] }> {
  const problems: string[] = [];
  const files = await archivesIn(dir, 'audit');
  let rows = 0;
  let ends: ChainEnds | undefined;
  for (const path of files) {
    const checked = await checkArchive(path);
    rows += checked.rows;
    if (checked.problem !== null) problems.push(`${checked.file}: ${checked.problem}`);
    else if (ends && differ(ends, checked.from))
      problems.push(`${checked.file}: does not go on where the month before ended`);
    ends = checked.to;
  }
  if (differ(ends ?? {}, await basesOf(client)))
    problems.push('the database does not go on where the last archived month ended');
  return { files: files.length, rows, problems };
}

const differ = (one: ChainEnds, other: ChainEnds): boolean =>
  Object.keys({ ...one, ...other }).some((chain) => one[chain]?.hash !== other[chain]?.hash);
