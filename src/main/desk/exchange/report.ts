import { cellWords } from '../../../shared/rules/source-cell';
import type { Checked } from './check';
import { writeWhole, type DiskFile } from './disk-file';
import { csvLine } from './out-cell';
import { visibleColumns } from './plan';
import type { Scratch } from './scratch';
import { XlsxWriter } from './xlsx-write';

const reason = 'Why it was not imported';

/** The lines with errors as a file with the same columns and the reasons, to be corrected and imported again. */
export async function writeReport(
  scratch: Scratch,
  { plan }: Checked,
  columns: readonly string[],
  kind: 'csv' | 'xlsx',
  file: DiskFile,
): Promise<void> {
  const labels = plan.trip ? [...columns] : visibleColumns(columns);
  const lines = scratch.verdicts("kind = 'error'", [], -1).map(({ n, issues }) => {
    const cells = scratch.line(n);
    const why = issues.map(({ column, message }) => (column === '' ? message : `${column}: ${message}`)).join(' · ');
    return [...labels.map((label) => cellWords(cells[columns.indexOf(label)])), why];
  });
  if (kind === 'csv') {
    writeWhole(file, `\ufeff${[[...labels, reason], ...lines].map((line) => csvLine(line, ',')).join('')}`);
    return;
  }
  const out = await XlsxWriter.create(
    file,
    [...labels, reason].map((label) => ({
      label,
      width: label === reason ? 60 : 18,
      isHidden: label.startsWith('provost:'),
    })),
    'To correct',
  );
  for (const line of lines) await out.row(line);
  await out.close();
}
