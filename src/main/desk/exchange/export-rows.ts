import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import type { ExportedTexts } from '../../../shared/contract/exchange';
import type { Parsed } from '../../../shared/contract/requests';
import { entityOf, type EntityName } from '../../../shared/entities';
import { timestamp, type AnyRow, type Entity, type Field } from '../../../shared/model';
import { cellText } from '../../../shared/rules/cell-text';
import { numberText } from '../../../shared/rules/number-text';
import type { QueryContext } from '../context';
import type { Readable } from '../local/handles';
import { shapeOf } from '../local/rows';
import { statement } from '../local/statements';
import { CellContexts } from '../queries/cell-contexts';
import { rowsAt, titlesIn } from '../queries/page-rows';
import { turner, type DiskFile } from './disk-file';
import type { Work } from './jobs';
import { csvLine, exported, plainText, workbookCell, type Exported } from './out-cell';
import { fingerprint, hiddenHeaders } from './round-trip';
import { longestCell, XlsxWriter, type OutColumn } from './xlsx-write';

/**
 * The rows of a view as a file. They are read as the view stood when it began, a few hundred at a time, from the same masked rows a grid
 * shows.
 */

type Asked = Parsed<'export.start'>;

interface Column {
  name: string;
  field: Field;
  label: string;
}

interface OutRow {
  row: AnyRow;
  titles: Readonly<Record<string, string>>;
}

const stamps: Record<string, Field> = {
  createdAt: timestamp({ label: 'Added', readOnly: true }),
  updatedAt: timestamp({ label: 'Last changed', readOnly: true }),
};
const numeric = ['integer', 'money', 'percent', 'order'];
const batch = 400;

export async function exportRows(context: QueryContext, asked: Asked, file: DiskFile, work: Work): Promise<void> {
  const entity = entityOf(asked.view.entity);
  const columns = columnsOf(entity, asked.columns);
  const rids = chosen(context, asked);
  const cells = new CellContexts(context.read, asked.locale);
  const out = await writers[asked.format]({ asked, entity, columns, cells, file });
  work.begin('Writing the file', rids.length);
  try {
    for (let from = 0; from < rids.length; from += batch) {
      for (const row of rowsIn(context.read, asked.view.entity, rids.subarray(from, from + batch))) await out.row(row);
      work.done = Math.min(rids.length, from + batch);
      await work.breathe();
    }
    await out.close();
  } catch (error) {
    await out.abandon();
    throw error;
  }
}

function columnsOf(entity: Entity, names: readonly string[]): Column[] {
  return names.flatMap((name) => {
    const field = entity.fields[name] ?? stamps[name];
    return field ? [{ name, field, label: field.options.label }] : [];
  });
}

/** The rows asked for, in the order of the view. */
function chosen({ read, views }: QueryContext, { view, ids }: Asked): Int32Array {
  const { rids } = views.get(read, view);
  if (!ids) return rids.slice();
  const wanted = new Set(
    statement(read, `select rid from ${view.entity} where id in (select value from json_each(?))`)
      .pluck()
      .all(JSON.stringify(ids)) as number[],
  );
  return rids.filter((rid) => wanted.has(rid));
}

function rowsIn(read: Readable, name: EntityName, rids: Int32Array): OutRow[] {
  const fields = shapeOf(name).columns.map((column) => column.name);
  const rows = rowsAt(read, name, rids);
  const titles = titlesIn(read, name, rows);
  return rows.map((row) => ({ titles, row: Object.fromEntries(fields.map((field, i) => [field, row[i]])) as AnyRow }));
}

interface Target {
  asked: Asked;
  entity: Entity;
  columns: Column[];
  cells: CellContexts;
  file: DiskFile;
}

interface Writer {
  row(row: OutRow): Promise<void>;
  close(): Promise<void>;
  abandon(): Promise<void>;
}

const exportedOf = ({ entity, cells }: Target, { name, field }: Column, { row, titles }: OutRow): Exported =>
  exported(field, row[name], cells.of(entity, field, row, titles));

/** The fingerprint of every cell of a row, as it is written; what a cell cannot hold whole is left out and never taken back. */
export function baseOf(target: Pick<Target, 'entity' | 'cells' | 'columns'>, row: OutRow): Record<string, string> {
  const base: Record<string, string> = {};
  for (const column of target.columns) {
    const { cell } = exportedOf(target as Target, column, row);
    base[column.name] =
      typeof cell === 'string' && cell.length > longestCell
        ? fingerprint(cell.slice(0, longestCell))
        : fingerprint(cell);
  }
  return base;
}

const writers: Record<Asked['format'], (target: Target) => Promise<Writer>> = {
  csv: (target) => {
    const { locale } = target.asked;
    const decimal = numberText(1.5, locale).includes(',') ? ',' : '.';
    const separator = decimal === ',' ? ';' : ',';
    // The mark tells Excel that it is UTF-8.
    const head = `\ufeff${csvLine(
      target.columns.map(({ label }) => label),
      separator,
    )}`;
    const out = new TextFile(target.file, head);
    return Promise.resolve({
      async row(row) {
        await out.write(
          csvLine(
            target.columns.map((column) => plainText(exportedOf(target, column, row), decimal)),
            separator,
          ),
        );
      },
      close: () => out.close(),
      abandon: () => out.abandon(),
    });
  },
  xlsx: async (target) => {
    const { asked, entity, columns, file } = target;
    const hidden = asked.roundTrip ? hiddenHeaders(entity.name) : [];
    const out = await XlsxWriter.create(
      file,
      [...columns.map(widthOf), ...hidden.map((label): OutColumn => ({ label, width: 12, isHidden: true }))],
      entity.labels.many,
    );
    return {
      row(row) {
        const line = columns.map((column) => workbookCell(exportedOf(target, column, row)));
        if (asked.roundTrip) line.push(row.row.id, String(row.row.rowVersion), JSON.stringify(baseOf(target, row)));
        return out.row(line);
      },
      close: () => out.close(),
      abandon: () => out.abandon(),
    };
  },
  texts: (target) => {
    const { columns, cells, entity } = target;
    const head: ExportedTexts['columns'] = columns.map(({ name, field, label }) => ({
      field: name,
      label,
      isNumeric: numeric.includes(field.kind),
    }));
    const out = new TextFile(target.file, `{"columns":${JSON.stringify(head)},"rows":[`);
    let isFirst = true;
    return Promise.resolve({
      async row({ row, titles }) {
        const texts = columns.map(({ name, field }) =>
          cellText(field, row[name], cells.of(entity, field, row, titles)),
        );
        await out.write(`${isFirst ? '' : ','}${JSON.stringify(texts)}`);
        isFirst = false;
      },
      async close() {
        await out.write(']}');
        await out.close();
      },
      abandon: () => out.abandon(),
    });
  },
};

/** Characters, by what a column usually holds. */
function widthOf({ field, label }: Column): OutColumn {
  const usual: Partial<Record<Field['kind'], number>> = {
    text: 24,
    markdown: 48,
    email: 28,
    url: 28,
    reference: 24,
    list: 28,
    money: 14,
    date: 12,
    timestamp: 18,
  };
  return { label, width: Math.max(usual[field.kind] ?? 12, Math.min(40, label.length + 3)) };
}

class TextFile {
  readonly #stream: WriteStream;
  readonly #turn: (bytes: Buffer) => Buffer;
  #failure: Error | null = null;

  constructor(file: DiskFile, head: string) {
    this.#turn = turner(file);
    this.#stream = createWriteStream(file.path, { mode: 0o600, highWaterMark: 256 * 1024 });
    this.#stream.on('error', (error) => (this.#failure = error));
    this.#stream.write(this.#turn(Buffer.from(head)));
  }

  async write(text: string): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (!this.#stream.write(this.#turn(Buffer.from(text)))) await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    this.#stream.end();
    await once(this.#stream, 'close');
    if (this.#failure) throw this.#failure;
  }

  abandon(): Promise<void> {
    this.#stream.destroy();
    return Promise.resolve();
  }
}
