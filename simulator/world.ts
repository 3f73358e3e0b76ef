/** The rest of the world: an operator's SQL, rights that come and go, rows that move, transactions that stay open, a server that breaks. */
import pg from 'pg';
import type { FreshCentral } from '../src/central/testing/central';
import type { Chance } from './chance';
import type { Seat } from './seat';
import { hold } from './violation';

export interface World {
  central: FreshCentral;
  /** The last one is nobody's: only super admins see it. */
  programs: string[];
  newId: () => string;
  /** A row of `facilities` and one of `students` per program, always changed together. */
  pairs: { facility: string; student: string }[];
  tutors: string[];
  open: pg.Client[];
  /** Somebody whose desk looks in now and then, which is when the trail is sealed. */
  sealer: string;
  /** The highest number of the audit trail before this history. */
  auditFrom: string;
  /** The server lost some of what it had answered. */
  isRestored: boolean;
}

/** Bytes that only a program's own rows hold, and none that may go to another program. */
export const markOf = (program: string): string => `mark-${program.slice(-12)}`;

/** A row among those that the condition leaves, chosen by the ending of its id, which the seed decides. */
const some = (table: string, where: string): string =>
  `(select id from app.${table} where ${where} order by md5(right(id::text, 12) || $2) limit 1)`;

export async function makeWorld(central: FreshCentral, newId: () => string): Promise<World> {
  const sql = central.sql;
  const programs = [newId(), newId(), newId()];
  const last = await sql.query<{ n: string }>('select coalesce(max(id), 0)::text as n from audit.entry');
  const institution = newId();
  await sql.query('insert into app.institutions (id, name) values ($1, $2)', [
    institution,
    `Institution ${institution}`,
  ]);
  const pairs: World['pairs'] = [];
  for (const id of programs) {
    const pair = { facility: newId(), student: newId() };
    await sql.query(
      `insert into app.programs (id, institution_id, code, name, program_type) values ($1, $2, $3, $4, 'certificate')`,
      [id, institution, `P${id.slice(3, 13)}`, `Program ${markOf(id)}`],
    );
    await sql.query(`insert into app.facilities (id, program_id, name, facility_type) values ($1, $2, $3, 'pool')`, [
      pair.facility,
      id,
      `Pair ${markOf(id)}`,
    ]);
    await sql.query(`insert into app.students (id, program_id, first_name, last_name) values ($1, $2, 'Pair', $3)`, [
      pair.student,
      id,
      markOf(id),
    ]);
    pairs.push(pair);
  }
  const sealer = await central.openSession((await central.addUser({ role: 'super_admin' })).id);
  return {
    central,
    programs,
    newId,
    pairs,
    sealer,
    tutors: [],
    open: [],
    auditFrom: last.rows[0]!.n,
    isRestored: false,
  };
}

/** What an operator does by SQL, half of the time to both rows of a pair. */
export async function changeWorld(world: World, chance: Chance): Promise<void> {
  const { central, programs, pairs } = world;
  const at = chance.below(programs.length);
  const [program, salt] = [programs[at]!, `${chance.below(1_000_000)}`];
  const dice = chance.below(100);
  if (dice < 50) {
    await central.sql.query(
      `with f as (update app.facilities set amenities = to_jsonb(array[$3::text]) where id = $1)
       update app.students set email = $3 || '@example.org' where id = $2`,
      [pairs[at]!.facility, pairs[at]!.student, `pair${salt}`],
    );
  } else if (dice < 70) {
    await central.sql.query(
      `update app.students set phone = 'op ' || $2 where id = ${some('students', 'program_id = $1 and deleted_at is null')}`,
      [program, salt],
    );
  } else if (dice < 85) {
    await central.sql.query(
      `update app.facilities set capacity = $2::int % 1000 where id = ${some('facilities', 'program_id = $1 and deleted_at is null')}`,
      [program, salt],
    );
  } else if (dice < 93) {
    const [from, to] = dice < 90 ? ['is null', 'now()'] : ['is not null', 'null'];
    await central.sql.query(
      `update app.students set deleted_at = ${to} where id = ${some('students', `program_id = $1 and deleted_at ${from} and id <> $3`)}`,
      [program, salt, pairs[at]!.student],
    );
  } else {
    await changeTeaching(world, chance);
  }
}

/** Who teaches a course decides which students and enrollments a tutor holds. */
export async function changeTeaching({ central, programs, tutors }: World, chance: Chance): Promise<void> {
  const [program, salt] = [chance.pick(programs), `${chance.below(1_000_000)}`];
  await central.sql.query(
    `update app.courses set instructor_id = $3 where id = ${some('courses', 'program_id = $1 and deleted_at is null')}`,
    [program, salt, chance.is(0.7) && tutors.length > 0 ? chance.pick(tutors) : null],
  );
}

export async function changeRights({ central, programs }: World, seats: Seat[], chance: Chance): Promise<void> {
  const [{ user }, program] = [chance.pick(seats), programs[chance.below(2)]!];
  const { rowCount } = await central.sql.query(
    'update app.user_program_assignments set deleted_at = now() where user_id = $1 and program_id = $2 and deleted_at is null',
    [user, program],
  );
  if (rowCount === 0)
    await central.sql.query(
      'insert into app.user_program_assignments (id, user_id, program_id) values (gen_random_uuid(), $1, $2)',
      [user, program],
    );
}

/** A row goes to another program: it leaves the one without content, and stands in the other. */
export async function moveRow({ central, programs, pairs }: World, chance: Chance): Promise<void> {
  const [from, to, salt] = [chance.below(2), chance.below(programs.length), `${chance.below(1_000_000)}`];
  const table = chance.pick(['facilities', 'students']);
  const pair = table === 'facilities' ? pairs[from]!.facility : pairs[from]!.student;
  await central.sql
    .query(
      `update app.${table} set program_id = $3 where id = ${some(table, 'program_id = $1 and deleted_at is null and id <> $4')}`,
      [programs[from], salt, programs[to], pair],
    )
    .catch(unlessRefused);
}

/** Rows that something else refers to stay, and names are taken: that is the database's to say. */
function unlessRefused(error: { code?: string }): void {
  if (!/^(23|PV)/.test(error.code ?? '')) throw error as Error;
}

/** Opens a transaction that writes and stays open, or ends one. */
export async function longTransaction(world: World, chance: Chance): Promise<void> {
  if (world.open.length > 0) return endLong(world, chance);
  const client = new pg.Client({ connectionString: world.central.ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  world.open.push(client);
  const [id, program] = [world.newId(), chance.pick(world.programs)];
  await client.query('begin');
  await client.query("insert into app.facilities (id, program_id, name, facility_type) values ($1, $2, $3, 'court')", [
    id,
    program,
    `Late ${id}`,
  ]);
}

export async function endLong(world: World, chance: Chance): Promise<void> {
  const client = world.open.pop();
  if (!client) return;
  await client.query(chance.is(0.8) ? 'commit' : 'rollback').catch(() => undefined);
  await client.end();
}

/** The server ends every connection of desks, as a restart does, wherever they are. */
export async function killConnections({ central }: World): Promise<void> {
  await central.sql.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'provost_client'`,
  );
}

/** What a restore or failover leaves behind: the same rows under another life of the server. */
export const beginEpoch = async ({ central }: World): Promise<void> =>
  void (await central.sql.query('update sync.release set restored = restored + 1'));

/** Both rows of a pair were changed in one transaction: whoever sees one of them sees the other as it was then (I5). */
export function checkPairs({ pairs }: World, { desk }: Seat): void {
  for (const pair of pairs) {
    const facility = desk.row('facilities', pair.facility);
    const student = desk.row('students', pair.student);
    if (!facility || !student) continue;
    const [mark] = (facility['amenities'] as string[] | null) ?? [null];
    const mail = (student['email'] as string | null)?.split('@')[0] ?? null;
    hold('I5', mark === mail, () => `the facility says ${mark}, the student ${mail}`);
  }
}
