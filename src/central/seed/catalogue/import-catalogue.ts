/**
 * Loads a catalogue into the central database, beside what is there.
 *
 * Invariant: a row that is there already stays as it is: somebody may have changed it since. So loading a file twice changes nothing.
 */
import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { entityOf, type EntityName } from '../../../shared/entities';
import { columnOf, type Entity } from '../../../shared/model';
import { readCatalogue, type Catalogue, type CatalogueOptions, type CatalogueProblem } from './read-catalogue';

const ROWS_PER_STATEMENT = 500;

export interface CatalogueReport {
  /** Rows made, by entity. */
  rows: Partial<Record<EntityName, number>>;
  problems: CatalogueProblem[];
  summary: string[];
}

type Row = { id: string } & Record<string, unknown>;

export async function importCatalogueFile(
  client: pg.Client,
  path: string,
  options: CatalogueOptions = {},
): Promise<CatalogueReport> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `The file ${path} cannot be read: ${error.code === 'ENOENT' ? 'it does not exist' : error.message}.`,
    );
  });
  return importCatalogue(client, readCatalogue(bytes, options));
}

export async function importCatalogue(client: pg.Client, catalogue: Catalogue): Promise<CatalogueReport> {
  const { sections, lineOf } = catalogue;
  const problems = [...catalogue.problems];
  const rows: Partial<Record<EntityName, number>> = {};
  /** Rows that could not be made: what refers to them cannot be made either. */
  const blocked = new Set<string>();
  let there = 0;
  let different = 0;
  await client.query('begin');
  try {
    await client.query(`select set_config('provost.via', 'catalogue', true)`);
    for (const chunk of catalogue.chunks) {
      const entity = entityOf(chunk.entity);
      const wanted = chunk.rows as unknown as Row[];
      for (const row of wanted.filter((row) => refersTo(entity, row, blocked))) blocked.add(row.id);
      const before = await present(client, entity, wanted);
      const fresh = wanted.filter((row) => !before.has(row.id) && !blocked.has(row.id));
      if (entity.name === 'program_options') await continueOrder(client, fresh);
      await insert(client, entity, fresh);
      const after = await present(client, entity, wanted);
      const made = fresh.filter((row) => after.has(row.id));
      for (const row of wanted) {
        const isDeleted = after.get(row.id) === 'deleted';
        if (after.has(row.id) && !isDeleted) continue;
        if (!blocked.has(row.id))
          problems.push({ line: lineOf.get(row.id) ?? 0, kind: 'skipped', message: whyNot(entity, row, isDeleted) });
        blocked.add(row.id);
      }
      rows[chunk.entity] = made.length;
      there += before.size;
      different += await differing(
        client,
        entity,
        wanted.filter((row) => before.has(row.id)),
      );
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  problems.sort((a, b) => a.line - b.line);
  return { rows, problems, summary: summaryOf(sections, rows, there, different, problems) };
}

const refersTo = (entity: Entity, row: Row, blocked: ReadonlySet<string>): boolean =>
  blocked.size > 0 &&
  Object.entries(entity.fields).some(([name, field]) => field.kind === 'reference' && blocked.has(row[name] as string));

/** Which of the rows are in the database, and how. */
async function present(client: pg.Client, entity: Entity, rows: Row[]): Promise<Map<string, 'live' | 'deleted'>> {
  const found = await client.query<{ id: string; live: boolean }>(
    `select id, deleted_at is null as live from app.${entity.name} where id = any ($1)`,
    [rows.map((row) => row.id)],
  );
  return new Map(found.rows.map((row) => [row.id, row.live ? 'live' : 'deleted']));
}

const columnsOf = (entity: Entity): string[] => ['id', ...Object.keys(entity.fields).map(columnOf)];

const records = (entity: Entity, rows: Row[]): string =>
  JSON.stringify(
    rows.map((row) => ({
      id: row.id,
      ...Object.fromEntries(Object.keys(entity.fields).map((name) => [columnOf(name), row[name]])),
    })),
  );

async function insert(client: pg.Client, entity: Entity, rows: Row[]): Promise<void> {
  const columns = columnsOf(entity).join(', ');
  // Prices: the constraint that their days do not overlap waits for the end of a change, and so cannot be asked here.
  const known = entity.name === 'facility_course_pricing' ? '(id)' : '';
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    await client.query(
      `insert into app.${entity.name} (${columns}) select ${columns} from jsonb_populate_recordset(null::app.${entity.name}, $1) on conflict ${known} do nothing`,
      [records(entity, rows.slice(from, from + ROWS_PER_STATEMENT))],
    );
  }
}

/** New options come after those that a program has: an earlier term may have brought some. */
async function continueOrder(client: pg.Client, fresh: Row[]): Promise<void> {
  const { rows } = await client.query<{ key: string; last: number }>(
    `select program_id || ' ' || option_kind as key, max(sequence) as last from app.program_options where deleted_at is null group by 1`,
  );
  const last = new Map(rows.map((row) => [row.key, row.last]));
  for (const row of fresh) {
    const key = `${String(row.programId)} ${String(row.optionKind)}`;
    row.sequence = (last.get(key) ?? 0) + 1;
    last.set(key, row.sequence as number);
  }
}

/** Fields that tell nothing about whether the file and the database agree. */
const notCompared = ['sequence', 'assigned_at', 'assigned_by', 'last_login_at', 'status', 'email_verified'];

async function differing(client: pg.Client, entity: Entity, rows: Row[]): Promise<number> {
  const columns = columnsOf(entity).filter((column) => !notCompared.includes(column));
  const tuple = (of: string) => `(${columns.map((column) => `${of}.${column}`).join(', ')})`;
  const { rows: counted } = await client.query<{ count: number }>(
    `select count(*)::int as count from jsonb_populate_recordset(null::app.${entity.name}, $1) f join app.${entity.name} t using (id)
     where ${tuple('f')} is distinct from ${tuple('t')}`,
    [records(entity, rows)],
  );
  return counted[0]?.count ?? 0;
}

function whyNot(entity: Entity, row: Row, isDeleted: boolean): string {
  const name = entity.title.map((field) => String(row[field] ?? '')).join(' ');
  const what = `${entity.labels.one} “${name}”`;
  return isDeleted
    ? `${what} was loaded before and has been deleted since. Restore it to load what belongs to it.`
    : `${what} would repeat one that is in the database from elsewhere, so it was left out with what belongs to it.`;
}

function summaryOf(
  sections: number,
  rows: Partial<Record<EntityName, number>>,
  there: number,
  different: number,
  problems: CatalogueProblem[],
): string[] {
  const counted = (count: number, one: string, many: string) =>
    `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
  const made = Object.entries(rows)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => {
      const { one, many } = entityOf(name as EntityName).labels;
      return counted(count, one, many).toLowerCase();
    });
  const skipped = problems.filter((problem) => problem.kind === 'skipped').length;
  return [
    `${counted(sections, 'section', 'sections')} read. ${made.length > 0 ? `New: ${made.join(', ')}.` : 'Nothing new: nothing was changed.'}`,
    ...(there > 0
      ? [
          `${counted(there, 'row was', 'rows were')} there already and ${there === 1 ? 'stays as it is' : 'stay as they are'}.`,
        ]
      : []),
    ...(different > 0 ? [`${counted(different, 'of them differs', 'of them differ')} from the file.`] : []),
    ...(skipped > 0 ? [`${counted(skipped, 'line was', 'lines were')} skipped; each is listed with its number.`] : []),
  ];
}
