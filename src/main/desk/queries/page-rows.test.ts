import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { view as viewShape, type Condition, type Filter, type View } from '../../../shared/contract/requests';
import type { AnyRow } from '../../../shared/model';
import { newId } from '../../../shared/model';
import { masked } from '../../../shared/rules/masking';
import { fold } from '../local/fold';
import { buildNextSearch } from '../local/search-index';
import { putFromServer } from '../local/write';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { finish } from '../steps';
import { tempStore, type TempStore } from '../testing/temp-store';
import { fieldValues } from './field-values';
import { pageRows, rowPosition } from './page-rows';
import { choices } from './choices';
import { searchRecords, searchTitles } from './search-records';
import { viewCount } from './view-counts';
import { Views } from './views';

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
const words = ['Álpha', 'beta', 'Gamma', 'délta', 'ALPHA', 'École', 'zeta', '游泳', 'beta gamma', ''];
const states = ['active', 'maintenance', 'inactive'];
const equipment = [null, [], ['Fins'], ['fins', 'Nets'], ['ropes']];

let place: TempStore;
let desk: SampleDesk;
const rows: AnyRow[] = [];
beforeAll(() => {
  place = tempStore();
  desk = sampleDesk(place.open());
  desk.store.writer.exec('delete from facilities');
  for (let i = 0; i < 300; i++) {
    const row = {
      id: newId(),
      programId: desk.ids.program,
      name: pick(words, i * 7) || null,
      facilityType: pick(['pool', 'gym'], i * 3),
      capacity: i % 4 === 0 ? null : (i * 37) % 50,
      equipment: pick(equipment, i * 11),
      amenities: null,
      status: pick(states, i * 5),
      rowVersion: 1,
      createdAt: (i * 13) % 17,
      updatedAt: 1,
      createdBy: null,
      updatedBy: null,
    };
    rows.push(row);
    putFromServer(desk.store.writer, `catalogue:${desk.ids.program}`, 'facilities', row.id, 'P', row);
  }
});
afterAll(() => place.remove());

type Sortable = string | number | null;
const keyOf = (row: AnyRow, field: string): Sortable => {
  const value = row[field];
  if (value === null || value === undefined) return null;
  if (field === 'equipment') return fold(JSON.stringify(value));
  return field === 'name' ? fold(value as string) : (value as Sortable);
};

/** As SQLite orders: nothing before everything, texts by their bytes. */
function compare(a: Sortable, b: Sortable): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b as string));
  return a < (b as number) ? -1 : 1;
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

function passes(row: AnyRow, filter: Filter): boolean {
  if ('any' in filter) return filter.any.length === 0 || filter.any.some((one) => passes(row, one));
  if ('all' in filter) return filter.all.every((one) => passes(row, one));
  if ('fact' in filter) throw new Error('No facts here.');
  const { field, test, value } = filter;
  const own = row[field];
  const text = own === null ? '' : fold(field === 'equipment' ? JSON.stringify(own) : String(own));
  const equals = (wanted: unknown): boolean => {
    if (wanted === null) return isEmpty(own);
    if (field === 'equipment')
      return Array.isArray(own) && own.some((one) => fold(one as string) === fold(String(wanted)));
    if (field === 'name') return own !== null && text === fold(String(wanted));
    return own === wanted;
  };
  switch (test) {
    case 'empty':
      return isEmpty(own);
    case 'not-empty':
      return !isEmpty(own);
    case 'is':
      return equals(value);
    case 'is-not':
      return !equals(value);
    case 'in':
      return (value as unknown[]).some(equals);
    case 'not-in':
      return !(value as unknown[]).some(equals);
    case 'contains':
      return own !== null && text.includes(fold(String(value)));
    case 'starts':
      return own !== null && text.startsWith(fold(String(value)));
    case 'less':
      return own !== null && (own as number) < (value as number);
    case 'more':
      return own !== null && (own as number) > (value as number);
    case 'within':
      throw new Error('No periods here.');
    case 'between': {
      const [from, to] = value as [number, number];
      return own !== null && (own as number) >= from && (own as number) <= to;
    }
  }
}

function expected(view: View): string[] {
  return rows
    .filter((row) => view.where.every((condition) => passes(row, condition)))
    .filter((row) => {
      const name = fold(String(row['name'] ?? ''));
      return fold(view.search)
        .split(/\s+/)
        .filter(Boolean)
        .every((word) => name.split(/\s+/).some((own) => own.startsWith(word)));
    })
    .map((row, i) => ({ row, i }))
    .sort((a, b) => {
      for (const { field, descending } of view.sort) {
        const order = compare(keyOf(a.row, field), keyOf(b.row, field));
        if (order !== 0) return descending ? -order : order;
      }
      return a.i - b.i;
    })
    .map(({ row }) => row.id);
}

const conditions: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    field: fc.constant('name'),
    test: fc.constantFrom('is', 'is-not', 'contains', 'starts'),
    value: fc.constantFrom('alpha', 'É', 'ta', '游'),
  }),
  fc.record({
    field: fc.constant('capacity'),
    test: fc.constantFrom('is', 'is-not', 'less', 'more'),
    value: fc.integer({ min: 0, max: 50 }),
  }),
  fc.record({
    field: fc.constant('capacity'),
    test: fc.constant('between'),
    value: fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 10, max: 50 })),
  }),
  fc.record({
    field: fc.constant('status'),
    test: fc.constantFrom('in', 'not-in'),
    value: fc.subarray([...states, null]),
  }),
  fc.record({
    field: fc.constant('equipment'),
    test: fc.constantFrom('is', 'is-not', 'contains'),
    value: fc.constantFrom('fins', 'Nets', 'rope'),
  }),
  fc.record({
    field: fc.constantFrom('name', 'capacity', 'equipment', 'amenities'),
    test: fc.constantFrom('empty', 'not-empty'),
  }),
) as fc.Arbitrary<Condition>;

const filters: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 4, arbitrary: conditions },
  { weight: 1, arbitrary: fc.record({ any: fc.array(conditions, { maxLength: 3 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      any: fc.array(fc.oneof(conditions, fc.record({ all: fc.array(conditions, { maxLength: 2 }) })), { maxLength: 3 }),
    }),
  },
);

const views: fc.Arbitrary<View> = fc.record({
  entity: fc.constant('facilities' as const),
  programs: fc.constant([]),
  where: fc.array(filters, { maxLength: 3 }),
  search: fc.constantFrom('', '', 'al', 'beta', 'GAM be', 'zz'),
  sort: fc.uniqueArray(
    fc.record({
      field: fc.constantFrom('name', 'capacity', 'status', 'createdAt', 'equipment', 'facilityType'),
      descending: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3, selector: (key) => key.field },
  ),
});

const shown = (view: View): string[] => {
  const ids: string[] = [];
  for (let from = 0; ; from += 90) {
    const page = pageRows(desk.context, { view, from, count: 90 });
    ids.push(...page.rows.map((row) => row[0] as string));
    if (ids.length >= page.total) return ids;
  }
};

describe('a view', () => {
  it('shows what a plain filter and sort of all rows would, page by page', () => {
    while (buildNextSearch(desk.store.writer));
    fc.assert(
      fc.property(views, (view) => {
        const ids = shown(view);
        expect(ids).toEqual(expected(view));
        const at = Math.floor(ids.length / 2);
        if (ids.length > 0) expect(rowPosition(desk.context, { view, id: ids[at]! })).toBe(at);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('of many rows takes a small change in where it belongs', () => {
    const kept = new Views({ big: 0 });
    const context = { ...desk.context, views: kept };
    fc.assert(
      fc.property(
        views,
        fc.nat(299),
        fc.record({ name: fc.constantFrom(...words), capacity: fc.nat(50) }),
        (view, n, patch) => {
          pageRows(context, { view, from: 0, count: 1 });
          const row = { ...rows[n]!, ...patch, name: patch.name || null };
          putFromServer(desk.store.writer, `catalogue:${desk.ids.program}`, 'facilities', row.id, 'P', row as never);
          rows[n] = row;
          kept.changed(desk.store.reader, { facilities: [row.id] });
          expect(kept.size).toBe(1);
          const ids = pageRows(context, { view, from: 0, count: 1000 }).rows.map((shownRow) => shownRow[0]);
          expect(ids).toEqual(expected(view));
          kept.clear();
        },
      ),
      { numRuns: 150, seed: 11 },
    );
  });

  it('sorts and filters by what a reference reads as', () => {
    const student = (firstName: string): string =>
      desk.put('students', { programId: desk.ids.program, firstName, lastName: 'Z', status: 'active' });
    const put = (studentId: string): string =>
      desk.put('course_enrollments', {
        programId: desk.ids.program,
        studentId,
        courseId: desk.ids.course,
        facilityId: desk.ids.facility,
        ageGroup: 'adults',
        locationType: 'our-facility',
        sessionType: 'group',
        status: 'active',
        enrollmentDate: '2026-01-01',
        progressPercentage: 0,
      });
    const [second, third, first] = [put(student('Émile')), put(student('zoe')), put(student('Ada'))];
    const view: View = {
      entity: 'course_enrollments',
      programs: [],
      where: [],
      search: '',
      sort: [{ field: 'studentId', descending: false }],
    };
    const page = pageRows(desk.context, { view, from: 0, count: 10 });
    expect(page.rows.map((row) => row[0])).toEqual([first, second, third]);
    const column = page.fields.indexOf('studentId');
    expect(page.titles[page.rows[1]![column] as string]).toBe('Émile Z');
    const found = (over: Partial<View>) =>
      pageRows(desk.context, { view: { ...view, ...over }, from: 0, count: 10 }).rows.map((row) => row[0]);
    expect(found({ where: [{ field: 'studentId', test: 'contains', value: 'emi' }] })).toEqual([second]);
    expect(found({ search: 'emi' })).toEqual([second]);
    expect(found({ programs: [newId()] })).toEqual([]);
  });

  it('never shows or sorts by what is masked', () => {
    const student = (n: number): string =>
      desk.put('students', { programId: desk.ids.program, firstName: `S${n}`, lastName: 'M', status: 'active' });
    for (const [n, name] of ['Bisi', 'Ade', null].entries()) {
      desk.put('student_confidential', {
        programId: desk.ids.program,
        studentId: student(n),
        emergencyContact: name && { name },
      });
    }
    const view: View = {
      entity: 'student_confidential',
      programs: [],
      where: [],
      search: '',
      sort: [{ field: 'emergencyContact', descending: true }],
    };
    const page = pageRows(desk.context, { view, from: 0, count: 10 });
    expect(page.rows.map((row) => row[page.fields.indexOf('emergencyContact')])).toEqual([masked, masked, null]);
    expect(JSON.stringify(page)).not.toContain('Bisi');
    const filter = { ...view, where: [{ field: 'emergencyContact', test: 'contains' as const, value: 'B' }] };
    expect(() => pageRows(desk.context, { view: filter, from: 0, count: 1 })).toThrow('masked');
    expect(fieldValues(desk.context, { view, field: 'emergencyContact', search: '', limit: 10 })).toEqual([]);
  });

  it('of users shows those who are part of the chosen programs, and those one has just added', () => {
    const user = (username: string, over: Record<string, unknown> = {}): string =>
      desk.put('users', {
        fullName: username,
        username,
        email: `${username}@example.org`,
        role: 'guardian',
        status: 'active',
        ...over,
      });
    const [guardian, added] = [user('guardian'), user('added', { createdBy: desk.ids.admin })];
    user('elsewhere');
    desk.put('student_guardians', {
      programId: desk.ids.program,
      studentId: desk.ids.student,
      guardianId: guardian,
      relationship: 'mother',
    });
    const view: View = {
      entity: 'users',
      programs: [desk.ids.program],
      where: [],
      search: '',
      sort: [{ field: 'fullName', descending: false }],
    };
    expect(pageRows(desk.context, { view, from: 0, count: 10 }).rows.map((row) => row[0])).toEqual([added, guardian]);
  });

  it('refuses a column that does not exist', () => {
    const view: View = {
      entity: 'facilities',
      programs: [],
      where: [],
      search: '',
      sort: [{ field: 'nothing', descending: false }],
    };
    expect(() => pageRows(desk.context, { view, from: 0, count: 1 })).toThrow('no field');
  });
});

describe('choosing and finding', () => {
  it('counts the values of a column among the rows the other filters leave', () => {
    const view: View = {
      entity: 'facilities',
      programs: [],
      where: [{ field: 'status', test: 'is', value: 'active' }],
      search: '',
      sort: [],
    };
    const counted = fieldValues(desk.context, { view, field: 'status', search: '', limit: 10 });
    expect(counted.map((one) => one.count).reduce((a, b) => a + b)).toBe(300);
    const types = fieldValues(desk.context, { view, field: 'facilityType', search: 'po', limit: 10 });
    expect(types).toMatchObject([{ value: 'pool' }]);
  });

  it('offers rows by title with a hint, of one program', () => {
    const found = choices(desk.context, { entity: 'students', search: 'zoe ade', limit: 5 });
    expect(found).toEqual([{ id: desk.ids.student, title: 'Zoë Adéyemi', hint: 'STU-2026-0001' }]);
    expect(choices(desk.context, { entity: 'students', search: '', programId: newId(), limit: 5 })).toEqual([]);
  });

  it('finds a record by what stands inside its name, without accents, after what begins so', () => {
    while (buildNextSearch(desk.store.writer));
    const find = (text: string) => searchRecords(desk.context, { text, limit: 5 }).map((hit) => hit.title);
    desk.put('students', { programId: desk.ids.program, firstName: 'Deye', lastName: 'Obi', status: 'active' });
    expect(find('deye')).toEqual(['Deye Obi', 'Zoë Adéyemi']);
    expect(find('EYEM zo')).toEqual(['Zoë Adéyemi']);
    expect(find('zoë adé')[0]).toBe('Zoë Adéyemi');
    expect(find('xyem')).toEqual([]);
    const id = desk.ids.student;
    const records = [
      { entity: 'students' as const, id },
      { entity: 'courses' as const, id: newId() },
    ];
    expect(searchTitles(desk.context, { records })).toMatchObject([{ entity: 'students', title: 'Zoë Adéyemi' }]);
  });

  it('finds records of any kind, and takes whatever is typed', () => {
    const find = (text: string) => searchRecords(desk.context, { text, limit: 5 }).map((hit) => hit.title);
    expect(find('zoë a')).toEqual(['Zoë Adéyemi']);
    expect(find('learn')).toContain('Learn to swim');
    for (const text of ['"', '*', 'a OR b', 'NEAR(', "'; drop table students", '(', '-', '🏊'])
      expect(Array.isArray(find(text))).toBe(true);
  });
});

it('a view is counted as it shows, built or not', () => {
  const wheres: Filter[][] = [
    [],
    [{ field: 'status', test: 'is', value: 'active' }],
    [{ field: 'name', test: 'empty' }],
    [
      {
        any: [
          { field: 'capacity', test: 'more', value: 40 },
          { field: 'facilityType', test: 'is', value: 'pool' },
        ],
      },
    ],
  ];
  for (const where of wheres) {
    const asked = viewShape.parse({ entity: 'facilities', where });
    const views = new Views();
    const count = () => finish(viewCount(desk.store.reader, views, asked, Date.now()));
    const before = count();
    expect(before).toBe(views.get(desk.store.reader, asked).rids.length);
    expect(count()).toBe(before);
  }
});
