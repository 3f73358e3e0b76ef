import { describe, expect, it } from 'vitest';
import { redact } from './redact';

describe('what goes into a log', () => {
  it('has no password of an address in it, in a text or in an error', () => {
    const address = 'could not reach postgres://provost_client:s3cr3t!@db.example:5432/provost in time';
    expect(redact(address)).toBe('could not reach postgres://provost_client:[hidden]@db.example:5432/provost in time');
    expect(redact(new Error(address))).not.toContain('s3cr3t');
  });

  it('has no named secret in it, however deep', () => {
    const shown = JSON.stringify(
      redact({
        input: [{ email: 'ada@example.org', password: 'one' }],
        sessionToken: 'two',
        line: 'ticket=three&x=1',
        deep: { token: 'four' },
      }),
    );
    for (const secret of ['one', 'two', 'three', 'four']) expect(shown).not.toContain(secret);
    expect(shown).toContain('ada@example.org');
  });

  it('leaves the rest as it is, and ends in a circle', () => {
    expect(redact([1, null, undefined, true, 'plain'])).toEqual([1, null, undefined, true, 'plain']);
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(() => redact(circle)).not.toThrow();
  });
});
