/**
 * Rows of every entity, made from the declarations alone and put straight into the tables.
 *
 * No trigger has a say in it: what a rule asks for must not keep an entity from being tried, and a new entity needs nothing here.
 */
import type pg from 'pg';
import { allEntities, type EntityName } from '../../shared/entities';
import { columnOf, newId, type Entity, type Field } from '../../shared/model';
import { sampleValue } from '../../shared/testing/sample-values';

type Row = Record<string, unknown>;
/** Gives the id of a row to refer to; null where there is none. */
type Refer = (to: string, programId: string | null, field: Field) => string | null;

export interface Plan {
  programs: readonly string[];
  /** Whose rows of the scopes `account` and `user` are made. */
  people: readonly string[];
  /** Rows of each entity in each program. */
  perProgram: number;
  /** 0 up to, but without, `below`: which of several rows is referred to. */
  pick(below: number): number;
}

/** @returns every row of every entity that is now there, as it travels */
export async function plantRows(sql: pg.Client, plan: Plan): Promise<Map<EntityName, Row[]>> {
  const planted = new Map<EntityName, Row[]>();
  await sql.query('set session_replication_role = replica');
  let n = 0;
  for (const entity of allEntities) {
    const name = entity.name as EntityName;
    for (const { programId, userId } of placesOf(entity, plan)) {
      const refer: Refer = (to, program, field) => {
        const rows = (planted.get(to as EntityName) ?? []).filter((row) => !isElsewhere(to, row, program));
        const fit = rows.filter((row) => fits(field, row));
        const from = fit.length > 0 ? fit : rows;
        return from.length === 0 ? null : String(from[plan.pick(from.length)]!.id);
      };
      // What is unique may be taken: then other rows are referred to.
      for (let tries = 0; tries < 10; tries++)
        if (await plantOne(sql, entity, valuesOf(entity, n++, programId, userId, refer))) break;
    }
    planted.set(name, await rowsOf(sql, entity));
  }
  await sql.query('set session_replication_role = origin');
  for (const { name } of allEntities) {
    await sql.query(`select sync.refresh_${name}(coalesce(array_agg(t.id), '{}'), true) from app.${name} t`);
  }
  return planted;
}

const isElsewhere = (to: string, row: Row, program: string | null): boolean =>
  program !== null && 'programId' in row && to !== 'programs' && row.programId !== program;

const fits = (field: Field, row: Row): boolean =>
  field.kind !== 'reference' ||
  Object.entries(field.options.where ?? {}).every(([name, values]) => values.includes(String(row[name])));

interface Place {
  programId: string | null;
  userId: string | null;
}

/** Where the rows of an entity are put. Users and programs are there already. */
function placesOf(entity: Entity, { programs, people, perProgram }: Plan): Place[] {
  if (entity.name === 'users' || entity.scope === 'self') return [];
  if (entity.scope === 'platform') return programs.map(() => ({ programId: null, userId: null }));
  if (entity.scope === 'program') {
    return programs.flatMap((programId) => Array.from({ length: perProgram }, () => ({ programId, userId: null })));
  }
  return people.map((userId) => ({ programId: null, userId }));
}

function valuesOf(entity: Entity, n: number, programId: string | null, userId: string | null, refer: Refer): Row {
  return Object.fromEntries(
    Object.entries(entity.fields).map(([name, field]) => {
      if (name === 'programId') return [name, programId];
      if (name === 'userId' && userId !== null) return [name, userId];
      return [name, field.kind === 'reference' ? refer(field.options.to, programId, field) : sampleValue(field, n)];
    }),
  );
}

/** All fields; where a check of the table does not like them together, the required ones with none or one of the others. @returns false where it is taken */
async function plantOne(sql: pg.Client, entity: Entity, values: Row): Promise<boolean> {
  const required = Object.fromEntries(Object.entries(values).filter(([name]) => entity.fields[name]!.required));
  const others = Object.keys(values).filter((name) => !(name in required));
  const attempts = [values, required, ...others.map((name) => ({ ...required, [name]: values[name] }))];
  const columns = Object.keys(entity.fields).map(columnOf);
  let trouble: unknown;
  for (const attempt of attempts) {
    try {
      await sql.query(
        `insert into app.${entity.name} (id, ${columns.join(', ')}) select $1, ${columns.map((c) => `r.${c}`).join(', ')}
           from sync.record_${entity.name}(sync.blank_${entity.name}(), $2) r`,
        [newId(), JSON.stringify(attempt)],
      );
      return true;
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === '23505' || code === '23P01') return false;
      if (code !== '23514') throw error;
      trouble = error;
    }
  }
  throw new Error(`no sample of ${entity.name} satisfies its checks`, { cause: trouble });
}

export async function rowsOf(sql: pg.Client, { name }: Entity): Promise<Row[]> {
  const { rows } = await sql.query<{ row: Row }>(
    `select sync.json_${name}(t) as row from app.${name} t where t.deleted_at is null order by t.id`,
  );
  return rows.map(({ row }) => row);
}
