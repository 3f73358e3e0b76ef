import { describe, expect, it } from 'vitest';
import type { SessionFacts } from '../../../shared/contract/wire';
import { entityOf } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import { lookupsOf } from '../../forms/lookups';
import type { GridContext } from '../columns';
import type { GridRow } from '../grid-row';
import {
  chosen,
  countsOf,
  editsOf,
  leftOut,
  planRows,
  unchecked,
  withCell,
  withIssues,
  type Entry,
  type Named,
} from './plan';

const program = { id: 'p1', name: 'Swimming', code: 'SWIM', currency: 'NGN', timeZone: 'Africa/Lagos' };
const user: SessionFacts = {
  userId: 'u',
  fullName: 'A',
  email: 'a@b.c',
  role: 'program_admin',
  programs: ['p1'],
  scopes: [],
};
const contextOf = (entity: 'facility_course_pricing' | 'students', locale: string): GridContext => ({
  entity: entityOf(entity),
  lookups: lookupsOf([program as unknown as AnyRow], [], locale),
  user,
  readOnly: null,
  learned: {},
  learn: () => undefined,
  editorProblem: () => null,
  setEditorProblem: () => undefined,
  openFilter: () => undefined,
  isFiltered: () => false,
});
const price: GridRow = {
  id: 'r1',
  row: {
    id: 'r1',
    programId: 'p1',
    price: 1_800_000,
    currency: 'NGN',
    courseId: 'c1',
    effectiveDate: '2026-01-01',
    isActive: true,
  } as unknown as AnyRow,
  mark: null,
  titles: { c1: 'Backstroke 1' },
};
const c2 = '01890000-0000-7000-8000-000000000002';
const courses = [
  { id: 'c1', title: 'Backstroke 1', hint: 'B1' },
  { id: c2, title: 'backstroke 1', hint: 'B1b' },
];
const named: Named = (_, text) => (text === 'Backstroke' ? courses : text === 'Butterfly' ? [] : courses.slice(1));

const cellOf = (field: string, entry: Entry, data: GridRow | null = price, locale = 'en') => {
  const wanted = [{ at: 0, data, cells: [{ field, entry }] }];
  return planRows(wanted, {
    context: contextOf('facility_course_pricing', locale),
    given: { programId: 'p1' },
    named,
  })[0]!.cells[0]!;
};

describe('what a paste would do to a cell', () => {
  it.each([
    ['₦15,000', 'en', 1_500_000],
    ['15 000', 'en', 1_500_000],
    ['15.000,50', 'de', 1_500_050],
    ['N15,000.50', 'en', 1_500_050],
  ])('reads “%s” in %s', (text, locale, value) => {
    expect(cellOf('price', { text }, price, locale)).toMatchObject({ state: 'changes', value });
  });

  it('reads dates of the place, and yes and no', () => {
    expect(cellOf('effectiveDate', { text: '4/9/2026' }, price, 'en-NG').value).toBe('2026-09-04');
    expect(cellOf('effectiveDate', { text: '4/9/2026' }, price, 'en-US').value).toBe('2026-04-09');
    expect(cellOf('isActive', { text: 'no' })).toMatchObject({ state: 'changes', value: false });
  });

  it('says of a cell that cannot be read why, and leaves it as it was', () => {
    expect(cellOf('price', { text: 'abc' })).toMatchObject({
      state: 'bad',
      value: 1_800_000,
      why: '“abc” is not an amount.',
    });
    expect(cellOf('price', { text: '' })).toMatchObject({ state: 'bad', why: 'Price is needed.' });
    expect(cellOf('price', { text: '$15' }).state).toBe('bad');
  });

  it('knows what is there already', () => {
    expect(cellOf('price', { text: '₦18,000' }).state).toBe('same');
    expect(cellOf('courseId', { text: 'Backstroke 1' }).state).toBe('same');
  });

  it('finds rows by name, and asks which one where several have it', () => {
    expect(cellOf('courseId', { text: 'B1b' })).toMatchObject({ state: 'changes', value: c2 });
    expect(cellOf('courseId', { text: 'Backstroke' })).toMatchObject({ state: 'choose', choices: courses });
    expect(cellOf('courseId', { text: 'Butterfly' }).why).toBe('No course is called “Butterfly”.');
  });

  it('leaves what is locked alone and says why', () => {
    const context = contextOf('students', 'en');
    const row = { ...price, row: { ...price.row, studentNumber: 'STU-1' } };
    const [planned] = planRows([{ at: 0, data: row, cells: [{ field: 'studentNumber', entry: { text: 'X' } }] }], {
      context,
      given: {},
      named,
    });
    expect(planned!.cells[0]).toMatchObject({ state: 'locked', value: 'STU-1' });
    expect(planned!.cells[0]!.why).toContain('given by the central database');
  });
});

describe('a plan', () => {
  const plan = (entries: Record<string, string>[], data: (GridRow | null)[]) =>
    planRows(
      entries.map((cells, at) => ({
        at,
        data: data[at]!,
        cells: Object.entries(cells).map(([field, text]) => ({ field, entry: { text } })),
      })),
      { context: contextOf('facility_course_pricing', 'en'), given: { programId: 'p1' }, named },
    );

  it('becomes one edit for each row, with what stood there', () => {
    const { edits } = editsOf(plan([{ price: '15,000', effectiveDate: 'x' }], [price]), 'facility_course_pricing', {});
    expect(edits).toEqual([
      {
        op: 'update',
        entity: 'facility_course_pricing',
        id: 'r1',
        values: { price: 1_500_000 },
        base: { price: 1_800_000 },
      },
    ]);
  });

  it('adds rows beyond the last one, but none with a cell that cannot be read', () => {
    const rows = plan([{ price: '15,000' }, { price: 'abc', effectiveDate: '4 Sep 2026' }], [null, null]);
    const { edits } = editsOf(rows, 'facility_course_pricing', { programId: 'p1' });
    expect(edits).toMatchObject([{ op: 'insert', values: { programId: 'p1', price: 1_500_000 } }]);
    expect(countsOf(rows)).toMatchObject({ changes: 1, added: 1, bad: 1, refused: 1 });
  });

  it('takes what the desk has against it to the cell, or to the row where it is about another field', () => {
    const rows = plan([{ price: '15,000' }, { price: '16,000' }], [price, null]);
    const told = withIssues(rows, editsOf(rows, 'facility_course_pricing', {}).rows, [
      { path: 'ops.0.price', message: 'Too low.' },
      { path: 'ops.1.courseId', message: 'Course is needed.' },
    ]);
    expect(told[0]!.cells[0]).toMatchObject({ state: 'bad', why: 'Too low.' });
    expect(told[1]!.why).toBe('Course is needed.');
    expect(editsOf(told, 'facility_course_pricing', {}).edits).toEqual([]);
  });

  it('goes on once a name is chosen', () => {
    const rows = plan([{ courseId: 'Backstroke' }], [price]);
    const then = withCell(rows, 'r1', chosen(rows[0]!.cells[0]!, courses[1]!));
    expect(editsOf(then, 'facility_course_pricing', {}).edits[0]).toMatchObject({ values: { courseId: c2 } });
  });

  it('adds a row once the cell that cannot be read is left out', () => {
    const rows = plan([{ price: '15,000', effectiveDate: 'soon' }], [null]);
    expect(countsOf(rows)).toMatchObject({ added: 0, bad: 1, left: 0 });
    const then = withCell(rows, rows[0]!.id, leftOut(rows[0]!.cells[1]!));
    expect(countsOf(then)).toMatchObject({ added: 1, bad: 0, left: 1 });
    expect(editsOf(then, 'facility_course_pricing', {}).edits).toMatchObject([{ values: { price: 1_500_000 } }]);
  });

  it('forgets what the desk had against it before it is looked at again, but not what cannot be read', () => {
    const rows = plan([{ price: '15,000' }, { price: 'abc' }], [price, price]);
    const told = withIssues(rows, editsOf(rows, 'facility_course_pricing', {}).rows, [
      { path: 'ops.0.price', message: 'Too low.' },
    ]);
    expect(told[0]!.cells[0]!.state).toBe('bad');
    expect(unchecked(told).map(({ cells }) => cells[0]!.state)).toEqual(['changes', 'bad']);
  });
});
