/**
 * The PostgreSQL table of an entity, for drizzle-kit. Everything that is not a table (policies, triggers, functions) is in `sql/`.
 *
 * Invariant: a reference between two rows of programs is a foreign key over (program_id, id), so no row can ever refer into another program.
 */
import { isNotNull, sql, type SQL } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  pgSchema,
  unique,
  uniqueIndex,
  uuid,
  type PgColumn,
  type PgColumnBuilderBase,
  type PgTable,
  type PgTableExtraConfigValue,
} from 'drizzle-orm/pg-core';
import { allEntities } from '../shared/entities';
import { columnOf, type Entity } from '../shared/model';
import { rowRulesOf } from '../shared/rules/row-rules';
import { rowCheck } from './row-checks';
import { checkFor, columnFor, instant } from './columns';
import { foundEntities, searchVector } from './search-text';
import { activeEnrollmentName, checkName, foreignKeyName, ignoresCase, rowRuleName, uniqueName } from './names';

export const app = pgSchema('app');

type Columns = Record<string, PgColumn>;
const made = new Map<string, PgTable>();

const stamp = (): Record<string, PgColumnBuilderBase> => ({
  rowVersion: bigint('row_version', { mode: 'number' }).notNull().default(1),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  // Who wrote a row is a fact about the past: no foreign key, or a user could never be purged.
  createdBy: uuid('created_by'),
  updatedBy: uuid('updated_by'),
  deletedAt: instant('deleted_at'),
  /** The mutation that deleted it, so that restoring a row brings back exactly what went with it. */
  deletedWith: uuid('deleted_with'),
});

/** The table of an entity; the same object for the same entity. */
export function toPgTable(entity: Entity): PgTable {
  const known = made.get(entity.name);
  if (known) return known;
  const declared = Object.entries(entity.fields).map(([name, field]) => [name, columnFor(columnOf(name), field)]);
  const columns = {
    id: uuid('id').primaryKey(),
    ...(Object.fromEntries(declared) as Record<string, PgColumnBuilderBase>),
    ...stamp(),
  };
  const table = app.table(entity.name, columns, (t) => constraints(entity, t as unknown as Columns));
  made.set(entity.name, table);
  return table;
}

const columnIn = (t: Columns, field: string): PgColumn => {
  const column = t[field];
  if (!column) throw new Error(`no column for ${field}`);
  return column;
};

function constraints(entity: Entity, t: Columns): PgTableExtraConfigValue[] {
  return [
    ...Object.entries(entity.fields).flatMap(([name, field]) => {
      const rule = checkFor(columnIn(t, name), field);
      return rule ? [check(checkName(entity, name), rule)] : [];
    }),
    // Also the order in which a desk loads a program's rows.
    ...(entity.scope === 'program'
      ? [unique(`${entity.name}_program_id_id_key`).on(columnIn(t, 'programId'), columnIn(t, 'id'))]
      : []),
    ...rowRulesOf(entity.name).map((rule) =>
      check(
        rowRuleName(entity, rule.field),
        rowCheck(rule, (field) => columnIn(t, field)),
      ),
    ),
    ...references(entity, t),
    ...uniques(entity, t),
    ...search(entity),
    ...(extras[entity.name]?.(t) ?? []),
  ];
}

function search(entity: Entity): PgTableExtraConfigValue[] {
  const name = foundEntities.find((found) => found === entity.name);
  return name ? [index(`${name}_search_idx`).using('gin', sql.raw(searchVector(name)))] : [];
}

function references(entity: Entity, t: Columns): PgTableExtraConfigValue[] {
  return Object.entries(entity.fields).flatMap(([name, field]) => {
    if (field.kind !== 'reference') return [];
    const parent = allEntities.find((candidate) => candidate.name === field.options.to);
    if (!parent) throw new Error(`${entity.name}.${name} refers to ${field.options.to}, which is no entity`);
    const theirs = toPgTable(parent) as unknown as Columns;
    const sameProgram = entity.scope === 'program' && parent.scope === 'program';
    const key = foreignKey({
      name: foreignKeyName(entity, name),
      columns: sameProgram ? [columnIn(t, 'programId'), columnIn(t, name)] : [columnIn(t, name)],
      foreignColumns: sameProgram ? [columnIn(theirs, 'programId'), columnIn(theirs, 'id')] : [columnIn(theirs, 'id')],
    });
    const isCovered = entity.scope === 'program' && name === 'programId';
    return isCovered ? [key] : [key, index(`${entity.name}_${columnOf(name)}_idx`).on(columnIn(t, name))];
  });
}

function uniques(entity: Entity, t: Columns): PgTableExtraConfigValue[] {
  const live = sql`${columnIn(t, 'deletedAt')} is null`;
  const declared = entity.unique.map((fields) => {
    const on = fields.map((name) => {
      const column = columnIn(t, name);
      return ignoresCase(entity, name) ? sql`lower(${column})` : column;
    }) as [SQL | PgColumn, ...(SQL | PgColumn)[]];
    return uniqueIndex(uniqueName(entity, fields))
      .on(...on)
      .where(live);
  });
  // A number once given is never given again, not even after its row was deleted.
  const generated = Object.entries(entity.fields)
    .filter(([, field]) => field.kind === 'generated')
    .map(([name]) =>
      uniqueIndex(uniqueName(entity, [name]))
        .on(columnIn(t, name))
        .where(isNotNull(columnIn(t, name))),
    );
  return [...declared, ...generated];
}

/** What one entity alone needs. The rule that prices never overlap is an exclusion constraint: see `sql/rules/prices.ts`. */
const extras: Record<string, (t: Columns) => PgTableExtraConfigValue[]> = {
  users: (t) => [
    // They are named to everybody, with every pull.
    index('users_super_admins_idx')
      .on(columnIn(t, 'id'))
      .where(sql`${columnIn(t, 'role')} = 'super_admin'`),
  ],
  course_enrollments: (t) => [
    // Seats taken in a configuration are counted at every enrollment.
    index('course_enrollments_seats_idx')
      .on(columnIn(t, 'facilityId'), columnIn(t, 'ageGroup'), columnIn(t, 'locationType'), columnIn(t, 'sessionType'))
      .where(sql`${columnIn(t, 'status')} in ('active', 'paused') and ${columnIn(t, 'deletedAt')} is null`),
    uniqueIndex(activeEnrollmentName)
      .on(columnIn(t, 'studentId'), columnIn(t, 'courseId'), columnIn(t, 'facilityId'))
      .where(
        sql`${columnIn(t, 'status')} in ('active', 'paused', 'waitlisted') and ${columnIn(t, 'deletedAt')} is null`,
      ),
  ],
};
