import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, resetPassword } from './create-admin';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';

let central: FreshCentral;
let desk: TestDesk;
let program: string;

beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram();
  desk = await central.desk();
});
afterAll(() => central.drop());
afterEach(() => central.sql.query('truncate auth.attempt'));

describe('signing in', () => {
  test('gives a session with its facts, and notes when and from which desk', async () => {
    const user = await central.addUser({ role: 'program_coordinator', programs: [program], fullName: 'Ngozi Ade' });
    const result = await desk.signIn(user.email.toUpperCase(), user.password);
    expect(result).toMatchObject({
      ok: true,
      session: {
        userId: user.id,
        fullName: 'Ngozi Ade',
        email: user.email,
        role: 'program_coordinator',
        programs: [program],
      },
    });
    if (!result.ok) return;
    expect(result.token).toMatch(/^[0-9a-f]{96}$/);
    expect(result.expiresAt).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    const { rows } = await central.sql.query<Record<string, unknown>>(
      'select s.*, u.last_login_at from auth.session s join app.users u on u.id = s.user_id where user_id = $1',
      [user.id],
    );
    expect(rows[0]).toMatchObject({
      device_id: desk.device,
      device_name: 'Test desk',
      client: 'tests',
      address: '127.0.0.1',
    });
    expect(rows[0]?.last_login_at).toBeInstanceOf(Date);
    expect(JSON.stringify(rows)).not.toContain(result.token);
  });

  test('leaves no entry in the audit trail and no password anywhere a desk can read', async () => {
    const user = await central.addUser({ role: 'super_admin' });
    await desk.signIn(user.email, user.password);
    const { rows } = await central.sql.query(`select from audit.entry where row_id = $1 and action = 'update'`, [
      user.id,
    ]);
    expect(rows).toEqual([]);
    const page = await desk.pull();
    expect(JSON.stringify(page)).not.toMatch(/password|\$2a\$/i);
  });

  test.each([
    ['pending_verification', 'tutor', 'pending'],
    ['suspended', 'tutor', 'suspended'],
    ['active', 'student', 'no-console-access'],
    ['active', 'mentor', 'no-console-access'],
  ])('an account that is %s as %s is told so only with the right password', async (status, role, reason) => {
    const user = await central.addUser({ role, status });
    expect(await desk.signIn(user.email, 'wrong')).toEqual({ ok: false, reason: 'wrong-password' });
    expect(await desk.signIn(user.email, user.password)).toEqual({ ok: false, reason });
  });

  test('an unknown email looks like a wrong password, and costs as much', async () => {
    const { userId } = await createAdmin(central.sql, {
      email: 'cost@example.org',
      fullName: 'Cost',
      password: 'a-long-password',
    });
    expect(userId).toBeTruthy();
    const time = async (email: string): Promise<number> => {
      const start = performance.now();
      expect(await desk.signIn(email, 'wrong')).toEqual({ ok: false, reason: 'wrong-password' });
      return performance.now() - start;
    };
    const known = Math.min(await time('cost@example.org'), await time('cost@example.org'));
    const unknown = Math.min(await time('nobody@example.org'), await time('nobody@example.org'));
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });

  test('a password of more than 72 bytes is refused, not cut off', async () => {
    expect(await desk.signIn('a@example.org', 'ä'.repeat(37))).toEqual({ ok: false, reason: 'password-too-long' });
  });

  test('eight wrong passwords lock the account for a quarter of an hour, known or not', async () => {
    const user = await central.addUser({ role: 'tutor', programs: [program] });
    for (const email of [user.email, 'nobody-here@example.org']) {
      for (let n = 1; n <= 7; n++)
        expect(await desk.signIn(email, 'wrong')).toEqual({ ok: false, reason: 'wrong-password' });
      const eighth = await desk.signIn(email, 'wrong');
      expect(eighth).toMatchObject({ ok: false, reason: 'locked-out' });
      const again = await desk.signIn(email, user.password);
      expect(again).toMatchObject({ ok: false, reason: 'locked-out' });
      if (again.ok) return;
      expect(again.retryAt! - Date.now()).toBeGreaterThan(14 * 60_000);
      expect(again.retryAt! - Date.now()).toBeLessThan(16 * 60_000);
    }
    await central.sql.query(`update auth.attempt set locked_until = now() - interval '1 second'`);
    expect(await desk.signIn(user.email, user.password)).toMatchObject({ ok: true });
  });

  test('the right password forgives the wrong ones before it', async () => {
    const user = await central.addUser({ role: 'tutor', programs: [program] });
    for (let n = 1; n <= 7; n++) await desk.signIn(user.email, 'wrong');
    expect(await desk.signIn(user.email, user.password)).toMatchObject({ ok: true });
    for (let n = 1; n <= 7; n++) await desk.signIn(user.email, 'wrong');
    expect(await desk.signIn(user.email, user.password)).toMatchObject({ ok: true });
  });

  test('guessing in transactions that are rolled back is stopped all the same', async () => {
    const user = await central.addUser({ role: 'tutor', programs: [program] });
    const reasons = new Set<string>();
    for (let n = 1; n <= 70; n++) {
      await desk.client.query('begin');
      const result = await desk.signIn(user.email, 'wrong');
      await desk.client.query('rollback');
      if (!result.ok) reasons.add(result.reason);
      if (reasons.has('locked-out')) break;
    }
    expect(reasons).toContain('locked-out');
  });
});

describe('signing out', () => {
  test('ends this session, or everywhere all of them', async () => {
    const user = await central.addUser({ role: 'tutor', programs: [program] });
    const desks = await Promise.all([central.desk(), central.desk(), central.desk()]);
    for (const one of desks) expect(await one.signIn(user.email, user.password)).toMatchObject({ ok: true });
    const [a, b, c] = desks;
    await a!.call('sign_out', a!.token, false);
    expect(await a!.session()).toEqual({ err: 'signed-out' });
    expect(await b!.session()).toMatchObject({ userId: user.id });
    await b!.call('sign_out', b!.token, true);
    expect(await c!.session()).toEqual({ err: 'signed-out' });
    await c!.call('sign_out', 'nonsense', true);
  });
});

describe('passwords', () => {
  test('are changed by whoever knows the old one, and end the other sessions', async () => {
    const user = await central.addUser({ role: 'tutor', programs: [program] });
    const [a, b] = [await central.desk(), await central.desk()];
    await a.signIn(user.email, user.password);
    await b.signIn(user.email, user.password);
    const change = (old: string, fresh: string): Promise<unknown> => a.call('change_password', a.token, old, fresh);
    expect(await change('wrong', 'another-password')).toEqual({ ok: false, reason: 'wrong-password' });
    expect(await change(user.password, 'short')).toEqual({ ok: false, reason: 'password-too-short' });
    expect(await change(user.password, 'x'.repeat(73))).toEqual({ ok: false, reason: 'password-too-long' });
    expect(await change(user.password, 'another-password')).toEqual({ ok: true });
    expect(await a.session()).toMatchObject({ userId: user.id });
    expect(await b.session()).toEqual({ err: 'signed-out' });
    expect(await b.signIn(user.email, user.password)).toEqual({ ok: false, reason: 'wrong-password' });
    expect(await b.signIn(user.email, 'another-password')).toMatchObject({ ok: true });
  });

  test('the first super admin gets one that is shown once; a reset ends sessions and lifts a lock-out', async () => {
    const made = await createAdmin(central.sql, { email: 'First@Example.org', fullName: 'First Admin' });
    expect(made.password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    expect(await desk.signIn('first@example.org', made.password)).toMatchObject({
      ok: true,
      session: { role: 'super_admin' },
    });
    await expect(createAdmin(central.sql, { email: 'first@example.org', fullName: 'Again' })).rejects.toThrow(
      'already',
    );
    for (let n = 1; n <= 8; n++) await desk.signIn('first@example.org', 'wrong');
    const fresh = await resetPassword(central.sql, 'FIRST@example.org');
    expect(await desk.session()).toEqual({ err: 'signed-out' });
    expect(await desk.signIn('first@example.org', fresh)).toMatchObject({ ok: true });
  });
});
