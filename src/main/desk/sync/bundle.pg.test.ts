import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { everything } from '../../../central/testing/everything';
import { freshCentral, type FreshCentral, type TestUser } from '../../../central/testing/central';
import type { StoredFile } from '../../../shared/contract/exchange';
import type { Brought } from '../../../shared/contract/sync';
import { newId } from '../../../shared/model';
import { openConsole, type TestConsole } from '../testing/test-console';

/** Changes that go by file, between whole consoles and a real server. */

let central: FreshCentral;
let program: string;
let ada: TestUser;
let ben: TestUser;
const closers: (() => Promise<void> | void)[] = [];
beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  ada = await central.addUser({ role: 'program_coordinator', programs: [program], fullName: 'Ada Obi' });
  ben = await central.addUser({ role: 'program_coordinator', programs: [program], fullName: 'Ben Eze' });
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => central.drop());

const signedIn = (user: TestUser): Promise<TestConsole> => openConsole(central, user, closers);

async function add({ desk }: TestConsole, firstName: string, id = newId()): Promise<string> {
  const values = { programId: program, firstName, lastName: 'Okoro', status: 'active' };
  await desk.request('rows.save', {
    edits: [{ op: 'insert', entity: 'students', id, values }],
    label: `Add ${firstName}`,
  });
  return id;
}
const change = ({ desk }: TestConsole, id: string, values: Record<string, unknown>) =>
  desk.request('rows.save', { edits: [{ op: 'update', entity: 'students', id, values }], label: 'Change' });
const state = ({ desk }: TestConsole) => desk.request('sync.read', {});

async function textOf({ desk }: TestConsole, { file, size }: StoredFile): Promise<string> {
  let text = '';
  for (let at = 0; at < size;) {
    const piece = Buffer.from((await desk.request('files.take', { file, at })).data, 'base64');
    text += piece.toString();
    at += piece.length;
  }
  return text;
}
async function give({ desk }: TestConsole, text: string, commit: boolean): Promise<Brought> {
  const { file } = await desk.request('files.begin', { name: 'x.provost-bundle', size: Buffer.byteLength(text) });
  await desk.request('files.put', { file, at: 0, data: Buffer.from(text).toString('base64') });
  return desk.request('sync.bring', { file, commit });
}
const saved = async (from: TestConsole): Promise<string> => textOf(from, await from.desk.request('sync.bundle', {}));
const studentAt = async (id: string) =>
  (await central.sql.query<Record<string, unknown>>('select * from app.students where id = $1', [id])).rows[0];

/** A console whose line is cut, with one new student waiting. */
async function cutOff(user: TestUser, name: string): Promise<{ one: TestConsole; id: string; text: string }> {
  const one = await signedIn(user);
  one.wire.goDark();
  const id = await add(one, name);
  return { one, id, text: await saved(one) };
}

describe('changes carried by somebody else', () => {
  it('are the author’s, name the carrier in the audit trail, and count once when their desk comes back', async () => {
    const carrier = await signedIn(ben);
    const { one, id, text } = await cutOff(ada, 'Chi');
    expect(text).not.toContain('Chi');
    const before = await everything(central.sql);
    expect(await give(carrier, text, false)).toMatchObject({
      ...{ kind: 'changes', author: 'Ada Obi', desk: 'Front desk', changes: 1, committed: false, already: null },
      counts: { apply: 1, merge: 0, conflict: 0, refuse: 0 },
    });
    expect(await everything(central.sql)).toEqual(before);
    expect(await give(carrier, text, true)).toMatchObject({ committed: true, counts: { apply: 1 } });
    expect(await studentAt(id)).toMatchObject({ first_name: 'Chi', row_version: '1' });
    const { rows } = await central.sql.query(
      'select e.via, u.full_name as author from audit.entry e join app.users u on u.id = e.user_id where e.row_id = $1',
      [id],
    );
    expect(rows).toEqual([{ via: 'typed, brought by Ben Eze', author: 'Ada Obi' }]);
    const { rows: kept } = await central.sql.query<{ carrier: string }>(
      `select result->>'carrier' as carrier from sync.mutation where user_id = $1 order by at desc limit 1`,
      [ada.id],
    );
    expect(kept[0]?.carrier).toBe(ben.id);
    one.wire.heal();
    expect(await one.desk.request('sync.now', {})).toMatchObject({ waiting: 0, conflicts: 0, refused: 0 });
    expect(await studentAt(id)).toMatchObject({ row_version: '1' });
  });

  it('bring receipts back: the author learns without a connection what came of each', async () => {
    const carrier = await signedIn(ben);
    const one = await signedIn(ada);
    const shared = await add(one, 'Dayo');
    await one.desk.request('sync.now', {});
    await carrier.desk.request('sync.now', {});
    one.wire.goDark();
    await change(one, shared, { phone: '1' });
    await add(one, 'Efe');
    await change(carrier, shared, { phone: '2' });
    await carrier.desk.request('sync.now', {});
    const brought = await give(carrier, await saved(one), true);
    if (brought.kind !== 'changes' || !brought.receipt) throw new Error('no receipt');
    expect(brought.counts).toEqual({ apply: 1, merge: 0, conflict: 1, refuse: 0 });
    const receipt = await textOf(carrier, brought.receipt);
    await expect(give(carrier, receipt, true)).rejects.toMatchObject({
      problem: { message: /not for you at this desk/ },
    });
    expect(await give(one, receipt, true)).toMatchObject({ kind: 'receipt', changes: 2 });
    expect(await state(one)).toMatchObject({ waiting: 0, conflicts: 1 });
    const [card] = await one.desk.request('sync.needs-you', {});
    expect(card?.conflicts).toMatchObject([{ field: 'phone', mine: '1', theirs: '2', theirsName: 'Ben Eze' }]);
    one.wire.heal();
    expect(await one.desk.request('sync.now', {})).toMatchObject({ waiting: 0, conflicts: 1 });
  });

  it('brought twice change nothing the second time, say who brought them, and give the receipt again', async () => {
    const carrier = await signedIn(ben);
    const { one, text } = await cutOff(ada, 'Funke');
    await give(carrier, text, true);
    const again = await give(carrier, text, true);
    expect(again).toMatchObject({ kind: 'changes', already: { by: 'Ben Eze' } });
    if (again.kind !== 'changes' || !again.receipt) throw new Error('no receipt');
    await give(one, await textOf(carrier, again.receipt), true);
    expect(await state(one)).toMatchObject({ waiting: 0 });
  });

  it('are judged by the rights their author has now', async () => {
    const user = await central.addUser({ role: 'program_coordinator', programs: [program] });
    const { text, id } = await cutOff(user, 'Gozie');
    await central.sql.query('update app.user_program_assignments set deleted_at = now() where user_id = $1', [user.id]);
    expect(await give(await signedIn(ben), text, true)).toMatchObject({ counts: { refuse: 1 } });
    expect(await studentAt(id)).toBeUndefined();
  });
});

describe('a file is refused, and nothing of it used', () => {
  const refusedWith = async (text: string, by: TestConsole, words: RegExp): Promise<void> => {
    for (const commit of [false, true])
      await expect(give(by, text, commit)).rejects.toMatchObject({ problem: { kind: 'conflict', message: words } });
  };

  it('where any of its bytes was changed: kind, header, contents, signature, end', async () => {
    const carrier = await signedIn(ben);
    const { text, id } = await cutOff(ada, 'Hauwa');
    const starts = text.split('\n').reduce<number[]>((at, line) => [...at, at.at(-1)! + line.length + 1], [0]);
    const places = starts.slice(0, 4).flatMap((start, n) => {
      const length = text.split('\n')[n]!.length;
      return [
        start,
        start + Math.floor(length / 3),
        start + Math.floor(length / 2),
        start + length - 1,
        start + length,
      ];
    });
    for (const place of places) {
      const other = text[place] === 'B' ? 'C' : 'B';
      await refusedWith(
        text.slice(0, place) + other + text.slice(place + 1),
        carrier,
        /changed|damaged|another server/,
      );
    }
    for (const changed of [
      text + 'x',
      text.slice(0, -1),
      text.slice(0, 40),
      '',
      text.replaceAll('\n', '\r\n'),
      `${text}${text}`,
    ])
      await refusedWith(changed, carrier, /changed|damaged/);
    expect(await studentAt(id)).toBeUndefined();
  });

  it('where it is for another server', async () => {
    const elsewhere = await freshCentral();
    closers.push(() => elsewhere.drop());
    const there = await elsewhere.addProgram('JUDO');
    const user = await elsewhere.addUser({ role: 'program_admin', programs: [there] });
    const other = await openConsole(elsewhere, user, closers);
    const { text } = await cutOff(ada, 'Ike');
    await expect(give(other, text, true)).rejects.toMatchObject({
      problem: { kind: 'conflict', message: /does not know who|another server/ },
    });
  });

  it('where its author was suspended', async () => {
    const carrier = await signedIn(ben);
    const user = await central.addUser({ role: 'program_coordinator', programs: [program] });
    const { text } = await cutOff(user, 'Jide');
    await central.sql.query(`update app.users set status = 'suspended' where id = $1`, [user.id]);
    await refusedWith(text, carrier, /may not use the console any more/);
  });

  it('where its author’s desk was signed out', async () => {
    const carrier = await signedIn(ben);
    const user = await central.addUser({ role: 'program_coordinator', programs: [program] });
    const { text } = await cutOff(user, 'Jide');
    const { desk } = await signedIn(user);
    const lost = (await desk.request('sync.devices', {})).find(({ isThis }) => !isThis);
    expect(await desk.request('sync.sign-out-device', { deviceId: lost!.deviceId })).toEqual({ ended: 1 });
    await refusedWith(text, carrier, /was signed out since/);
  });

  it('where whoever brings it is no coordinator or admin of the author’s programs', async () => {
    const tutor = await central.addUser({ role: 'tutor', programs: [program] });
    const stranger = await central.addUser({ role: 'program_admin', programs: [await central.addProgram('JUDO')] });
    const { text } = await cutOff(ada, 'Kemi');
    for (const user of [tutor, stranger]) await refusedWith(text, await signedIn(user), /You may not bring/);
    expect(await give(await signedIn(ada), text, true)).toMatchObject({ counts: { apply: 1 } });
  });
});

describe('a later file', () => {
  it('goes on where the receipt of the earlier one ended', async () => {
    const carrier = await signedIn(ben);
    const one = await signedIn(ada);
    one.wire.goDark();
    await add(one, 'Lola');
    const first = await give(carrier, await saved(one), true);
    if (first.kind !== 'changes' || !first.receipt) throw new Error('no receipt');
    await give(one, await textOf(carrier, first.receipt), true);
    await add(one, 'Musa');
    expect(await give(carrier, await saved(one), true)).toMatchObject({ changes: 1, counts: { apply: 1 } });
  });
});
