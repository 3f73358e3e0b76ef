import { expect, it } from 'vitest';
import { found } from './palette-hits';

const commands = [
  { id: 'undo', group: 'Actions' as const, label: 'Undo', act: () => undefined },
  { id: '/people', group: 'Screens' as const, label: 'People', act: () => undefined },
];
const records = [{ entity: 'students' as const, id: '1', title: 'Ada People', hint: 'STU-2026-0001' }];

it('records come first, then screens, then actions', () => {
  const hits = found('people', commands, records, () => undefined);
  expect(hits.map(({ group, label }) => [group, label])).toEqual([
    ['Records', 'Ada People'],
    ['Screens', 'People'],
  ]);
});

it('every word typed must be in the name', () => {
  expect(found('un do', commands, [], () => undefined).map(({ id }) => id)).toEqual(['undo']);
  expect(found('un people', commands, [], () => undefined)).toEqual([]);
});

it('a record opens at its own address', () => {
  const went: string[] = [];
  found('ada', [], records, (path) => went.push(path))[0]?.act();
  expect(went).toEqual(['/e/students/1']);
});
