import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { allEntities, type EntityName } from '../../shared/entities';
import { freshCentral, type FreshCentral } from '../testing/central';
import { bytesOf, excerpt, header, line } from './catalogue/excerpt';
import { brokenRules } from './broken-rules';
import { leftEmpty } from './generate';
import { demoAccounts, seed } from './index';

let central: FreshCentral;
const ask = async <T>(sql: string, values: unknown[] = []): Promise<T> => {
  const { rows } = await central.sql.query<{ answer: T }>(sql, values);
  return rows[0]!.answer;
};

/** Everything in the entities' tables, as one hash a table. */
async function fingerprint(): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const { name } of allEntities) {
    prints[name] = await ask(
      `select md5(coalesce(string_agg((to_jsonb(t))::text, '' order by id), '')) as answer from app.${name} t`,
    );
  }
  return prints;
}

const headsAstray = async (): Promise<string[]> => {
  const astray: string[] = [];
  for (const { name, number } of allEntities) {
    const differing = await ask<number>(
      `select count(*)::int as answer from (
         (select class, owner, row_id, op from sync.wanted_${name} except select class, owner, row_id, op from sync.head where tbl = ${number})
         union all
         (select class, owner, row_id, op from sync.head where tbl = ${number} and op <> 'L' except select class, owner, row_id, op from sync.wanted_${name})) d`,
    );
    if (differing > 0) astray.push(`${name}: ${differing}`);
  }
  return astray;
};

/** Every foreign key, checked by hand: bulk loading bypassed them. */
async function danglingReferences(): Promise<string[]> {
  const { rows } = await central.sql.query<{ name: string; sql: string }>(
    `select conname as name, format('select count(*)::int as answer from %s c where %s and not exists (select from %s p where %s)', conrelid::regclass,
       (select string_agg(format('c.%I is not null', a.attname), ' and ') from unnest(conkey) k join pg_attribute a on a.attrelid = conrelid and a.attnum = k),
       confrelid::regclass,
       (select string_agg(format('p.%I = c.%I', f.attname, a.attname), ' and ')
          from unnest(conkey, confkey) as u (k, fk) join pg_attribute a on a.attrelid = conrelid and a.attnum = u.k
          join pg_attribute f on f.attrelid = confrelid and f.attnum = u.fk)) as sql
     from pg_constraint where contype = 'f' and connamespace = 'app'::regnamespace`,
  );
  expect(rows.length).toBeGreaterThan(20);
  const dangling: string[] = [];
  for (const { name, sql } of rows) if ((await ask<number>(sql)) > 0) dangling.push(name);
  return dangling;
}

const any = (table: string, where = 'true') => `id = (select id from app.${table} where ${where} order by id limit 1)`;
/** A change to the rows that breaks the rule of that name. */
const damages: Record<string, string> = {
  'an enrollment costs what the price in force on its day says': `update app.course_enrollments set price_agreed = price_agreed + 1 where ${any('course_enrollments')}`,
  'no facility holds more people than it has places': `update app.facilities set capacity = 0 where id = (select facility_id from app.course_enrollments where status = 'active' limit 1)`,
  'a facility out of service took nobody in the last four weeks': `update app.facilities set status = 'inactive'`,
  'of one line of a curriculum one version is published, and versions count from 1': `update app.curricula set version = 7 where ${any('curricula')}`,
  'a copied module or lesson comes from one of the same course, and its origin is no copy itself': `update app.lessons set lineage_id = gen_random_uuid()::text where ${any('lessons')}`,
  'nothing in a published version was changed after it was published': `update audit.entry set at = '2026-11-20' where tbl = 11 and new_version = 2`,
  'progress is the share of published lessons that were completed': `update app.lesson_progress set completed = false where ${any('lesson_progress', 'completed')}`,
  'who is through has completed the course on a day, and nobody else is': `update app.course_enrollments set status = 'active' where ${any('course_enrollments', "status = 'completed'")}`,
  'progress is on lessons of the course, while the enrollment ran': `update app.lesson_progress set completed_at = '2020-01-01' where ${any('lesson_progress', 'completed')}`,
  'a certificate follows a completed enrollment, under a number of its year': `update app.certificates set issued_at = '2020-01-01' where ${any('certificates')}`,
  'a student has a number of the year of joining': `update app.students set student_number = 'STU-1999-0001' where ${any('students')}`,
  'work is handed in by students of the course and scored within the scale': `update app.submissions set score = 9999 where ${any('submissions', 'score is not null')}`,
  'a course is reviewed by somebody who answers for a student of it': `update app.course_reviews set user_id = (select id from app.users where role = 'employer' limit 1) where ${any('course_reviews')}`,
  'a booking lies inside a slot of its mentor': `update app.bookings set period = tstzrange(upper(period), upper(period) + interval '1 minute') where ${any('bookings', "status = 'completed' and service_id is null")}`,
  'a slot is booked exactly while a booking holds it': `update app.availability_slots set status = 'available' where ${any('availability_slots', "status = 'booked'")}`,
  'a service is the mentor’s own and as long as the booking; nobody books themselves': `update app.services set duration_minutes = 7`,
  'what is completed is over, what is open is to come or of these days, what is cancelled says when': `update app.bookings set cancelled_at = null`,
  'each booking has one session, and it went as the booking did': `delete from app.mentoring_sessions where ${any('mentoring_sessions')}`,
  'a review is by the client of a completed booking, afterwards': `update app.booking_reviews set reviewer_id = (select id from app.users where role = 'employer' limit 1) where ${any('booking_reviews')}`,
  'hours that are offered lie in a rule of the mentor': `update app.availability_rules set starts_on = '2030-01-01' where ${any('availability_rules')}`,
  'a mentor who has stopped is offered to nobody': `update app.users set status = 'suspended' where role = 'mentor'`,
  'a payment is for one thing, of the program, at its price': `update app.payments set amount = amount + 1 where ${any('payments')}`,
  'who pays is whom it concerns': `update app.payments set payer_id = (select id from app.users where role = 'employer' limit 1) where ${any('payments', 'booking_id is not null')}`,
  'money that came has a day, and of a booking the platform’s share': `update app.payments set commission = 1 where ${any('payments', 'commission is not null')}`,
  'an enrollment or a booking is paid for once': `update app.payments set status = 'succeeded' where status = 'failed'`,
  'a subscription has the period of today, unless it is over': `update app.subscriptions set period_end = '2020-01-01' where ${any('subscriptions')}`,
  'nobody applied for a position that was never published': `update app.jobs set status = 'draft'`,
  'a roadmap is completed with its last step, and steps are taken in order': `update app.career_roadmaps set status = 'completed'`,
  'a result answers questions of its assessment, every one that must be answered, and adds up': `update app.assessment_results set total_score = total_score + 1 where ${any('assessment_results')}`,
  'payments: payer_id belongs to the program': `update app.payments set payer_id = (select id from app.users where role = 'employer' limit 1) where ${any('payments')}`,
  'lessons are numbered from 1 without a gap': `update app.lessons set sequence_order = 99 where ${any('lessons')}`,
  'payments are in the currency of the program': `update app.payments set currency = 'XOF' where ${any('payments')}`,
  'bookings were made and changed in the past': `update app.bookings set updated_at = '2030-01-01' where ${any('bookings')}`,
};

describe('the demonstration', () => {
  let first: Record<string, string>;
  beforeAll(async () => {
    central = await freshCentral();
    await seed(central.sql, { factor: 1, today: '2026-11-21' });
    first = await fingerprint();
  });
  afterAll(() => central.drop());

  test('stands in every table, without a dangling reference', async () => {
    for (const { name } of allEntities.filter(({ name }) => !leftEmpty.includes(name as EntityName)))
      expect(await ask<number>(`select count(*)::int as answer from app.${name}`), name).toBeGreaterThan(0);
    expect(await danglingReferences()).toEqual([]);
  });

  test('breaks none of the rules that triggers would have enforced', async () => {
    const broken: Record<string, string[]> = {};
    for (const [rule, sql] of brokenRules) {
      const values = sql.includes('$1') ? ['2026-11-21T00:00:00Z'] : [];
      const { rows } = await central.sql.query<Record<string, string>>(sql, values);
      if (rows.length > 0) broken[rule] = rows.slice(0, 3).flatMap((row) => Object.values(row));
    }
    expect(broken).toEqual({});
  });

  // Otherwise a question that can find nothing would pass for a rule that holds.
  test('would be found out, were a rule broken', async () => {
    const found: string[] = [];
    await central.sql.query('begin');
    await central.sql.query('set local session_replication_role = replica');
    // What the database itself would not take is put past it all the same: the questions stand on their own.
    await central.sql.query(`do $do$
      declare c record;
      begin
        for c in select conrelid::regclass as tab, conname from pg_constraint
          where contype = 'c' and connamespace = 'app'::regnamespace and conname like '%\\_rule' loop
          execute format('alter table %s drop constraint %I', c.tab, c.conname);
        end loop;
      end $do$`);
    for (const [rule, damage] of Object.entries(damages)) {
      await central.sql.query('savepoint whole');
      await central.sql.query(damage);
      const sql = brokenRules.find(([name]) => name === rule)?.[1] ?? 'select';
      const { rowCount } = await central.sql.query(sql, sql.includes('$1') ? ['2026-11-21T00:00:00Z'] : []);
      if (rowCount !== 0) found.push(rule);
      await central.sql.query('rollback to savepoint whole');
    }
    await central.sql.query('rollback');
    expect(found).toEqual(Object.keys(damages));
  });

  test('is in the change log exactly as the triggers would have it', async () => {
    expect(await headsAstray()).toEqual([]);
  });

  test('has months of history whose chain holds', async () => {
    expect(
      await ask<number>(`select count(distinct date_trunc('month', at))::int as answer from audit.entry`),
    ).toBeGreaterThan(3);
    expect(
      await ask<number>(`select count(*)::int as answer from audit.entry where action = 'update'`),
    ).toBeGreaterThan(500);
    expect(await ask<boolean>(`select bool_and(at <= now()) as answer from audit.entry`)).toBe(true);
    const { rows } = await central.sql.query<{ broken_entry: string | null; problem: string | null; entries: string }>(
      'select * from audit.verify()',
    );
    expect(rows.length).toBeGreaterThan(12);
    expect(rows.filter((row) => row.problem !== null)).toEqual([]);
  });

  test('has an audit entry for every version of every row, the last of which says what is there', async () => {
    for (const { name, number } of allEntities) {
      const gaps = await ask<number>(
        `select count(*)::int as answer from app.${name} t
         where (select array_agg(e.new_version order by e.id) from audit.entry e where e.tbl = ${number} and e.row_id = t.id)
           is distinct from (select array_agg(v) from generate_series(1, t.row_version) v)`,
      );
      expect(gaps, name).toBe(0);
      const wrong = await ask<number>(
        `select count(*)::int as answer from app.${name} t, lateral (
           select c.key, (array_agg(c.value->1 order by e.id desc))[1] as last
           from audit.entry e, jsonb_each(e.changes) c where e.tbl = ${number} and e.row_id = t.id group by c.key) l
         where l.last is distinct from sync.json_${name}(t)->l.key`,
      );
      expect(wrong, name).toBe(0);
    }
  });

  test('lets each account in, or refuses it for the reason its note gives', async () => {
    const expected: Record<string, string> = {
      'Sola Adeyemi': 'suspended',
      'Bisi Alade': 'pending',
      'Ronke Balogun': 'no-console-access',
    };
    for (const account of demoAccounts) {
      const desk = await central.desk();
      const answer = await desk.signIn(account.email, account.password);
      expect(answer.ok ? 'in' : answer.reason, account.name).toBe(expected[account.name] ?? 'in');
      await desk.close();
    }
  });

  test('gives the next student of a year the next number', async () => {
    const { rows } = await central.sql.query<{ program_id: string; last: number }>(
      `select (array_agg(program_id))[1] as program_id, max(split_part(student_number, '-', 3)::int) as last from app.students where student_number like 'STU-2026-%'`,
    );
    await central.sql.query(
      `insert into app.students (id, program_id, first_name, last_name, enrollment_date) values (gen_random_uuid(), $1, 'New', 'Student', '2026-11-21')`,
      [rows[0]?.program_id],
    );
    const number = await ask<string>(
      `select student_number as answer from app.students where first_name = 'New' and last_name = 'Student'`,
    );
    expect(number).toBe(`STU-2026-${String((rows[0]?.last ?? 0) + 1).padStart(4, '0')}`);
  });

  test('gives the next certificate of a year the next number', async () => {
    const last = await ask<number>(
      `select max(split_part(certificate_number, '-', 3)::int) as answer from app.certificates where certificate_number like 'CERT-2026-%'`,
    );
    await central.sql.query(
      `insert into app.certificates (id, program_id, enrollment_id, issued_at)
       select gen_random_uuid(), e.program_id, e.id, '2026-11-21' from app.course_enrollments e
       where e.status = 'completed' and not exists (select from app.certificates c where c.enrollment_id = e.id) limit 1`,
    );
    const number = await ask<string>(
      'select certificate_number as answer from app.certificates order by created_at desc limit 1',
    );
    expect(number).toBe(`CERT-2026-${String(last + 1).padStart(6, '0')}`);
  });

  test('is reset by seeding again, to the same rows with the same ids, under a new epoch', async () => {
    await central.sql.query(`update app.students set first_name = 'Changed'`);
    await central.addProgram('ADDED');
    const admin = await central.addUser({ role: 'super_admin', email: 'real.admin@example.org' });
    const restored = await ask<number>('select restored as answer from sync.release');
    await seed(central.sql, { factor: 1, today: '2026-11-21' });
    expect(await ask<number>('select restored as answer from sync.release')).toBe(restored + 1);
    expect(await headsAstray()).toEqual([]);
    // A super admin who is not part of the demonstration stays.
    const desk = await central.desk();
    expect((await desk.signIn(admin.email, admin.password)).ok).toBe(true);
    await central.sql.query('delete from auth.session');
    await central.sql.query('delete from auth.sign_in where user_id = $1', [admin.id]);
    await central.sql.query('delete from auth.credential where user_id = $1', [admin.id]);
    await central.sql.query('delete from app.users where id = $1', [admin.id]);
    expect(await fingerprint()).toEqual(first);
  });
});

describe('a database that holds something else', () => {
  beforeAll(async () => {
    central = await freshCentral();
  });
  afterAll(() => central.drop());

  test('is left alone, unless all of it may go', async () => {
    await central.addProgram('REAL');
    await expect(seed(central.sql, { factor: 1 })).rejects.toThrow('nothing was done');
    expect(await ask<number>('select count(*)::int as answer from app.programs')).toBe(1);
    await seed(central.sql, { factor: 1, reset: true });
    expect(await ask<number>(`select count(*)::int as answer from app.programs where code = 'REAL'`)).toBe(0);
  });
});

describe('a catalogue file', () => {
  let folder: string;
  const fileOf = (bytes: Uint8Array) => {
    const path = join(folder, 'catalogue.csv');
    writeFileSync(path, bytes);
    return path;
  };
  beforeEach(async () => {
    central = await freshCentral();
    folder = mkdtempSync(join(tmpdir(), 'provost-catalogue-'));
    return async () => {
      rmSync(folder, { recursive: true, force: true });
      await central.drop();
    };
  });

  test('is loaded past its bad lines, and loading it again changes nothing', async () => {
    const first = await seed(central.sql, { factor: 1, catalogue: fileOf(excerpt) });
    expect(first.rows).toMatchObject({ programs: 2, courses: 3, facilities: 4, facility_course_pricing: 4, users: 2 });
    expect(first.problems.filter((problem) => problem.kind === 'skipped').map((problem) => problem.line)).toEqual([
      7, 8, 9, 10, 11,
    ]);
    expect(await headsAstray()).toEqual([]);
    const before = await fingerprint();
    const entries = await ask<number>('select count(*)::int as answer from audit.entry');
    const second = await seed(central.sql, { factor: 1, catalogue: fileOf(excerpt) });
    expect(Object.values(second.rows).every((count) => count === 0)).toBe(true);
    expect(second.summary.join(' ')).toContain('Nothing new');
    expect(second.summary.join(' ')).not.toContain('differ');
    expect(await fingerprint()).toEqual(before);
    expect(await ask<number>('select count(*)::int as answer from audit.entry')).toBe(entries);
  });

  test('makes configurations that somebody can be enrolled in', async () => {
    await seed(central.sql, { factor: 1, catalogue: fileOf(excerpt) });
    await central.sql.query(
      `with s as (insert into app.students (id, program_id, first_name, last_name) select gen_random_uuid(), id, 'A', 'B' from app.programs where code = 'BIO' returning *)
       insert into app.course_enrollments (id, program_id, student_id, course_id, facility_id, age_group, location_type, session_type, enrollment_date)
       select gen_random_uuid(), s.program_id, s.id, p.course_id, p.facility_id, p.age_group, p.location_type, p.session_type, '2031-09-01'
       from s join app.facility_course_pricing p on p.program_id = s.program_id where p.session_type = 'laboratory'`,
    );
    expect(await ask<number>('select price_agreed::int as answer from app.course_enrollments')).toBe(135_000);
  });

  test('leaves alone what was changed since, and says so', async () => {
    await seed(central.sql, { factor: 1, catalogue: fileOf(excerpt) });
    await central.sql.query(`update app.courses set name = 'Renamed here' where code = 'BIO 101'`);
    const again = await seed(central.sql, { factor: 1, catalogue: fileOf(excerpt) });
    expect(again.summary.join(' ')).toContain('1 of them differs');
    expect(await ask<string>(`select name as answer from app.courses where code = 'BIO 101'`)).toBe('Renamed here');
  });

  test('adds the new courses of another term, and its session types after those before', async () => {
    await seed(central.sql, { factor: 1, catalogue: fileOf(excerpt) });
    const spring = bytesOf(header, line({ number: '102', name: 'Growth', type: 'Seminar', term: 'Spring' }));
    const report = await seed(central.sql, { factor: 1, catalogue: fileOf(spring) });
    expect(report.rows).toMatchObject({ courses: 1, program_options: 1, programs: 0 });
    const orders = await central.sql.query<{ sequence: number }>(
      `select sequence from app.program_options o join app.programs p on p.id = o.program_id where p.code = 'BIO' and option_kind = 'session_type' order by 1`,
    );
    expect(orders.rows.map((row) => row.sequence)).toEqual([1, 2, 3, 4]);
  });

  test('leaves out a subject whose code a program has already, with all that belongs to it, and names the line', async () => {
    await central.addProgram('ART');
    const report = await seed(central.sql, { factor: 1, catalogue: fileOf(excerpt) });
    expect(report.rows).toMatchObject({ programs: 1, courses: 2 });
    expect(report.problems).toContainEqual({
      line: 5,
      kind: 'skipped',
      message: expect.stringContaining('Program “ART”'),
    });
  });

  test('that does not exist is named', async () => {
    await expect(seed(central.sql, { factor: 1, catalogue: '/nowhere/file.csv' })).rejects.toThrow('does not exist');
  });
});
