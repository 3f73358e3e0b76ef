import type { ExportedTexts } from '../../shared/contract/exchange';
import { request } from '../client/request';
import { countText } from '../ui/moment';
import { styleNonce } from '../ui/nonce';
import './print.css';

/** More rows than these are no reading matter, and take a browser minutes to lay out. */
export const mostPrinted = 10_000;

/**
 * A table on paper or as a PDF. The document stands in the page itself, where nothing but printing shows it; headers and page numbers are
 * the page's own margins, so that every way to print gives the same.
 */
export async function printTexts(title: string, texts: ExportedTexts): Promise<void> {
  await printSheet(title, documentOf(title, texts), texts.columns.length > 5);
}

/** Any part of a page on paper, on its own. */
export async function printSheet(title: string, sheet: HTMLElement, isWide = false): Promise<void> {
  sheet.classList.add('print-sheet');
  const style = document.createElement('style');
  style.nonce = styleNonce();
  style.textContent = pageStyle(title, isWide);
  document.head.append(style);
  document.body.append(sheet);
  document.documentElement.classList.add('printing');
  try {
    const { printed } = await request('files.print', { name: title });
    // A browser prints by itself, and waits here until it is done.
    if (!printed) window.print();
  } finally {
    document.documentElement.classList.remove('printing');
    sheet.remove();
    style.remove();
  }
}

const quoted = (text: string): string => JSON.stringify(text).replaceAll('</', '<\\/');

function pageStyle(title: string, isWide: boolean): string {
  const day = new Date().toLocaleDateString(undefined, { dateStyle: 'medium' });
  return `@page { size: A4 ${isWide ? 'landscape' : 'portrait'}; margin: 16mm 12mm 14mm;
    @top-left { content: ${quoted(title)}; } @top-right { content: ${quoted(day)}; }
    @bottom-right { content: counter(page) " / " counter(pages); } }`;
}

/** Wide columns get more of the page: by what most of their cells need, within limits. */
export function widthsOf({ columns, rows }: ExportedTexts): number[] {
  const sample = rows.slice(0, 200);
  const needs = columns.map(({ label }, i) => {
    const lengths = sample.map((row) => (row[i] ?? '').length).sort((a, b) => a - b);
    return Math.min(40, Math.max(label.length, lengths[Math.floor(lengths.length * 0.9)] ?? 0, 4));
  });
  const sum = needs.reduce((a, b) => a + b, 0);
  return needs.map((need) => (need / sum) * 100);
}

function documentOf(title: string, texts: ExportedTexts): HTMLElement {
  const sheet = element('section');
  const heading = element('h1');
  heading.textContent = `${title} (${countText(texts.rows.length)})`;
  const table = element('table');
  const group = element('colgroup');
  for (const width of widthsOf(texts)) {
    const col = element('col');
    col.style.width = `${width.toFixed(2)}%`;
    group.append(col);
  }
  const head = element('thead');
  head.append(
    line(
      texts,
      texts.columns.map(({ label }) => label),
      'th',
    ),
  );
  const body = element('tbody');
  for (const row of texts.rows) body.append(line(texts, row, 'td'));
  table.append(group, head, body);
  sheet.append(heading, table);
  return sheet;
}

function line({ columns }: ExportedTexts, cells: readonly string[], tag: 'th' | 'td'): HTMLElement {
  const row = element('tr');
  cells.forEach((text, i) => {
    const cell = element(tag, columns[i]?.isNumeric ? 'numeric' : '');
    cell.textContent = text;
    row.append(cell);
  });
  return row;
}

function element(tag: string, name = ''): HTMLElement {
  const made = document.createElement(tag);
  if (name) made.className = name;
  return made;
}
