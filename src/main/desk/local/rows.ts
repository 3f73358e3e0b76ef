import type Database from 'better-sqlite3';
import { entityOf, type EntityName } from '../../../shared/entities';
import { loadColumns, type AnyRow, type Field } from '../../../shared/model';
import { canonicalJson } from '../../../shared/rules/canonical-json';
import type { Readable, Writable } from './handles';
import { statement } from './statements';
import { decode, encode, storedAs, type SqlValue } from './storage';

/**
 * Rows in and out of their tables, by prepared statements. These know nothing of outbox, undo or scopes: only `write.ts` and the first
 * load call them to change anything.
 */

/** A column and the declaration of its field; null for the id and the stamp. */
export interface ShapeColumn {
  name: string;
  column: string;
  field: Field | null;
}

interface Shape {
  columns: readonly ShapeColumn[];
  /** Indexes of the columns that hold canonical JSON. */
  json: readonly number[];
  put: string;
  drop: string;
  read: string;
}

const shapes = new Map<EntityName, Shape>();

export function shapeOf(name: EntityName): Shape {
  const hit = shapes.get(name);
  if (hit) return hit;
  const entity = entityOf(name);
  const columns = loadColumns(entity).map(({ field, column }) => ({
    name: field,
    column,
    field: entity.fields[field] ?? null,
  }));
  const names = columns.map((c) => c.column);
  const shape: Shape = {
    columns,
    json: columns.flatMap((c, i) => (c.field && storedAs[c.field.kind] === 'json' ? [i] : [])),
    put:
      `insert into ${name} (${names.join(', ')}) values (${names.map(() => '?').join(', ')}) on conflict (id) do update set ` +
      names
        .slice(1)
        .map((column) => `${column} = excluded.${column}`)
        .join(', '),
    drop: `delete from ${name} where id = ?`,
    read: `select ${names.join(', ')} from ${name} where id = ?`,
  };
  shapes.set(name, shape);
  return shape;
}

/** Puts a row of canonical values, keyed by field name. A field it does not name becomes empty. */
export function putRow(db: Writable, name: EntityName, row: Record<string, unknown>): void {
  const shape = shapeOf(name);
  statement(db, shape.put).run(
    shape.columns.map((c) => encode(c.field, c.name === 'rowVersion' ? (row[c.name] ?? 0) : row[c.name])),
  );
}

/**
 * Puts a row as it streams: the columns of `loadColumns` in order, numbers as numbers or as digits (the columns convert), booleans as 0 and
 * 1, what has parts as JSON text, which is made canonical here. The array is the statement's own afterwards.
 */
export function putRowArray(db: Writable, name: EntityName, values: SqlValue[]): void {
  const shape = shapeOf(name);
  for (const i of shape.json) {
    if (values[i] !== null) values[i] = canonicalJson(JSON.parse(values[i] as string));
  }
  statement(db, shape.put).run(values);
}

/** A streamed row as canonical values, keyed by field. */
export function decodeArray(name: EntityName, values: readonly SqlValue[]): AnyRow {
  const columns = shapeOf(name).columns;
  const numeric = (c: ShapeColumn): boolean =>
    c.field
      ? ['integer', 'boolean'].includes(storedAs[c.field.kind])
      : ['rowVersion', 'createdAt', 'updatedAt'].includes(c.name);
  return Object.fromEntries(
    columns.map((c, i) => {
      const value = values[i] ?? null;
      return [c.name, decode(c.field, value !== null && numeric(c) ? Number(value) : value)];
    }),
  ) as AnyRow;
}

/** @returns whether there was such a row */
export const dropRow = (db: Writable, name: EntityName, id: string): boolean =>
  statement(db, shapeOf(name).drop).run(id).changes > 0;

export function readRow(db: Readable, name: EntityName, id: string): AnyRow | null {
  const row = statement(db, shapeOf(name).read).get(id) as Record<string, unknown> | undefined;
  return row ? decodeRow(name, row) : null;
}

/** `readRow` of one store, as a function to hand on. */
export const readerOf =
  (db: Readable) =>
  (name: EntityName, id: string): AnyRow | null =>
    readRow(db, name, id);

/** A row as SQLite gives it (keyed by column) as a row of canonical values (keyed by field). */
export function decodeRow(name: EntityName, row: Record<string, unknown>): AnyRow {
  const decoded: Record<string, unknown> = {};
  for (const { name: field, column, field: declared } of shapeOf(name).columns) {
    decoded[field] = decode(declared, row[column] ?? null);
  }
  return decoded as AnyRow;
}

/** Rows by any condition, decoded. `tail` is SQL from this code base, never from a person. */
export function readRows(db: Readable, name: EntityName, tail: string, ...values: unknown[]): AnyRow[] {
  const columns = shapeOf(name).columns.map((c) => `t.${c.column}`);
  const sql = `select ${columns.join(', ')} from ${name} t ${tail}`;
  return (statement(db as Database.Database, sql).all(...values) as Record<string, unknown>[]).map((row) =>
    decodeRow(name, row),
  );
}
