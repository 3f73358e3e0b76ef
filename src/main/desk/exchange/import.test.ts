import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import writeExcel from 'write-excel-file/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { excerpt } from '../../../central/seed/catalogue/excerpt';
import { readRows } from '../local/rows';
import { saveRows } from '../commands/save-rows';
import { undo } from '../commands/undo';
import { ExchangeDesk } from '../testing/exchange-desk';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';

let temp: TempStore;
let desk: SampleDesk;
let files: ExchangeDesk;
beforeEach(() => {
  temp = tempStore();
  desk = sampleDesk(temp.open());
  files = new ExchangeDesk(desk, temp.folder);
});
afterEach(async () => {
  await files.exchange.close();
  temp.remove();
});

const students = (where = '1') => readRows(desk.store.reader, 'students', `where ${where} order by t.first_name`);
const courses = () => readRows(desk.store.reader, 'courses', 'order by t.code');
const messages = (file: string) =>
  files
    .rows(file, 'error')
    .map(({ n, issues }) => [n, ...issues.map(({ column, message }) => `${column}: ${message}`)]);

describe('a file of other people’s making', () => {
  const csv =
    'Pupil;E-mail address;DOB;Joined on;Statut\n' +
    'Obi, Ada;ada@x.org;4/9/2015;2026-01-10;Active\n' +
    'Tunde Bakare;tunde@x.org;13/12/2014;10 Jan 2026;graduated\n';

  it('is understood by its headers and contents, and the same file again changes nothing', async () => {
    const file = files.upload('pupils.csv', csv);
    const summary = await files.checkAsSuggested(file, 'students', { locale: 'en-GB' });
    expect(summary).toMatchObject({ rows: 2, create: 2, update: 0, unchanged: 0, error: 0, ticked: 2 });
    expect(students()).toHaveLength(1);
    const applied = await files.apply(file);
    expect(applied).toMatchObject({ number: 1, created: 2, updated: 0 });
    expect(students("t.email = 'ada@x.org'")[0]).toMatchObject({
      firstName: 'Ada',
      lastName: 'Obi',
      dateOfBirth: '2015-09-04',
      enrollmentDate: '2026-01-10',
      status: 'active',
      programId: desk.ids.program,
    });

    const again = files.upload('pupils.csv', csv);
    expect(await files.checkAsSuggested(again, 'students', { locale: 'en-GB' })).toMatchObject({
      create: 0,
      update: 0,
      unchanged: 2,
      ticked: 0,
    });
    await expect(files.apply(again)).rejects.toThrow(/nothing to import/);
  });

  it('changes only what it says otherwise, shows it, and an empty cell leaves the value alone', async () => {
    const file = files.upload('a.csv', csv);
    await files.checkAsSuggested(file, 'students', { locale: 'en-GB' });
    await files.apply(file);
    const next = files.upload('b.csv', csv.replace('Active', '').replace('graduated', 'withdrawn'));
    const summary = await files.checkAsSuggested(next, 'students', { locale: 'en-GB' });
    expect(summary).toMatchObject({ create: 0, update: 1, unchanged: 1, cells: 1 });
    expect(files.rows(next, 'update')[0]).toMatchObject({
      title: 'Tunde Bakare',
      cells: [{ field: 'status', before: 'Graduated', after: 'Withdrawn', state: 'mine' }],
    });
    await files.apply(next);
    expect(students("t.email = 'ada@x.org'")[0]?.['status']).toBe('active');
  });

  it('empties what is empty only where the person says so', async () => {
    const file = files.upload('a.csv', csv);
    await files.checkAsSuggested(file, 'students', { locale: 'en-GB' });
    await files.apply(file);
    const next = files.upload('b.csv', csv.replace('13/12/2014', ''));
    await files.open(next);
    const { suggested } = files.columns(next, 'students');
    expect(
      await files.check({
        file: next,
        entity: 'students',
        mapping: { ...suggested, emptyClears: true },
        locale: 'en-GB',
      }),
    ).toMatchObject({ update: 1 });
    expect(files.rows(next, 'update')[0]?.cells).toEqual([
      { field: 'dateOfBirth', before: '13 Dec 2014', after: '', state: 'mine', take: null },
    ]);
  });

  it('lists every error with its line, its column and its reason, and writes nothing of those lines', async () => {
    const bad =
      'First name,Last name,Email,Date of birth,Status\n' +
      'Ada,Obi,not an address,2015-09-04,active\n' +
      'Bola,,bola@x.org,31/31/2015,asleep\n' +
      'Chi,Eze,chi@x.org,2015-09-04,active\n' +
      'Chi,Other,chi@x.org,2015-09-04,active\n';
    const file = files.upload('bad.csv', bad);
    expect(await files.checkAsSuggested(file, 'students')).toMatchObject({
      rows: 4,
      create: 1,
      error: 3,
      issues: 5,
      ticked: 1,
    });
    expect(messages(file)).toEqual([
      [2, 'Email: Not an email address, such as ada@example.org.'],
      [
        3,
        'Date of birth: “31/31/2015” is not a date. Write it like 4 Sep 2026.',
        'Status: Choose one of: Active, Inactive, Graduated, Withdrawn.',
        'Last name: Last name is needed.',
      ],
      [5, ': Line 4 means the same student and says something else. Keep one of the two, or let the first one count.'],
    ]);
    await files.apply(file);
    expect(students().map((row) => row['firstName'])).toEqual(['Chi', 'Zoë']);

    const report = await files.exchange.report({ file });
    const lines = files.read(report.file).toString('utf8').trim().split('\r\n');
    expect(report.name).toBe('bad - to correct.csv');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain('Why it was not imported');
    expect(lines[1]).toMatch(/^Ada,Obi,not an address,.*Email: Not an email address/);
  });

  it('leaves out the lines that are unticked', async () => {
    const file = files.upload('a.csv', csv);
    await files.checkAsSuggested(file, 'students', { locale: 'en-GB' });
    expect(files.exchange.tick({ file, rows: [2], ticked: false }).ticked).toBe(1);
    await files.apply(file);
    expect(students().map((row) => row['firstName'])).toEqual(['Tunde', 'Zoë']);
  });

  it('is one step of undo, which lists what was changed since', async () => {
    const file = files.upload('a.csv', csv);
    await files.checkAsSuggested(file, 'students', { locale: 'en-GB' });
    const { mutationId } = await files.apply(file);
    const next = files.upload('b.csv', csv.replace('Active', 'Inactive').replace('graduated', 'withdrawn'));
    await files.checkAsSuggested(next, 'students', { locale: 'en-GB' });
    const second = await files.apply(next);
    const ada = students("t.email = 'ada@x.org'")[0]!;
    saveRows(desk.context, {
      edits: [{ op: 'update', entity: 'students', id: ada.id, values: { status: 'graduated' } }],
      label: 'By hand',
      via: 'typed',
    });
    expect(undo(desk.context, { id: second.mutationId }).skipped).toEqual([
      { entity: 'students', id: ada.id, title: 'Ada Obi', field: 'status' },
    ]);
    expect(students("t.email = 'tunde@x.org'")[0]?.['status']).toBe('graduated');
    undo(desk.context, { id: mutationId });
    expect(students()).toHaveLength(1);
  });

  it('says which import a value came from, by a number of the desk’s own', async () => {
    for (const n of [1, 2]) {
      const file = files.upload(`${n}.csv`, `First name,Last name,Email\nA,B,${n}@x.org\n`);
      await files.checkAsSuggested(file, 'students');
      await files.apply(file);
    }
    const vias = desk.store.reader.prepare('select via, label from outbox order by position').all();
    expect(vias).toEqual([
      { via: 'import 1', label: 'Import 1: 1 student added' },
      { via: 'import 2', label: 'Import 2: 1 student added' },
    ]);
  });
});

describe('rights', () => {
  it('whoever may not add is told so for every line, and nothing can be written', async () => {
    desk.as('tutor');
    const file = files.upload('a.csv', 'First name,Last name,Email\nA,B,a@x.org\n');
    const summary = await files.checkAsSuggested(file, 'students');
    expect(summary).toMatchObject({ error: 1, ticked: 0 });
    expect(messages(file)[0]?.[1]).toMatch(/Only program coordinators and program admins can add students/);
    await expect(files.apply(file)).rejects.toThrow(/nothing to import/);
  });

  it('a program that is not one’s own is refused, whatever the file says', async () => {
    const elsewhere = desk.put('programs', {
      institutionId: '',
      code: 'ELSE',
      name: 'Elsewhere',
      programType: 'trade',
      currency: 'NGN',
      timeZone: 'UTC',
      isActive: true,
    });
    const file = files.upload('a.csv', 'First name,Last name,Email,Program\nA,B,a@x.org,ELSE\nC,D,c@x.org,SWIM\n');
    const summary = await files.checkAsSuggested(file, 'students', { programId: null });
    expect(summary).toMatchObject({ error: 1, create: 1 });
    expect(messages(file)[0]?.[1]).toMatch(/not assigned to/);
    expect(elsewhere).toBeTruthy();
  });
});

describe('names in a file', () => {
  const prices = (rows: string[]) => `Facility,Course,Age group,Location,Session,Price,From\n${rows.join('\n')}\n`;

  it('become rows by code, name, number or address, options by their labels, amounts in the currency of the program', async () => {
    const file = files.upload('p.csv', prices(['lekki pool,S1,Children,OUR-FACILITY,Private,"₦15,000.50",2026-03-01']));
    const summary = await files.checkAsSuggested(file, 'facility_course_pricing');
    expect(messages(file)).toEqual([]);
    expect(summary).toMatchObject({ create: 1, error: 0 });
    await files.apply(file);
    expect(readRows(desk.store.reader, 'facility_course_pricing', "where t.age_group = 'children'")[0]).toMatchObject({
      facilityId: desk.ids.facility,
      courseId: desk.ids.course,
      sessionType: 'private',
      price: 1_500_050,
      currency: 'NGN',
    });
    const again = files.upload(
      'p.csv',
      prices(['lekki pool,S1,Children,OUR-FACILITY,Private,"₦15,000.50",2026-03-01']),
    );
    expect(await files.checkAsSuggested(again, 'facility_course_pricing')).toMatchObject({
      create: 0,
      update: 0,
      unchanged: 1,
    });
  });

  it('that mean nothing are listed, and made where that is asked for', async () => {
    const file = files.upload(
      'p.csv',
      prices([
        'New Pool,S1,Toddlers,our-facility,group,100,2026-03-01',
        'New Pool,S1,adults,our-facility,group,100,2026-03-01',
      ]),
    );
    const summary = await files.checkAsSuggested(file, 'facility_course_pricing');
    expect(summary).toMatchObject({ create: 0, error: 2 });
    expect(summary.missing).toMatchObject([
      {
        field: 'facilityId',
        entity: 'facilities',
        names: ['New Pool'],
        count: 1,
        needs: ['facilityType'],
        whyNot: null,
      },
      { field: 'ageGroup', entity: 'program_options', names: ['Toddlers'], count: 1, needs: [] },
    ]);
    const second = await files.checkAsSuggested(file, 'facility_course_pricing', {
      creates: { facilityId: { facilityType: 'pool' }, ageGroup: {} },
    });
    expect(second).toMatchObject({
      create: 2,
      error: 0,
      made: [
        { entity: 'facilities', count: 1 },
        { entity: 'program_options', count: 1 },
      ],
      missing: [],
    });
    const { mutationId } = await files.apply(file);
    expect(readRows(desk.store.reader, 'facilities', "where t.name = 'New Pool'")).toMatchObject([
      { facilityType: 'pool', programId: desk.ids.program },
    ]);
    undo(desk.context, { id: mutationId });
    expect(readRows(desk.store.reader, 'facilities', "where t.name = 'New Pool'")).toEqual([]);
  });

  it('that mean several are listed with those they could mean, and one of them can be picked', async () => {
    const other = desk.put('facilities', {
      programId: desk.ids.program,
      name: 'LEKKI pool',
      facilityType: 'gym',
      status: 'active',
    });
    const file = files.upload('p.csv', prices(['Lekki Pool,S1,children,our-facility,group,100,2026-03-01']));
    const summary = await files.checkAsSuggested(file, 'facility_course_pricing');
    expect(summary.ambiguous[0]).toMatchObject({ field: 'facilityId', text: 'Lekki Pool', rows: 1 });
    expect(summary.ambiguous[0]?.candidates.map(({ id }) => id).sort()).toEqual([desk.ids.facility, other].sort());
    expect(
      await files.checkAsSuggested(file, 'facility_course_pricing', { picks: { facilityId: { 'Lekki Pool': other } } }),
    ).toMatchObject({ create: 1, error: 0 });
  });

  it('two overlapping prices in one file are found against each other and against those that are there', async () => {
    const file = files.upload(
      'p.csv',
      prices([
        'Lekki Pool,S1,adults,our-facility,group,100,2026-06-01',
        'Lekki Pool,S1,children,our-facility,group,100,2026-03-01',
        'Lekki Pool,S1,children,our-facility,group,90,2026-05-01',
      ]),
    );
    expect(await files.checkAsSuggested(file, 'facility_course_pricing')).toMatchObject({ error: 3 });
    expect(
      messages(file).every(([, message]) => /There is a price for this combination already/.test(String(message))),
    ).toBe(true);
  });
});

describe('a published catalogue', () => {
  const good = excerpt.subarray(0, Buffer.from(excerpt).indexOf('too,few'));

  it('imports as courses by the recipe that comes with the console, once for each course, and again without effect', async () => {
    const file = files.upload('catalogue.csv', good);
    const { header } = await files.open(file);
    const [recipe] = files.columns(file, 'courses', header).recipes;
    expect(recipe).toMatchObject({ id: null, name: expect.stringContaining('University catalogue') as string });
    const summary = await files.check({ file, entity: 'courses', mapping: recipe!.mapping });
    expect(summary).toMatchObject({ rows: 6, create: 3, unchanged: 2, error: 1 });
    await files.apply(file);
    expect(courses().map((row) => [row['code'], row['name'], row['level']])).toEqual([
      ['ART 210', 'Drawing', 200],
      ['BIO 101', 'Cells & Tissues', 100],
      ['BIO 499', 'Thesis', 400],
      ['S1', 'Learn to swim', null],
    ]);
    const again = files.upload('catalogue.csv', good);
    await files.open(again);
    expect(await files.check({ file: again, entity: 'courses', mapping: recipe!.mapping })).toMatchObject({
      create: 0,
      update: 0,
    });
  });

  it('finds recipes of one’s own before it', async () => {
    desk.put('import_recipes', {
      userId: desk.ids.admin,
      entity: 'courses',
      name: 'Mine',
      mapping: { fields: { code: { from: ['Number'] } }, match: ['code'] },
    });
    const file = files.upload('catalogue.csv', good);
    await files.open(file);
    expect(files.columns(file, 'courses').recipes.map(({ name }) => name)).toEqual([
      'Mine',
      expect.stringContaining('University') as string,
    ]);
  });
});

it('two courses of one name each get a slug of their own', async () => {
  const file = files.upload('c.csv', 'Code,Name\nA,Learn to swim\nB,Learn to swim\n');
  expect(await files.checkAsSuggested(file, 'courses')).toMatchObject({ create: 2, error: 0 });
  await files.apply(file);
  expect(courses().map((row) => row['slug'])).toEqual(['learn-to-swim-2', 'learn-to-swim-3', 'learn-to-swim']);
});

it('numbers and days of a workbook are taken as they are, whatever the language of the reader', async () => {
  const path = `${temp.folder}/w.xlsx`;
  const sheet = [
    ['Facility', 'Course', 'Age group', 'Location', 'Session', 'Price', 'From'].map((value) => ({ value })),
    [
      ...['Lekki Pool', 'S1', 'children', 'our-facility', 'group'].map((value) => ({ value })),
      { value: 1.234 * 1000 },
      { value: new Date(Date.UTC(2026, 2, 1)), type: Date, format: 'dd.mm.yyyy' },
    ],
  ];
  await (writeExcel(sheet as never) as unknown as { toFile(to: string): Promise<void> }).toFile(path);
  const { readFileSync } = await import('node:fs');
  const file = files.upload('w.xlsx', readFileSync(path));
  await files.checkAsSuggested(file, 'facility_course_pricing', { locale: 'de' });
  await files.apply(file);
  expect(readRows(desk.store.reader, 'facility_course_pricing', "where t.age_group = 'children'")[0]).toMatchObject({
    price: 123_400,
    effectiveDate: '2026-03-01',
  });
});

it('what changed between the check and the import is found, and nothing is written', async () => {
  const file = files.upload('a.csv', 'Code,Name\nS9,Diving\n');
  await files.checkAsSuggested(file, 'courses');
  desk.put('courses', {
    programId: desk.ids.program,
    code: 'S9',
    name: 'Other',
    slug: 'other',
    currency: 'NGN',
    published: false,
    isActive: true,
  });
  await expect(files.apply(file)).rejects.toThrow(/Something changed since/);
  expect(courses().map((row) => row['name'])).toEqual(['Learn to swim', 'Other']);
});

it('a cancelled check ends without an answer and without anything written', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `C${i},Course ${i}`).join('\n');
  const file = files.upload('big.csv', `Code,Name\n${rows}\n`);
  await files.open(file);
  const { suggested } = files.columns(file, 'courses');
  const asked = {
    file,
    entity: 'courses' as const,
    header: 1,
    mapping: suggested,
    programId: desk.ids.program,
    locale: 'en',
    creates: {},
    picks: {},
  };
  const { job } = files.exchange.check(() => desk.context, asked);
  await new Promise((resolve) => setImmediate(resolve));
  expect(files.exchange.jobs.cancel(job)).toBe(true);
  await expect(files.finished(job, 'check')).rejects.toThrow(/cancelled/);
  expect(courses()).toHaveLength(1);
  await expect(files.apply(file)).rejects.toThrow(/not checked yet/);
});

it('whatever rows a file holds, importing it twice creates and changes nothing the second time', async () => {
  const word = fc.stringMatching(/^[A-Za-z]{1,8}$/);
  const row = fc.record({ code: word, name: word, level: fc.option(fc.nat(900), { nil: null }) });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
      const csv = `Code,Name,Level\n${rows.map(({ code, name, level }) => `${code},${name},${level ?? ''}`).join('\n')}\n`;
      const file = files.upload('x.csv', csv);
      const first = await files.checkAsSuggested(file, 'courses');
      if (first.ticked > 0) await files.apply(file);
      const again = files.upload('x.csv', csv);
      expect(await files.checkAsSuggested(again, 'courses')).toMatchObject({ create: 0, update: 0 });
    }),
    { numRuns: 25 },
  );
}, 60_000);

describe('a workbook that was exported and comes back', () => {
  const view = { entity: 'facilities' as const, sort: [{ field: 'name', descending: false }] };
  const columns = ['name', 'facilityType', 'capacity', 'equipment', 'status'];
  const exported = async () =>
    (await files.export({ view, columns, format: 'xlsx', name: 'F', roundTrip: true })).content;
  /** The file with one number written over, as a spreadsheet would. */
  const withCapacity = (content: Buffer, from: number, to: number): Uint8Array => {
    const parts = unzipSync(content);
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!);
    expect(sheet).toContain(`<v>${from}</v>`);
    return zipSync({ ...parts, 'xl/worksheets/sheet1.xml': strToU8(sheet.replace(`<v>${from}</v>`, `<v>${to}</v>`)) });
  };
  const capacity = (value: number) =>
    saveRows(desk.context, {
      edits: [{ op: 'update', entity: 'facilities', id: desk.ids.facility, values: { capacity: value } }],
      label: 'By hand',
      via: 'typed',
    });
  const facility = () => readRows(desk.store.reader, 'facilities', 'where t.id = ?', desk.ids.facility)[0];

  it('is all unchanged where nobody touched it, also under another name of the same kind', async () => {
    desk.put('facilities', {
      programId: desk.ids.program,
      name: 'Lekki pool',
      facilityType: 'gym',
      equipment: ['Mats, blue', 'Balls'],
      status: 'active',
    });
    const file = files.upload('back.xlsx', await exported());
    await files.open(file);
    expect(files.columns(file, 'facilities')).toMatchObject({ roundTrip: true });
    expect(await files.checkAsSuggested(file, 'facilities')).toMatchObject({ rows: 2, unchanged: 2, theirs: 0 });
  });

  it('writes what was changed in it and nothing else', async () => {
    const content = withCapacity(await exported(), 2, 30);
    saveRows(desk.context, {
      edits: [{ op: 'update', entity: 'facilities', id: desk.ids.facility, values: { status: 'maintenance' } }],
      label: 'By hand',
      via: 'typed',
    });
    const file = files.upload('back.xlsx', content);
    expect(await files.checkAsSuggested(file, 'facilities')).toMatchObject({ update: 1, cells: 1, theirs: 1 });
    expect(files.rows(file)[0]?.cells).toMatchObject([
      { field: 'capacity', before: '2', after: '30', state: 'mine' },
      { field: 'status', before: 'Maintenance', state: 'theirs' },
    ]);
    await files.apply(file);
    expect(facility()).toMatchObject({ capacity: 30, status: 'maintenance' });
  });

  it('asks where others changed the same cell, and does as it is told', async () => {
    const content = withCapacity(await exported(), 2, 30);
    capacity(40);
    const file = files.upload('back.xlsx', content);
    expect(await files.checkAsSuggested(file, 'facilities')).toMatchObject({ choose: 1, ticked: 0 });
    await expect(files.apply(file)).rejects.toThrow(/nothing to import/);
    expect(files.exchange.choose({ file, rows: [], take: 'mine' })).toMatchObject({ ticked: 1 });
    await files.apply(file);
    expect(facility()?.['capacity']).toBe(30);
  });

  it('takes both saying the same for no difference', async () => {
    const content = withCapacity(await exported(), 2, 30);
    capacity(30);
    const file = files.upload('back.xlsx', content);
    expect(await files.checkAsSuggested(file, 'facilities')).toMatchObject({ unchanged: 1, choose: 0 });
  });

  it('is refused in another grid', async () => {
    const file = files.upload('back.xlsx', await exported());
    await files.open(file);
    await expect(
      files.check({ file, entity: 'courses', mapping: { fields: { name: { from: ['Name'] } } } }),
    ).rejects.toThrow(/another grid/);
  });
});

describe('an export', () => {
  it('guards texts that a spreadsheet would run, writes numbers plainly, and reads back as it was', async () => {
    desk.put('students', {
      programId: desk.ids.program,
      firstName: '=HYPERLINK("x")',
      lastName: '@Obi',
      phone: '+234 80',
      status: 'active',
      dateOfBirth: '2015-09-04',
    });
    const { content } = await files.export({
      view: { entity: 'students' },
      columns: ['firstName', 'lastName', 'phone', 'dateOfBirth'],
      format: 'csv',
      name: 'S',
    });
    const lines = content.toString('utf8').split('\r\n');
    expect(lines[0]).toBe('\ufeffFirst name,Last name,Phone,Date of birth');
    expect(lines).toContain(`"'=HYPERLINK(""x"")",'@Obi,'+234 80,2015-09-04`);
    const file = files.upload('s.csv', content);
    expect(await files.checkAsSuggested(file, 'students')).toMatchObject({ rows: 2, unchanged: 2 });
  });

  it('never carries what is confidential', async () => {
    desk.put('student_confidential', {
      programId: desk.ids.program,
      studentId: desk.ids.student,
      medicalInfo: { allergies: 'peanuts' },
    });
    for (const format of ['csv', 'xlsx', 'texts'] as const) {
      const { content } = await files.export({
        view: { entity: 'student_confidential' },
        columns: ['studentId', 'medicalInfo'],
        format,
        name: 'C',
        roundTrip: true,
      });
      const told =
        format === 'xlsx' ? strFromU8(unzipSync(content)['xl/worksheets/sheet1.xml']!) : content.toString('utf8');
      expect(told).toContain('••••••');
      expect(told).not.toContain('peanuts');
    }
  });

  it('has the rows of the view, or of them those selected, in its order', async () => {
    const ids = ['C', 'A', 'B'].map((code) =>
      desk.put('courses', {
        programId: desk.ids.program,
        code,
        name: code,
        slug: code.toLowerCase(),
        currency: 'NGN',
        published: false,
        isActive: true,
      }),
    );
    const view = { entity: 'courses' as const, sort: [{ field: 'code', descending: true }] };
    const codes = async (more: { ids?: string[] }) => {
      const { content } = await files.export({ view, columns: ['code'], format: 'texts', name: 'C', ...more });
      return (JSON.parse(content.toString('utf8')) as { rows: string[][] }).rows.flat();
    };
    expect(await codes({})).toEqual(['S1', 'C', 'B', 'A']);
    expect(await codes({ ids: ids.slice(0, 2) })).toEqual(['C', 'A']);
  });
});
