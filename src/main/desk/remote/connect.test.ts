import { afterEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../../shared/contract/outcome';
import { newId } from '../../../shared/model';
import { startFakeServer, startStrangeServer, type FakeAnswers } from '../testing/fake-server';
import { createRemote, type Remote } from './connect';
import { greet } from './hello';
import { createRowReader, requestRows } from './load-rows';
import { pushChanges } from './push-changes';
import { readChanges } from './read-changes';
import { RemoteError } from './remote-error';
import { signIn } from './sign-in';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const reach = (url: string): Remote => {
  const remote = createRemote(url, { connectWithin: 300, answerWithin: 300, idleWithin: 300 });
  closers.push(() => remote.close());
  return remote;
};
const lie = async (answers: FakeAnswers): Promise<Remote> => {
  const server = await startFakeServer(answers);
  closers.push(() => server.close());
  return reach(server.url);
};
const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  );
const classOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await errorOf(work);
  expect(JSON.stringify(error) + String(error)).not.toContain('secret');
  return error instanceof RemoteError ? error.class_ : String(error);
};

const hello = { product: 'provost', protocol: 1, minProtocol: 1, epoch: 'e', now: 1, isPrimary: true };
const program = newId();
const scope = `people:${program}` as const;
const session = { userId: newId(), fullName: 'A', email: 'a@b.c', role: 'tutor', programs: [program], scopes: [scope] };

describe('a server that is not there, or is something else', () => {
  it('says in words that nothing answers', async () => {
    const remote = reach('postgres://liar:secret@127.0.0.1:1/provost');
    expect(await classOf(remote.call('hello', []))).toBe('connection');
    expect(String(await errorOf(remote.call('hello', [])))).toContain('Nothing answers');
  });

  it('gives up on one that says nothing, hangs up, or speaks another language', async () => {
    for (const kind of ['silent', 'garbage', 'slam'] as const) {
      const server = await startStrangeServer(kind);
      closers.push(() => server.close());
      expect(await classOf(reach(server.url).call('hello', []))).toBe('connection');
    }
  });

  it('is the web page of a network that wants a sign-in first: says so at once, encrypted or not', async () => {
    const server = await startStrangeServer('portal');
    closers.push(() => server.close());
    for (const mode of ['disable', 'prefer', 'require', 'verify-full']) {
      const remote = createRemote(`${server.url}?sslmode=${mode}`, { connectWithin: 60_000 });
      closers.push(() => remote.close());
      const error = await errorOf(remote.call('hello', []));
      expect(error, mode).toMatchObject({ class_: 'connection', code: 'web-page' });
      expect(String(error)).toContain('open any web page, then try again');
    }
  });

  it('is closed at once, also while it waits for a server that says nothing', async () => {
    const server = await startStrangeServer('silent');
    closers.push(() => server.close());
    const remote = createRemote(server.url, { connectWithin: 60_000 });
    const call = classOf(remote.call('hello', []));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await remote.close();
    expect(await call).toBe('connection');
  });

  it('connects again by itself after a connection broke', async () => {
    const server = await startFakeServer(() => hello);
    closers.push(() => server.close());
    const remote = reach(server.url);
    await greet(remote);
    const before = remote.generation;
    remote.drop();
    await greet(remote);
    expect(remote.generation).toBe(before + 1);
  });

  it('takes turns: calls made together are answered each with its own answer', async () => {
    const remote = await lie((call) => ({ call }));
    const answers = await Promise.all([
      remote.call('hello', []),
      remote.call('session', ['x']),
      remote.call('digest', ['x']),
    ]);
    expect(answers).toEqual([{ call: 'hello' }, { call: 'session' }, { call: 'digest' }]);
  });
});

describe('a pooler between desk and server', () => {
  it('is noticed by the process id it makes up, and no notification is asked of it', async () => {
    // The fake server calls itself process 7 when greeting.
    const direct = await lie((call) => (call === 'listen' ? '7' : hello));
    expect(await direct.listen(() => undefined)).toBe(true);
    const pooled = await lie((call) => (call === 'listen' ? '4711' : hello));
    expect(await pooled.listen(() => undefined)).toBe(false);
  });
});

describe('a server that lies', () => {
  const refusalOf = async (work: Promise<unknown>): Promise<string> => {
    const error = await errorOf(work);
    return error instanceof Refusal && error.problem.kind === 'sign-in-refused' ? error.problem.reason : String(error);
  };

  it('is told apart in the greeting: no Provost, too old, too new', async () => {
    for (const answer of ['nonsense', '{', [], { ...hello, product: 'other' }, { ...hello, epoch: 7 }]) {
      expect(await refusalOf(greet(await lie(() => answer)))).toBe('not-provost');
    }
    expect(await refusalOf(greet(await lie(() => ({ ...hello, protocol: 0 }))))).toBe('server-too-old');
    expect(await refusalOf(greet(await lie(() => ({ ...hello, minProtocol: 99 }))))).toBe('server-too-new');
  });

  it('cannot sign anybody in with an answer of another shape', async () => {
    const credentials = { email: 'a@b.c', password: 'secret', deviceId: newId(), deviceName: 'd', client: '1' };
    for (const answer of [{ ok: true }, { ok: true, token: 'short', expiresAt: 1, session }, { ok: 'yes' }, null]) {
      expect(await classOf(signIn(await lie(() => answer), credentials))).toBe('nonsense');
    }
  });

  it('cannot settle mutations that were not sent', async () => {
    const sent = { seq: 1, id: newId(), ops: [] };
    const results = (one: object) => ({ results: [one], lastSeq: 1 });
    for (const answer of [
      results({ seq: 1, id: newId(), status: 'applied' }),
      results({ seq: 2, id: sent.id, status: 'applied' }),
      results({ seq: 1, id: sent.id, status: 'perhaps' }),
      { results: 'all' },
      { err: 'because' },
    ]) {
      expect(await classOf(pushChanges(await lie(() => answer), 't', newId(), [sent]))).toBe('nonsense');
    }
  });

  it('cannot bring a row of a foreign scope, of a wrong shape, or a cursor that is no snapshot', async () => {
    const id = newId();
    const stamp = { id, rowVersion: 1, createdAt: 1, updatedAt: 1, createdBy: null, updatedBy: null };
    const guardian = { ...stamp, programId: program, studentId: newId(), guardianId: newId(), relationship: 'mother' };
    const page = {
      epoch: 'e',
      snapshot: '1:2:',
      session,
      changes: [[scope, 'student_guardians', id, 'P', guardian]],
      after: null,
    };
    const pull = async (answer: unknown): Promise<unknown> => readChanges(await lie(() => answer), 't', {}, null, 10);
    expect(await pull(page)).toMatchObject({ snapshot: '1:2:' });
    const withChange = (...change: unknown[]) => ({ ...page, changes: [change] });
    for (const answer of [
      withChange(`people:${newId()}`, 'student_guardians', id, 'P', guardian),
      withChange(scope, 'student_guardians', newId(), 'P', guardian),
      withChange(scope, 'student_guardians', id, 'P', { ...guardian, relationship: 7 }),
      withChange(scope, 'student_guardians', id, 'P', { ...guardian, rowVersion: '1' }),
      withChange(scope, 'student_guardians', id, 'P', stamp),
      withChange(scope, 'student_guardians', id, 'P', null),
      withChange(scope, 'student_guardians', id, 'X', guardian),
      withChange(scope, 'student_guardians', "' or true", 'D', null),
      { ...page, snapshot: "1:2:'; drop table" },
      { ...page, session: { ...session, role: 'god' } },
    ]) {
      expect(await classOf(pull(answer))).toBe('nonsense');
    }
    const fromTheFuture = await pull(withChange(scope, 'spaceships', id, 'P', { anything: true }));
    expect(fromTheFuture).toMatchObject({ after: null });
  });

  it('cannot stream rows out of order, of other widths, or with other values', async () => {
    const load = async (text: string): Promise<number[]> => {
      const arms = [{ scope, after: null }];
      const page = await requestRows(await lie(() => text), 't', 'student_guardians', arms, 10);
      const reader = createRowReader('student_guardians', arms, () => undefined);
      for (const chunk of page.chunks) reader.push(chunk);
      reader.end();
      if (page.failure instanceof Error) throw page.failure;
      return page.came;
    };
    const [a, b] = [newId(1), newId(2)];
    const row = (id: string, version = '1') => `${id}\t${program}\t${a}\t${b}\tmother\t${version}\t1\t1\t\\N\t\\N\t0\n`;
    expect(await load(row(a) + row(b))).toEqual([2]);
    for (const text of [
      row(b) + row(a),
      row('x'),
      row(a, 'one'),
      `0\t${a}\n`,
      row(a).replace(/0\n$/, '5\n'),
      row(a).slice(0, -1),
    ]) {
      expect(await classOf(load(text))).not.toBe('Error: it succeeded');
    }
  });
});
