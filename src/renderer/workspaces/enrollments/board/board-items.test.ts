import { expect, test } from 'vitest';
import type { BoardCard, BoardColumn } from '../../../../shared/contract/assignment';
import type { Proposal } from '../../../../shared/rules/assignment';
import { itemsOf, offsetsOf, seatsOf, within } from './board-items';

const configuration = { ageGroup: '6-8', locationType: 'ours', sessionType: 'group' };
const card = (id: string): BoardCard => ({
  ...{ id, studentId: id, student: id, age: 7, courseId: 'c', course: 'C', ...configuration, status: 'active' },
  ...{ since: '2026-01-01', price: 1, currency: 'NGN', progress: 0, mark: null, overrideReason: null },
});
const column: BoardColumn = {
  ...{ id: 'f', name: 'Rowe Park', facilityType: 'pool', status: 'active', capacity: 8 },
  groups: [
    { ...configuration, label: '6–8 · Group', taken: 3, provisional: 1, waiting: 0 },
    { ...configuration, ageGroup: '9-12', label: '9–12 · Group', taken: 2, provisional: 0, waiting: 0 },
  ],
  cards: [card('a'), card('b')],
};
const proposal = (ageGroup: string, facilityId = 'f'): Proposal => ({
  ...{ ...configuration, ageGroup, facilityId, studentId: ageGroup, name: 'X', age: 7, courseId: 'c', course: 'C' },
  ...{ facility: 'F', price: 1, currency: 'NGN', left: 1, isOver: false, why: '', enrollmentId: null },
});

test('a column holds its groups with their learners, and proposals where they would be', () => {
  const items = itemsOf(
    column,
    [proposal('6-8'), proposal('adults'), proposal('6-8', 'other')],
    () => 'Adults · Group',
  );
  expect(items.map((item) => (item.kind === 'group' ? item.group.label : item.key))).toEqual([
    ...['6–8 · Group', 'a', 'b', 'ghost 6-8', 'Adults · Group', 'ghost adults'],
  ]);
});

test('seats are counted by configuration, with what is not confirmed and what is proposed apart', () => {
  expect(seatsOf(column, [proposal('6-8'), proposal('adults')])).toEqual({
    ...{ taken: 4, provisional: 1, proposed: 2, of: 24, groups: 3 },
  });
});

test('of many cards those in sight are drawn, and nothing of them is skipped', () => {
  const items = itemsOf({ ...column, cards: Array.from({ length: 5000 }, (_, i) => card(String(i))) }, [], () => '');
  const offsets = offsetsOf(items);
  const [from, to] = within(offsets, 100_000, 600);
  expect(to - from).toBeLessThan(40);
  expect(offsets[from]!).toBeLessThanOrEqual(100_000);
  expect(offsets[to]!).toBeGreaterThanOrEqual(100_600);
  expect(within(offsets, 0, 600)[0]).toBe(0);
  expect(within(offsets, 10_000_000, 600)[1]).toBe(items.length);
});

test('who waits stands below those who are placed, and the first of them are offered the seats that are free', () => {
  const waiting = ['w1', 'w2', 'w3'].map((id): BoardCard => ({ ...card(id), status: 'waitlisted' }));
  const [group] = column.groups;
  const full = { ...column, groups: [{ ...group!, taken: 7, waiting: 3 }], cards: [...waiting, ...column.cards] };
  const items = itemsOf(full, [], () => '');
  expect(items.map(({ key }) => key).slice(1)).toEqual(['a', 'b', expect.stringMatching(/^waiting/), 'w1', 'w2', 'w3']);
  expect(items.find(({ kind }) => kind === 'waiting')).toMatchObject({ waiting: 3, offered: ['w1'] });
  const closed = itemsOf({ ...full, status: 'maintenance' }, [], () => '');
  expect(closed.find(({ kind }) => kind === 'waiting')).toMatchObject({ offered: [] });
});
