/**
 * Writes generated rows in bulk, with the past they are said to have.
 *
 * Triggers do not fire (`session_replication_role`): a trigger would date every audit entry today and cost ten times the insert. So what
 * the triggers keep is made here, set by set.
 * Invariant: afterwards `sync.head` holds exactly what the `sync.wanted_*` views want, and every row version has its audit entry.
 */
import type pg from 'pg';
import { allEntities, entityOf, type EntityName } from '../../shared/entities';
import { columnOf, type Entity, type FieldKind } from '../../shared/model';
import type { EarlierEdit, SeedChunk } from './rows';

const ROWS_PER_STATEMENT = 1000;
/** How the audit trail says that nobody typed it. */
const VIA = 'demonstration';

type Row = { id: string; createdAt: number; createdBy: string | null; earlier?: EarlierEdit[] } & Record<
  string,
  unknown
>;

export interface RowWriter {
  write(chunk: SeedChunk): Promise<void>;
  /** Makes the change log and the audit trail. Nothing may be written afterwards. */
  finish(): Promise<void>;
}

/** Must be called inside a transaction that has set `session_replication_role` to `replica`. No row is said to be made or edited later than `now`. */
export async function rowWriter(client: pg.Client, now: number): Promise<RowWriter> {
  await client.query(`create temp table seed_entry (at bigint, program_id uuid, user_id uuid, tbl smallint, row_id uuid, action text,
    old_version bigint, new_version bigint, changes jsonb) on commit drop`);
  // Small chunks wait until there is enough of them for a statement; the order of tables does not matter past the triggers.
  const waiting = new Map<EntityName, Row[]>();
  const flush = async (entity: EntityName, rows: Row[]) => {
    await insertRows(client, entityOf(entity), rows, now);
    await rememberEntries(client, entityOf(entity), rows, now);
  };
  return {
    async write({ entity, rows }) {
      const queue = waiting.get(entity) ?? [];
      waiting.set(entity, queue);
      for (const row of rows) queue.push(row as unknown as Row);
      while (queue.length >= ROWS_PER_STATEMENT) await flush(entity, queue.splice(0, ROWS_PER_STATEMENT));
    },
    async finish() {
      for (const [entity, rows] of waiting) if (rows.length > 0) await flush(entity, rows);
      // The views of the change log join tables that were empty a moment ago: without statistics they take minutes.
      await client.query(`analyze ${allEntities.map(({ name }) => `app.${name}`).join(', ')}`);
      await rebuildHead(client);
      await client.query(
        `insert into audit.entry (at, program_id, user_id, via, db_user, tbl, row_id, action, old_version, new_version, changes)
         select sync.instant(at), program_id, user_id, $1, session_user, tbl, row_id, action, old_version, new_version, changes
         from seed_entry order by at, tbl, row_id, new_version`,
        [VIA],
      );
    },
  };
}

async function insertRows(client: pg.Client, entity: Entity, rows: Row[], now: number): Promise<void> {
  const columns = ['id', ...Object.keys(entity.fields).map(columnOf)];
  const stamps = ['row_version', 'created_at', 'updated_at', 'created_by', 'updated_by'];
  const names = [...columns, ...stamps].join(', ');
  await client.query(
    `insert into app.${entity.name} (${names}) select ${names} from jsonb_populate_recordset(null::app.${entity.name}, $1)`,
    [JSON.stringify(rows.map((row) => record(entity, row, now)))],
  );
}

const iso = (millis: number) => new Date(millis).toISOString();

/** Canonical values whose column is of another shape; null stays null. */
const stored: Partial<Record<FieldKind, (value: unknown) => string | undefined>> = {
  timestamp: (value) => (typeof value === 'number' ? iso(value) : undefined),
  timeRange: (value) => (isRange(value) ? `[${iso(value[0])},${iso(value[1])})` : undefined),
};
const isRange = (value: unknown): value is [number, number] => Array.isArray(value) && value.length === 2;

function record(entity: Entity, row: Row, now: number): Record<string, unknown> {
  const last = row.earlier?.at(-1);
  const at = (millis: number) => iso(Math.min(millis, now));
  return {
    id: row.id,
    ...Object.fromEntries(
      Object.entries(entity.fields).map(([name, field]) => {
        const value = row[name];
        return [columnOf(name), stored[field.kind]?.(value) ?? value];
      }),
    ),
    row_version: 1 + (row.earlier?.length ?? 0),
    created_at: at(row.createdAt),
    updated_at: at(last?.at ?? row.createdAt),
    created_by: row.createdBy,
    updated_by: last ? last.by : row.createdBy,
  };
}

async function rememberEntries(client: pg.Client, entity: Entity, rows: Row[], now: number): Promise<void> {
  const entries = rows.flatMap((row) => entriesOf(entity, row, now));
  await client.query(
    `insert into seed_entry select * from jsonb_to_recordset($1) as e (at bigint, program_id uuid, user_id uuid, tbl smallint, row_id uuid,
       action text, old_version bigint, new_version bigint, changes jsonb)`,
    [JSON.stringify(entries)],
  );
}

/** What the triggers would have recorded, had the row been made and edited at those moments. */
export function entriesOf(entity: Entity, row: Row, now: number): Record<string, unknown>[] {
  const edits = row.earlier ?? [];
  const values: Record<string, unknown> = Object.fromEntries(
    Object.keys(entity.fields).map((name) => [name, row[name] ?? null]),
  );
  const program = entity.scope === 'program' ? row.programId : entity.scope === 'self' ? row.id : null;
  const entry = (at: number, by: string | null, version: number, changes: Record<string, unknown>) => ({
    at: Math.min(at, now),
    program_id: program,
    user_id: by,
    tbl: entity.number,
    row_id: row.id,
    action: version === 1 ? 'insert' : 'update',
    old_version: version === 1 ? null : version - 1,
    new_version: version,
    changes,
  });
  // Walks back from what is true now to what was entered at first.
  const updates = edits
    .map((edit, at) => ({ edit, version: at + 2 }))
    .reverse()
    .map(({ edit, version }) => {
      const changes = Object.fromEntries(
        Object.entries(edit.from).map(([name, before]) => [name, [before ?? null, values[name]]]),
      );
      Object.assign(values, edit.from);
      return entry(edit.at, edit.by, version, changes);
    })
    .reverse();
  const made = Object.entries(values).filter(([, value]) => value !== null);
  return [
    entry(row.createdAt, row.createdBy, 1, Object.fromEntries(made.map(([name, value]) => [name, [null, value]]))),
    ...updates,
  ];
}

/** Fills the change log of an empty `sync.head` from its definition, table by table. */
export async function rebuildHead(client: pg.Client, names?: readonly EntityName[]): Promise<void> {
  for (const entity of names?.map(entityOf) ?? allEntities) {
    await client.query(
      `insert into sync.head (class, owner, tbl, row_id, op) select w.class, w.owner, ${entity.number}, w.row_id, w.op from sync.wanted_${entity.name} w`,
    );
  }
}
