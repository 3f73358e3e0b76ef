import type { TrailFilter } from '../../../shared/contract/trail';
import { request } from '../../client/request';

/** Writes what matches as lines of JSON, each with its link; the first line says what was asked and where every chain ends. */
export async function exportTrail(
  filter: TrailFilter,
  onProgress: (entries: number) => void,
  isStopped: () => boolean,
): Promise<boolean> {
  const chains = await request('audit.chains', {});
  const lines: string[] = [JSON.stringify({ provost: 'audit-proof', at: Date.now(), filter, chains })];
  for (let before: number | null | undefined; before !== null;) {
    if (isStopped()) return false;
    const page: { lines: string[]; next: number | null } = await request('audit.proof', {
      filter,
      ...(before === undefined ? {} : { before }),
    });
    lines.push(...page.lines);
    onProgress(lines.length - 1);
    before = page.next;
  }
  lines.push(JSON.stringify({ entries: lines.length - 1 }));
  const address = URL.createObjectURL(new Blob([lines.join('\n'), '\n'], { type: 'application/jsonl' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `audit-trail-${new Date().toISOString().slice(0, 10)}.jsonl`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return true;
}
