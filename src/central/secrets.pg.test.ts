import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allEntities, type EntityName } from '../shared/entities';
import { newId } from '../shared/model';
import { freshCentral, type FreshCentral, type TestDesk, type TestUser } from './testing/central';
import { insert, student, update } from './testing/ops';
import { plantRows } from './testing/samples';

/** What the central database keeps to itself never leaves it, whatever a desk asks: hashes of passwords and tokens, tokens of calendars. */
let central: FreshCentral;
let admin: TestUser;
let desk: TestDesk;
let program: string;
let confidential: string;

beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  admin = await central.addUser({ role: 'super_admin' });
  for (const role of ['mentor', 'student', 'guardian', 'employer'])
    await central.addUser({ role, programs: [program] });
  let turn = 0;
  await plantRows(central.sql, {
    programs: [program],
    people: [admin.id],
    perProgram: 1,
    pick: (below) => turn++ % below,
  });
  desk = await central.desk();
  await desk.signIn(admin.email, admin.password);
  const child = newId();
  confidential = newId();
  await desk.change(
    student(program, child),
    insert('student_confidential', confidential, {
      programId: program,
      studentId: child,
      medicalInfo: { allergies: 'nuts' },
    }),
  );
});
afterAll(() => central.drop());

/** Every column of the schemas no desk has a share in that holds a hash, a token or a key. */
const secretColumns = async (): Promise<{ place: string; column: string }[]> => {
  const { rows } = await central.sql.query<{ place: string; column: string }>(
    `select a.attrelid::regclass::text as place, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('app', 'auth') and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
        and (a.attname ~ '(hash|token|secret|password|cipher|key_id)')`,
  );
  return rows;
};

describe('secrets', () => {
  test('stand in no table of an entity', async () => {
    const places = (await secretColumns()).map(({ place }) => place);
    expect(places.filter((place) => place.startsWith('app.'))).toEqual([]);
    expect(places).toContain('auth.credential');
    expect(places).toContain('auth.session');
  });

  test('are in no answer of any function of the api', async () => {
    const { rows: functions } = await central.sql.query<{ name: string; args: string[]; is_set: boolean }>(
      `select p.proname as name, coalesce((select array_agg(format_type(t, null) order by o) from unnest(p.proargtypes) with ordinality x(t, o)), '{}') as args, p.proretset as is_set
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'api' and p.proname not in ('sign_out', 'change_password')`,
    );
    const told: string[] = [];
    const scopes = ((await desk.session()) as { scopes: string[] }).scopes;
    const anything: Record<string, unknown> = {
      text: desk.token,
      uuid: program,
      integer: 1,
      bigint: null,
      jsonb: '{}',
      json: '[]',
      boolean: false,
    };
    for (const { name, args } of functions) {
      const tries = name.startsWith('load_')
        ? scopes.map((key) => [desk.token, ...key.split(':'), null, null])
        : [args.map((type) => anything[type] ?? null)];
      for (const values of tries) {
        const holes = values.map((_, at) => `$${at + 1}`).join(', ');
        const answer = await desk.client
          .query(`select * from api.${name}(${holes})`, values)
          .catch((error: unknown) => error);
        told.push(
          JSON.stringify(
            answer instanceof Error ? { ...answer, message: answer.message } : (answer as { rows: unknown[] }).rows,
          ),
        );
      }
    }
    for (const { name } of allEntities as readonly { name: EntityName }[]) {
      const { rows } = await central.sql.query<{ id: string }>(`select id from app.${name} limit 3`);
      for (const { id } of rows) told.push(JSON.stringify(await desk.call('history', desk.token, name, id, null, 100)));
    }
    told.push(
      JSON.stringify(await desk.pull({}, null, 10_000)),
      JSON.stringify(await desk.signIn(admin.email, 'wrong')),
    );
    const all = told.join('\n');
    expect(all.length).toBeGreaterThan(50_000);
    for (const { place, column } of await secretColumns()) {
      const { rows } = await central.sql.query<{ secret: string | null }>(
        `select case when pg_typeof(${column}) = 'bytea'::regtype then encode(${column}::text::bytea, 'escape') else ${column}::text end as secret from ${place}`,
      );
      for (const { secret } of rows) {
        if (!secret || secret.length < 12) continue;
        expect([place, column, all.includes(secret) || all.includes(secret.replace('\\x', ''))]).toEqual([
          place,
          column,
          false,
        ]);
      }
    }
    expect(all).not.toMatch(/"(passwordHash|password_hash|tokenHash|token_hash|accessToken|refreshToken)"/);
    expect(all).not.toContain('$2a$');
  });

  test('nobody writes one through a row either', async () => {
    for (const field of ['passwordHash', 'password', 'token', 'accessToken']) {
      const answer = await desk.change(update('users', admin.id, 1, {}, { [field]: randomBytes(8).toString('hex') }));
      expect(answer.refusal).toMatchObject({ code: 'unknown-field', fields: [field] });
    }
  });
});

describe('what is confidential', () => {
  const entries = async (): Promise<{ action: string; reason: string | null; userId: string }[]> =>
    desk.call('history', desk.token, 'student_confidential', confidential, null, 10);
  const reveal = (reason: string) =>
    desk.change({ entity: 'student_confidential', op: 'reveal', id: confidential, version: 1, reason });

  test('is revealed for a reason, and that is recorded with who and why', async () => {
    expect((await reveal(' ')).refusal?.code).toBe('reason-missing');
    expect((await reveal('Fainted at the pool')).status).toBe('applied');
    expect((await entries())[0]).toMatchObject({ action: 'reveal', reason: 'Fainted at the pool', userId: admin.id });
  });

  test('is no business of a tutor, even one who teaches the student', async () => {
    const tutor = await central.addUser({ role: 'tutor', programs: [program] });
    await central.sql.query('update app.courses set instructor_id = $1', [tutor.id]);
    const theirs = await central.desk(await central.openSession(tutor.id));
    const answer = await theirs.change({
      entity: 'student_confidential',
      op: 'reveal',
      id: confidential,
      version: 1,
      reason: 'I teach them',
    });
    expect(answer.refusal?.code).toBe('not-found');
    const page = await theirs.pull({}, null, 10_000);
    expect(JSON.stringify(page)).not.toContain('student_confidential');
    expect(JSON.stringify(page)).toContain('"students"');
  });
});
