import { describe, expect, it } from 'vitest';
import type { SignInRefusal } from '../../shared/contract/outcome';
import { refusalWords } from './sign-in-refusals';

const refused = (reason: SignInRefusal, retryAt?: number) =>
  refusalWords({ kind: 'sign-in-refused', message: '', reason, ...(retryAt === undefined ? {} : { retryAt }) });

describe('a sign-in that did not succeed', () => {
  it('each reason has its own words and a way out', () => {
    const reasons: SignInRefusal[] = [
      'wrong-password',
      'locked-out',
      'suspended',
      'pending',
      'no-console-access',
      'unreachable',
      'not-provost',
      'server-too-old',
      'server-too-new',
      'password-too-long',
    ];
    const titles = reasons.map((reason) => refused(reason).title);
    expect(new Set(titles).size).toBe(reasons.length);
    for (const reason of reasons) expect(refused(reason).wayOut).not.toBe('');
  });

  it('a lock-out says until when, where that is known', () => {
    const inTenMinutes = Date.now() + 600_000;
    expect(refused('locked-out', inTenMinutes).title).toMatch(/from .*\d/);
    expect(refused('locked-out').title).not.toContain('null');
  });

  it('why the server could not be reached is said as the desk found it', () => {
    const found = 'The certificate of the server cannot be trusted. Ask whoever runs the server.';
    expect(refusalWords({ kind: 'sign-in-refused', reason: 'unreachable', message: found }).title).toBe(found);
    expect(refusalWords({ kind: 'offline', message: found })).toMatchObject({ title: found, field: 'server' });
  });

  it('any other problem speaks for itself', () => {
    expect(refusalWords({ kind: 'storage', reason: 'disk-full', message: 'The disk is full.' }).title).toBe(
      'The disk is full.',
    );
  });
});
