import { expect, it } from 'vitest';
import type { CellStory } from '../../../shared/contract/requests';
import type { AuditEntry } from '../../../shared/contract/wire';
import { storyText } from './cell-story';
import { howText } from './provenance';

const at = Date.UTC(2026, 8, 4, 12);
const row = { createdAt: at, createdBy: 'Ada', updatedAt: at, updatedBy: 'Ada', isSent: true };
const entry = {
  at: at + 1000,
  via: 'import 12',
  userName: 'Tunde Bakare',
  deviceName: 'Lekki desk',
  action: 'update',
  databaseUser: null,
} as AuditEntry;
const own = (state: NonNullable<CellStory['own']>['state'], when: number) => ({
  at: when,
  via: 'paste',
  label: '',
  state,
});

it('what waits on this desk is told before what the server knows', () => {
  const text = storyText({ own: own('waiting', at), row }, entry, 'en');
  expect(text).toContain('Pasted by you on this desk');
  expect(text).toContain('waiting to be sent');
});

it('what the server recorded later than this desk wrote is told with person, desk and way', () => {
  const text = storyText({ own: own('confirmed', at), row }, entry, 'en');
  expect(text).toContain('Import no. 12, Tunde Bakare, Lekki desk');
  expect(text).toContain('Confirmed');
});

it('offline the stamp of the row is what is left', () => {
  expect(storyText({ own: null, row }, undefined, 'en')).toContain('The row was added by Ada');
  expect(storyText({ own: null, row: { ...row, isSent: false } }, undefined, 'en')).toContain('Added on this desk');
});

it('an unknown way is said as it is written', () => {
  expect(howText('rename')).toBe('Rename');
});
