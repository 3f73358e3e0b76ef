import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../shared/model';
import { searchVector } from './search-text';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';

let central: FreshCentral;
let mine: TestDesk;
let other: TestDesk;
let root: TestDesk;

beforeAll(async () => {
  central = await freshCentral();
  const [swim, chess] = [await central.addProgram('SWIM'), await central.addProgram('CHESS')];
  const sign = async (role: string, ...programs: string[]): Promise<TestDesk> =>
    central.desk(await central.openSession((await central.addUser({ role, programs })).id));
  mine = await sign('program_coordinator', swim);
  other = await sign('program_coordinator', chess);
  root = await sign('super_admin');
  const { sql } = central;
  await sql.query(
    `insert into app.resources (id, title, description, content, tags) values ($1, 'Breathing', 'For swimmers', 'Bubbles first.', '["breath","water"]')`,
    [newId()],
  );
  await sql.query(
    `insert into app.students (id, program_id, first_name, last_name, email) values ($1, $2, 'Ọlá', 'Adébáyọ̀', 'ola.a@example.org')`,
    [newId(), swim],
  );
  const person = await central.addUser({ role: 'mentor', fullName: 'Ngozi Eze' });
  const [mentor, tag] = [newId(), newId()];
  await sql.query(
    `insert into app.mentors (id, program_id, user_id, headline, bio) values ($1, $2, $3, 'Coach', 'Turns and dives')`,
    [mentor, swim, person.id],
  );
  await sql.query(`insert into app.expertise_tags (id, name) values ($1, 'Open water')`, [tag]);
  await sql.query('insert into app.mentor_expertise (id, program_id, mentor_id, tag_id) values ($1, $2, $3, $4)', [
    newId(),
    swim,
    mentor,
    tag,
  ]);
});
afterAll(() => central.drop());

async function find(desk: TestDesk, words: string): Promise<string[]> {
  const { answer } = await desk.call<{ answer: { entity: string; title: string }[] }>(
    'ask',
    desk.token,
    'find',
    JSON.stringify({ words }),
  );
  return answer.map(({ entity, title }) => `${entity}: ${title}`).sort();
}

describe('full-text search in the central database', () => {
  test('finds by beginnings of words, in any field that is searched, whatever marks and case', async () => {
    expect(await find(mine, 'OLA adeb')).toEqual(['students: Ọlá Adébáyọ̀']);
    expect(await find(mine, 'example ola')).toEqual(['students: Ọlá Adébáyọ̀']);
    expect(await find(mine, 'bubbl')).toEqual(['resources: Breathing']);
    expect(await find(mine, 'adebayo bubbles')).toEqual([]);
  });

  test('finds mentors by what they say, by their name and by their expertise', async () => {
    expect(await find(root, 'dives')).toEqual(['mentors: Ngozi Eze']);
    expect(await find(root, 'ngozi')).toContain('mentors: Ngozi Eze');
    expect(await find(root, 'open wat')).toEqual(['mentors: Ngozi Eze']);
  });

  test('shows nobody what their policies do not', async () => {
    expect(await find(other, 'ola')).toEqual([]);
    expect(await find(other, 'dives')).toEqual([]);
    expect(await find(other, 'breathing')).toEqual(['resources: Breathing']);
    await central.sql.query('update app.students set deleted_at = now()');
    expect(await find(mine, 'ola adeb')).toEqual([]);
  });

  test('takes whatever somebody types', async () => {
    for (const words of ['', '   ', "o'clock & | ! ( ) :* \\ <->", '%', '*', 'é'.repeat(1000)])
      expect(await find(mine, words)).toEqual([]);
  });

  test('uses the indexes that were made for it', async () => {
    await central.sql.query('begin');
    await central.sql.query('set local role provost_owner');
    await central.sql.query('set local enable_seqscan = off');
    const { rows } = await central.sql.query<{ 'QUERY PLAN': string }>(
      `explain select id from app.students t where ${searchVector('students', 't.')} @@ to_tsquery('simple', 'ola:*')`,
    );
    await central.sql.query('rollback');
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('students_search_idx');
  });
});
