import { rectangular, type Block } from '../../../shared/rules/clipboard-text';

const widest = 500;

/** The first table of an HTML text as a block, for programs that put nothing else on the clipboard; null where there is none. */
export function readHtmlTable(html: string): Block | null {
  // Security: parsed into a document of its own, in which nothing runs or loads; only its texts are read.
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table');
  if (!table) return null;
  const rows = [...table.querySelectorAll('tr')].map((row) =>
    [...row.querySelectorAll('td, th')].flatMap((cell) => {
      const span = Math.min(widest, Number(cell.getAttribute('colspan') ?? 1) || 1);
      return [textOf(cell), ...Array.from({ length: span - 1 }, () => '')];
    }),
  );
  return rows.length > 0 ? rectangular(rows) : null;
}

function textOf(cell: Element): string {
  for (const br of cell.querySelectorAll('br')) br.replaceWith('\n');
  return (cell.textContent ?? '')
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}
