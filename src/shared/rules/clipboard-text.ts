/**
 * Blocks of cells as spreadsheets put them on the clipboard: lines of texts with tabs between them. A text with a tab, a line break or a leading
 * quotation mark stands in quotation marks, with those inside it doubled (as Excel, LibreOffice and Google Sheets all do).
 */

/** Rows of texts, all of the same length. */
export type Block = string[][];

const quoted = (text: string): string => (/[\t\r\n]|^"/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Every row ends with a line break, but for a single cell, which is pasted into other programs as plain text. */
export function blockText(block: Block): string {
  if (block.length === 1 && block[0]!.length === 1) return quoted(block[0]![0]!);
  return block.map((row) => `${row.map(quoted).join('\t')}\n`).join('');
}

/**
 * Reads what any of them wrote: `\r\n` or `\n`, with or without a last one. Quotation marks that do not enclose a whole cell are part of its text.
 * Short rows are filled up with empty cells.
 */
export function readBlock(text: string): Block {
  const rows: Block = [[]];
  let at = 0;
  const isEnd = (i: number): boolean => i >= text.length || text[i] === '\t' || text[i] === '\n' || text[i] === '\r';
  while (at <= text.length) {
    const enclosed = text[at] === '"' ? enclosedEnd(text, at) : -1;
    const isQuoted = enclosed >= 0 && isEnd(enclosed + 1);
    let end = isQuoted ? enclosed + 1 : at;
    while (!isEnd(end)) end++;
    const cell = isQuoted ? text.slice(at + 1, enclosed).replaceAll('""', '"') : text.slice(at, end);
    rows.at(-1)!.push(cell.replaceAll('\r\n', '\n').replaceAll('\r', '\n'));
    if (end >= text.length) break;
    const isBreak = text[end] !== '\t';
    at = end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1);
    // The last line break ends the last row; it begins no other.
    if (isBreak && at >= text.length) break;
    if (isBreak) rows.push([]);
  }
  return rectangular(rows);
}

/** Where the quotation mark stands that closes the one at `start`; -1 where none does. */
function enclosedEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] !== '"') return at;
    at++;
  }
  return -1;
}

export function rectangular(rows: Block): Block {
  const width = Math.max(0, ...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...Array.from({ length: width - row.length }, () => '')]);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign]!).replaceAll('\n', '<br>');

/** The same block as a table, for programs that would rather have that: word processors, mail. */
export const blockHtml = (block: Block): string =>
  `<meta charset="utf-8"><table>${block
    .map((row) => `<tr>${row.map((text) => `<td>${escaped(text)}</td>`).join('')}</tr>`)
    .join('')}</table>`;
