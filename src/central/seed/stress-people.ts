/** The people of the measurement: clients and mentors with accounts. */
import type pg from 'pg';
import { classNumber, numberOf, zero } from '../sql/scopes';

const clients = 1000;
const mentors = 100;
type Kind = 'client' | 'mentor';

/** The id of one of them, in SQL: the same number is always the same person. */
const idOf = (kind: Kind, number: string) =>
  `(substr(md5('${kind} ' || (${number})), 1, 12) || '7' || substr(md5('${kind} ' || (${number})), 14, 3) || '8' || substr(md5('${kind} ' || (${number})), 18, 15))::uuid`;
export const personIn = (kind: Kind, number: string): string =>
  idOf(kind, `(${number})::bigint % ${kind === 'client' ? clients : mentors}`);

/** Once, past the triggers, and with what those would have put into the change log. */
export async function furnishPeople(client: pg.Client, programId: string): Promise<void> {
  const there = await client.query(`select from app.mentors where program_id = $1 limit 1`, [programId]);
  if (there.rowCount !== 0) return;
  const kinds: readonly (readonly [Kind, string, number])[] = [
    ['client', 'student', clients],
    ['mentor', 'mentor', mentors],
  ];
  for (const [kind, role, count] of kinds) {
    await client.query(
      `insert into app.users (id, full_name, email, username, role, email_verified)
       select ${idOf(kind, 'i')}, initcap('${kind}') || ' ' || i, '${kind}' || i || '@stress.example', 'stress-${kind}-' || i, $1, true
       from generate_series(0, $2::int - 1) i`,
      [role, count],
    );
    await client.query(
      `insert into app.user_program_assignments (id, program_id, user_id)
       select ${idOf(kind, `'assigned ' || i`)}, $1, ${idOf(kind, 'i')} from generate_series(0, $2::int - 1) i`,
      [programId, count],
    );
  }
  await client.query(
    `insert into app.mentors (id, program_id, user_id, headline, hourly_rate)
     select ${idOf('mentor', `'row ' || i`)}, $1, ${idOf('mentor', 'i')}, 'Mentor ' || i, 1500000 from generate_series(0, ${mentors} - 1) i`,
    [programId],
  );
  const { admin, own, people, catalogue } = classNumber;
  const mine = `from app.user_program_assignments a join app.users u on u.id = a.user_id and u.role in ('student', 'mentor') where a.program_id = $1`;
  await client.query(
    `insert into sync.head (class, owner, tbl, row_id)
     select ${admin}, ${zero}, ${numberOf('users')}, a.user_id ${mine}
     union all select ${own}, a.user_id, ${numberOf('users')}, a.user_id ${mine}
     union all select ${people}, a.program_id, ${numberOf('users')}, a.user_id ${mine}
     union all select ${catalogue}, a.program_id, ${numberOf('user_program_assignments')}, a.id ${mine}
     union all select ${people}, m.program_id, ${numberOf('mentors')}, m.id from app.mentors m where m.program_id = $1
     on conflict do nothing`,
    [programId],
  );
}

/** Whoever works with the money of a program knows who pays. */
export async function standWherePaid(client: pg.Client, programId: string): Promise<void> {
  await client.query(
    `insert into sync.head (class, owner, tbl, row_id)
     select ${classNumber.finance}, $1, ${numberOf('users')}, p.payer_id from app.payments p where p.program_id = $1 group by p.payer_id on conflict do nothing`,
    [programId],
  );
}
