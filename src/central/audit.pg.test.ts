import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../shared/contract/wire';
import { newId } from '../shared/model';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';
import { insert, remove, restore, student, update } from './testing/ops';
import { verifyAudit } from './upkeep';

let central: FreshCentral;
let program: string;
let userId: string;
let admin: TestDesk;

beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  userId = (await central.addUser({ role: 'program_admin', programs: [program], fullName: 'Ada Obi' })).id;
  const device = newId();
  admin = await central.desk(await central.openSession(userId, device), device);
});
afterAll(() => central.drop());

const history = (entity: string, id: string, before: number | null = null, limit = 50): Promise<AuditEntry[]> =>
  admin.call('history', admin.token, entity, id, before, limit);

describe('the history of a row', () => {
  test('says who did what, when, from which desk, how, and every old and new value', async () => {
    const id = newId();
    await admin.change(student(program, id));
    await admin.change(update('students', id, 1, { firstName: 'Ada', phone: null }, { firstName: 'Ida', phone: '5' }));
    await admin.change(remove('students', id));
    await admin.change(restore('students', id));
    const entries = await history('students', id);
    expect(entries.map((e) => e.action)).toEqual(['restore', 'delete', 'update', 'insert']);
    expect(entries[2]).toMatchObject({
      userId,
      userName: 'Ada Obi',
      databaseUser: null,
      deviceId: admin.device,
      deviceName: 'Test desk',
      via: 'typed',
      entity: 'students',
      rowId: id,
      changes: { firstName: ['Ada', 'Ida'], phone: [null, '5'] },
    });
    expect(entries[3]?.changes).toMatchObject({ firstName: [null, 'Ada'], status: [null, 'active'] });
    expect(await history('students', id, entries[1]!.id, 1)).toEqual([entries[2]]);
  });

  test('names the database user where an operator changed the row by hand', async () => {
    const id = newId();
    await admin.change(student(program, id));
    await central.sql.query(`update app.students set phone = '9' where id = $1`, [id]);
    expect((await history('students', id))[0]).toMatchObject({
      userId: null,
      databaseUser: 'postgres',
      changes: { phone: [null, '9'] },
    });
  });

  test('has no entry for what was refused', async () => {
    const id = newId();
    const { rows: before } = await central.sql.query('select count(*) from audit.entry');
    await admin.change(student(program, id), insert('facilities', newId(), { programId: program, name: 'x' }));
    expect((await central.sql.query('select count(*) from audit.entry')).rows).toEqual(before);
  });
});

describe('the audit trail', () => {
  const sealed = async (): Promise<Record<string, string | null>> => {
    const chains = await verifyAudit(central.sql);
    return Object.fromEntries(chains.map((chain) => [chain.program, chain.problem]));
  };
  const tamper = async (text: string, ...values: unknown[]): Promise<void> => {
    await central.sql.query('begin');
    await central.sql.query('set local session_replication_role = replica');
    await central.sql.query(text, values);
    await central.sql.query('commit');
  };

  test('can be changed by nobody, the owner included', async () => {
    for (const text of [
      'update audit.entry set user_id = null',
      'delete from audit.entry',
      'truncate audit.entry',
      'delete from audit.seal',
    ]) {
      await expect(central.sql.query(text)).rejects.toThrow('never changed');
    }
    const { rows } = await central.sql.query<{ r: string }>(
      `select distinct grantee::text || ' ' || privilege_type as r from information_schema.role_table_grants
       where table_schema = 'audit' and grantee <> 'provost_owner'`,
    );
    expect(rows.map((row) => row.r)).toEqual(['provost_engine SELECT']);
  });

  test('is sealed without missing an entry, also those of transactions that were open meanwhile', async () => {
    const long = new pg.Client({ connectionString: central.ownerUrl });
    await long.connect();
    await long.query('begin');
    await long.query(`insert into app.students (id, program_id, first_name, last_name) values ($1, $2, 'A', 'B')`, [
      newId(),
      program,
    ]);
    for (let n = 0; n < 5; n++) await admin.change(student(program, newId()));
    await sealed();
    await sealed();
    await long.query('commit');
    await long.end();
    for (let n = 0; n < 3; n++) await admin.change(student(program, newId()));
    await sealed();
    const { rows } = await central.sql.query(
      'select from audit.entry e where not exists (select from audit.seal s where s.entry_id = e.id)',
    );
    expect(rows).toEqual([]);
    expect(new Set(Object.values(await sealed()))).toEqual(new Set([null]));
  });

  test('is sealed by many at once without a gap or a double', async () => {
    const desks = await Promise.all(
      Array.from({ length: 4 }, async () => central.desk(await central.openSession(userId))),
    );
    await Promise.all(
      desks.map(async (desk) => {
        for (let n = 0; n < 10; n++) await desk.change(student(program, newId()));
      }),
    );
    expect(new Set(Object.values(await sealed()))).toEqual(new Set([null]));
  });

  test('names the first entry that was altered, removed, or cut off', async () => {
    await sealed();
    const { rows } = await central.sql.query<{ entry_id: string }>(
      'select entry_id from audit.seal where program_id = $1 order by seq',
      [program],
    );
    const [third, fifth, last] = [rows[2]!.entry_id, rows[4]!.entry_id, rows.at(-1)!.entry_id];
    const broken = async (): Promise<unknown> =>
      (await verifyAudit(central.sql)).find((chain) => chain.problem !== null);

    const { rows: before } = await central.sql.query<{ changes: unknown }>(
      'select changes from audit.entry where id = $1',
      [third],
    );
    await tamper(`update audit.entry set changes = '{"firstName": ["x", "y"]}' where id = $1`, third);
    expect(await broken()).toMatchObject({
      program: 'Program SWIM',
      brokenEntry: Number(third),
      problem: expect.stringContaining('altered') as string,
    });
    await tamper('update audit.entry set changes = $2 where id = $1', third, before[0]?.changes);
    expect(await broken()).toBeUndefined();

    await tamper('create temp table kept as select * from audit.entry where id = $1'.replace('$1', fifth));
    await tamper('delete from audit.entry where id = $1', fifth);
    expect(await broken()).toMatchObject({ brokenEntry: Number(fifth), problem: 'the entry was removed' });
    await tamper('insert into audit.entry overriding system value select * from kept');
    expect(await broken()).toBeUndefined();

    await tamper('delete from audit.seal where entry_id = $1', last);
    expect(await broken()).toMatchObject({ problem: expect.stringContaining('end of the chain') as string });
  });

  test('tells a desk the end of the chains of its programs', async () => {
    const roots = await admin.call<Record<string, { seq: number; hash: string }>>('seal_roots', admin.token);
    expect(Object.keys(roots)).toEqual([program]);
    expect(roots[program]?.hash).toMatch(/^[0-9a-f]{64}$/);
  });
});
