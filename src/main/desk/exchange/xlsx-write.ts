import type { DiskFile } from './disk-file';
import { ZipWriter } from './zip-write';

/** Writes one sheet as a workbook, row by row: typed cells, a header that stays, widths, hidden columns. */

export interface OutColumn {
  label: string;
  /** Characters. */
  width: number;
  isHidden?: boolean;
}

/** A cell: a text, a truth, or a number (as exact decimal text) with the format it is shown in. */
export type OutCell = string | boolean | null | { number: string; format: string };

const general = 'General';
/** Number formats every spreadsheet shows in the habit of its own country. */
export const nativeFormats = { whole: '#,##0', percent: '0%', day: 'day', moment: 'moment' } as const;
const builtIn: Record<string, number> = { [general]: 0, '#,##0': 3, '0%': 9, day: 14, moment: 22 };

const styleHeader = 1;
const styleText = 2;
/** Shown with an apostrophe where it is edited: a text that would be taken for a formula stays a text. */
const styleGuarded = 3;
const firstFormat = 4;
const flushAt = 64 * 1024;
/** What a cell of a spreadsheet can hold. */
export const longestCell = 32_767;

export class XlsxWriter {
  #pending = '';
  #row = 0;
  #formats = new Map<string, number>();

  private constructor(
    private readonly zip: ZipWriter,
    private readonly columns: readonly OutColumn[],
  ) {}

  static async create(file: DiskFile, columns: readonly OutColumn[], title: string): Promise<XlsxWriter> {
    const zip = await ZipWriter.create(file);
    const writer = new XlsxWriter(zip, columns);
    await writer.#begin(title);
    return writer;
  }

  async #begin(title: string): Promise<void> {
    await this.zip.part('[Content_Types].xml', contentTypes);
    await this.zip.part('_rels/.rels', rootRelations);
    await this.zip.part('xl/workbook.xml', workbook(title));
    await this.zip.part('xl/_rels/workbook.xml.rels', bookRelations);
    await this.zip.begin('xl/worksheets/sheet1.xml');
    const cols = this.columns
      .map(
        ({ width, isHidden }, i) =>
          `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"${isHidden ? ' hidden="1"' : ''}/>`,
      )
      .join('');
    this.#pending = `${xml}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${cols}</cols><sheetData>`;
    this.#line(
      this.columns.map(
        ({ label }) => `t="inlineStr" s="${styleHeader}"><is><t xml:space="preserve">${escaped(label)}</t></is>`,
      ),
    );
  }

  async row(cells: readonly OutCell[]): Promise<void> {
    this.#line(cells.map((cell) => this.#cell(cell)));
    if (this.#pending.length >= flushAt) await this.#flush();
  }

  async close(): Promise<void> {
    const visible = this.columns.filter((column) => !column.isHidden).length;
    const range = `A1:${letters(Math.max(0, visible - 1))}${Math.max(1, this.#row)}`;
    this.#pending += `</sheetData><autoFilter ref="${range}"/></worksheet>`;
    await this.#flush();
    await this.zip.end();
    await this.zip.part('xl/styles.xml', styles([...this.#formats.keys()]));
    await this.zip.close();
  }

  abandon(): Promise<void> {
    return this.zip.abandon();
  }

  #line(cells: readonly (string | null)[]): void {
    const n = ++this.#row;
    let line = `<row r="${n}">`;
    cells.forEach((cell, i) => {
      if (cell !== null) line += `<c r="${letters(i)}${n}" ${cell}</c>`;
    });
    this.#pending += `${line}</row>`;
  }

  #cell(cell: OutCell): string | null {
    if (cell === null || cell === '') return null;
    if (typeof cell === 'boolean') return `t="b"><v>${cell ? 1 : 0}</v>`;
    if (typeof cell === 'string') {
      const style = isFormulaLike(cell) ? styleGuarded : styleText;
      return `t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(cell.slice(0, longestCell))}</t></is>`;
    }
    let at = this.#formats.get(cell.format);
    if (at === undefined) this.#formats.set(cell.format, (at = this.#formats.size + firstFormat));
    return `s="${at}"><v>${cell.number}</v>`;
  }

  async #flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    await this.zip.write(text);
  }
}

/** Security: a text that begins like this is run as a formula by a spreadsheet that opens it. */
export const isFormulaLike = (text: string): boolean => /^[=+\-@\t\r]/.test(text);

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const mime = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const contentTypes = `${xml}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${mime}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${mime}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${mime}.styles+xml"/></Types>`;
const rootRelations = `${xml}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;
const bookRelations = `${xml}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`;
const workbook = (title: string): string =>
  `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escaped(sheetName(title))}" sheetId="1" r:id="rId1"/></sheets></workbook>`;

/** At most 31 characters, and none of those a reference could be mistaken at. */
const sheetName = (title: string): string =>
  title
    .replace(/[[\]:*?/\\]/g, ' ')
    .slice(0, 31)
    .trim() || 'Sheet';

function styles(formats: readonly string[]): string {
  const own = formats.filter((format) => builtIn[format] === undefined);
  const codes = own.map((format, i) => `<numFmt numFmtId="${164 + i}" formatCode="${escaped(format)}"/>`).join('');
  const ids = formats.map((format) => builtIn[format] ?? 164 + own.indexOf(format));
  const plain = 'fontId="0" fillId="0" borderId="0" xfId="0"';
  const cells = [
    `<xf numFmtId="0" ${plain}/>`,
    `<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>`,
    `<xf numFmtId="49" ${plain} applyNumberFormat="1"/>`,
    `<xf numFmtId="49" ${plain} applyNumberFormat="1" quotePrefix="1"/>`,
    ...ids.map((id) => `<xf numFmtId="${id}" ${plain} applyNumberFormat="1"/>`),
  ];
  const numFmts = own.length > 0 ? `<numFmts count="${own.length}">${codes}</numFmts>` : '';
  return `${xml}<styleSheet xmlns="${main}">${numFmts}<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${cells.length}">${cells.join('')}</cellXfs></styleSheet>`;
}

const marks: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** What XML cannot hold is left out; what Excel would read as one of its own escapes is escaped. */
function escaped(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[^\P{Cc}\t\n\r\x7f-\x9f]|\p{Cs}|[\ufffe\uffff]/gu, '')
    .replace(/[<>&"]/g, (mark) => marks[mark]!)
    .replace(/\r/g, '&#13;');
}

/** 27 -> AB */
function letters(index: number): string {
  let name = '';
  for (let i = index; i >= 0; i = Math.floor(i / 26) - 1) name = String.fromCharCode(65 + (i % 26)) + name;
  return name;
}
