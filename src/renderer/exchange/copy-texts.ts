import type { ExportedTexts } from '../../shared/contract/exchange';

const plain = (text: string): string => (/["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const marks: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };
const html = (text: string): string => text.replace(/[<>&"]/g, (mark) => marks[mark]!);

/** The table as spreadsheets and as word processors take it. */
export async function copyTexts({ columns, rows }: ExportedTexts): Promise<void> {
  const all = [columns.map(({ label }) => label), ...rows];
  const tsv = all.map((row) => row.map(plain).join('\t')).join('\r\n');
  const table = `<table>${all.map((row, i) => `<tr>${row.map((cell) => (i === 0 ? `<th>${html(cell)}</th>` : `<td>${html(cell)}</td>`)).join('')}</tr>`).join('')}</table>`;
  await navigator.clipboard.write([
    new ClipboardItem({
      'text/plain': new Blob([tsv], { type: 'text/plain' }),
      'text/html': new Blob([table], { type: 'text/html' }),
    }),
  ]);
}
