import { expect, it } from 'vitest';
import { counted, momentText, timeLeftText } from './moment';

const now = new Date(2026, 10, 21, 12, 0).getTime();

it('today and yesterday are said as such', () => {
  expect(momentText(new Date(2026, 10, 21, 0, 1).getTime(), now)).toMatch(/^Today, /);
  expect(momentText(new Date(2026, 10, 20, 23, 59).getTime(), now)).toMatch(/^Yesterday, /);
  expect(momentText(new Date(2026, 10, 19, 23, 59).getTime(), now)).toMatch(/19/);
});

it('another year is named', () => {
  expect(momentText(new Date(2025, 10, 21).getTime(), now)).toContain('2025');
  expect(momentText(new Date(2026, 0, 2).getTime(), now)).not.toContain('2026');
});

it('one is counted in the singular', () => {
  expect(counted(1, 'change')).toBe('1 change');
  expect(counted(0, 'change')).toBe('0 changes');
  expect(counted(2, 'facility', 'facilities')).toBe('2 facilities');
});

it('what is left is said no finer than it can be known', () => {
  expect([3, 44, 97, 200].map(timeLeftText)).toEqual([
    'a few seconds',
    'about 40 seconds',
    'about 100 seconds',
    'about 3 minutes',
  ]);
});
