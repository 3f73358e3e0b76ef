import { describe, expect, test } from 'vitest';
import { entityOf, type EntityName } from '../../../shared/entities';
import { validateRow } from '../../../shared/rules/validate';
import type { SeedRow } from '../rows';
import { clean, levelOf } from '../../../shared/rules/published-text';
import { creditsOf, instructorsOf } from './clean-text';
import { bytesOf, excerpt, header, line } from './excerpt';
import { readCatalogue } from './read-catalogue';

const rowsOf = <N extends EntityName>(bytes: Uint8Array, name: N): SeedRow<N>[] =>
  readCatalogue(bytes).chunks.find((chunk) => chunk.entity === name)!.rows as unknown as SeedRow<N>[];
const skippedIn = (bytes: Uint8Array) => readCatalogue(bytes).problems.filter((problem) => problem.kind === 'skipped');

describe('texts', () => {
  test('lose their entities and their spare white space', () => {
    expect(clean('  US Racial &amp; Ethnic\n Politics ')).toBe('US Racial & Ethnic Politics');
    expect(clean('Don&#39;t &#x2014; caf&eacute; &quot;now&quot;')).toBe('Don\'t — café "now"');
    expect(clean('&amp;lt; stays once decoded, &unknown; stays, AT&T stays, &#xD800; stays')).toBe(
      '&lt; stays once decoded, &unknown; stays, AT&T stays, &#xD800; stays',
    );
  });

  test('tell credit hours, or not', () => {
    expect(creditsOf('3 hours.')).toEqual({ from: 3, to: 3 });
    expect(creditsOf('1 TO 4 hours.')).toEqual({ from: 1, to: 4 });
    expect(creditsOf('3 OR 4 hours.')).toEqual({ from: 3, to: 4 });
    expect(creditsOf('1.5 hours')).toEqual({ from: 1.5, to: 1.5 });
    expect(creditsOf('0 hours.')).toEqual({ from: 0, to: 0 });
    expect(creditsOf('variable')).toBeNull();
    expect(creditsOf('')).toBeNull();
  });

  test('tell a level and who teaches', () => {
    expect([levelOf('589'), levelOf('101H'), levelOf('2043'), levelOf('99'), levelOf('X')]).toEqual([
      500,
      100,
      200,
      0,
      null,
    ]);
    expect(instructorsOf('Mullins, S;Pak, Y; ;Mullins, S')).toEqual(['Mullins, S', 'Pak, Y']);
    expect(instructorsOf(undefined)).toEqual([]);
  });
});

describe('a catalogue', () => {
  test('becomes programs, courses, facilities, tutors and prices', () => {
    expect(rowsOf(excerpt, 'programs').map((row) => row.code)).toEqual(['BIO', 'ART']);
    expect(rowsOf(excerpt, 'courses').map((row) => [row.code, row.name, row.level])).toEqual([
      ['BIO 101', 'Cells & Tissues', 100],
      ['BIO 499', 'Thesis', 400],
      ['ART 210', 'Drawing', 200],
    ]);
    expect(rowsOf(excerpt, 'facilities').map((row) => [row.name, row.facilityType])).toEqual([
      ['By arrangement', 'classroom'],
      ['Noyes Hall 12', 'lab'],
      ['Studio House', 'classroom'],
      ['Online', 'classroom'],
    ]);
    expect(rowsOf(excerpt, 'users').map((row) => [row.fullName, row.email, row.role])).toEqual([
      ['B Okoro', 'b.okoro@catalogue.example', 'tutor'],
      ['J Müller', 'j.muller@catalogue.example', 'tutor'],
    ]);
    const [cells] = rowsOf(excerpt, 'courses');
    expect(cells?.instructorId).toBe(rowsOf(excerpt, 'users')[0]?.id);
    expect(cells?.description).toContain('Same as "CHEM 5", <lab> included.');
    expect(
      rowsOf(excerpt, 'facility_course_pricing').map((row) => [
        row.sessionType,
        row.locationType,
        row.price,
        row.effectiveDate,
      ]),
    ).toEqual([
      ['lecture', 'virtual', 135_000, '2031-08-20'],
      ['laboratory', 'our-facility', 135_000, '2031-08-20'],
      ['independent-study', 'virtual', 180_000, '2031-08-20'],
      ['lecture', 'our-facility', 135_000, '2031-08-20'],
    ]);
  });

  test('holds only valid rows, whose options exist', () => {
    const { chunks } = readCatalogue(excerpt);
    for (const { entity, rows } of chunks) {
      for (const { id: _id, createdAt: _at, createdBy: _by, ...values } of rows as unknown as Record<string, unknown>[])
        expect(validateRow(entityOf(entity), values, 'insert')).toEqual([]);
    }
    const options = new Set(
      rowsOf(excerpt, 'program_options').map((row) => `${row.programId} ${row.optionKind} ${row.code}`),
    );
    for (const price of rowsOf(excerpt, 'facility_course_pricing')) {
      expect(options).toContain(`${price.programId} age_group ${price.ageGroup}`);
      expect(options).toContain(`${price.programId} location_type ${price.locationType}`);
      expect(options).toContain(`${price.programId} session_type ${price.sessionType}`);
    }
  });

  test('names every line that could not be loaded, and why', () => {
    expect(readCatalogue(excerpt).problems.map(({ line, kind, message }) => [line, kind, message])).toEqual([
      [6, 'noted', expect.stringContaining('no readable credit hours')],
      [7, 'skipped', 'The line has no subject.'],
      [8, 'skipped', 'The line has 3 values; the header has 27.'],
      [9, 'skipped', 'A quotation mark is opened and never closed.'],
      [10, 'skipped', 'The line is not valid UTF-8 text.'],
      [11, 'skipped', 'The line has no number.'],
    ]);
    expect(readCatalogue(excerpt).sections).toBe(5);
  });

  test('gives the same ids whenever it is read, and in whatever order its lines stand', () => {
    const [head, ...rest] = new TextDecoder()
      .decode(bytesOf(header, line({}), line({ number: '7' })))
      .trim()
      .split('\n');
    const reversed = bytesOf(head ?? '', ...rest.reverse());
    const ids = (bytes: Uint8Array) =>
      readCatalogue(bytes)
        .chunks.flatMap((chunk) => chunk.rows.map((row) => row.id))
        .sort();
    expect(ids(reversed)).toEqual(ids(bytesOf(header, line({}), line({ number: '7' }))));
  });

  test('meets the courses of an earlier term again', () => {
    const fall = bytesOf(header, line({ term: 'Fall' }));
    const spring = bytesOf(header, line({ term: 'Spring' }));
    for (const name of ['courses', 'facilities', 'facility_course_pricing'] as const)
      expect(rowsOf(spring, name).map((row) => row.id)).toEqual(rowsOf(fall, name).map((row) => row.id));
  });

  test('takes one person under one name for one person', () => {
    const bytes = bytesOf(
      header,
      line({ instructors: 'Zhang, L' }),
      line({ subject: 'ART', instructors: 'ZHANG, L.;张, 伟' }),
    );
    expect(rowsOf(bytes, 'users')).toHaveLength(2);
    expect(rowsOf(bytes, 'user_program_assignments')).toHaveLength(3);
  });

  test('notes a course that is named otherwise on a later line', () => {
    const { problems } = readCatalogue(bytesOf(header, line({ name: 'Life' }), line({ name: 'Live' })));
    expect(problems).toEqual([{ line: 3, kind: 'noted', message: expect.stringContaining('line 2 has “Life”') }]);
  });
});

describe('a damaged file', () => {
  test('is read with a byte order mark, Windows line ends and quoted line breaks', () => {
    const text = `\ufeff${header}\r\n${line({ description: 'first\nsecond' })}\r\n\r\n${line({ number: '102' })}`;
    expect(rowsOf(new TextEncoder().encode(text), 'courses').map((row) => row.code)).toEqual(['BIO 101', 'BIO 102']);
    expect(skippedIn(new TextEncoder().encode(text))).toEqual([]);
  });

  test('loses only the line whose quote is never closed, wherever it stands', () => {
    const open = line({ number: '666', name: 'Open' }).replace('"Open"', '"Open');
    const bytes = bytesOf(
      header,
      line({ number: '1' }),
      open,
      ...Array.from({ length: 300 }, (_, at) => line({ number: String(200 + at) })),
    );
    expect(skippedIn(bytes)).toEqual([{ line: 3, kind: 'skipped', message: expect.stringContaining('never closed') }]);
    expect(rowsOf(bytes, 'courses')).toHaveLength(301);
    const last = bytesOf(header, line({ number: '1' }), open);
    expect(rowsOf(last, 'courses')).toHaveLength(1);
    expect(skippedIn(last)).toHaveLength(1);
  });

  test('loses a line with a stray quote, a zero character, or a name that is too long', () => {
    const bytes = bytesOf(
      header,
      line({ number: '1' }).replace('"Life"', '"Li"f"e"'),
      line({ number: '2', name: 'nul\u0000l' }),
      line({ number: '3', name: 'x'.repeat(300) }),
      line({ subject: 'B', number: '4' }),
      line({ number: '5' }),
    );
    expect(skippedIn(bytes).map((problem) => problem.line)).toEqual([2, 3, 4, 5]);
    expect(rowsOf(bytes, 'courses').map((row) => row.code)).toEqual(['BIO 5']);
  });

  test('is refused as a whole where it is no catalogue, and says what is missing', () => {
    expect(() => readCatalogue(bytesOf('a,b,c', '1,2,3'))).toThrow('“Subject”, “Number”, “Name”');
    expect(() => readCatalogue(new Uint8Array())).toThrow('empty');
    expect(() => readCatalogue(Buffer.from('\ufeffSubject', 'utf16le'))).toThrow('UTF-16');
    expect(() => readCatalogue(Buffer.from('Subject,Numb\u00e9r\n', 'latin1'))).toThrow('UTF-8');
  });

  test('needs only the columns that name a course', () => {
    expect(rowsOf(bytesOf('Name,Number,Subject', 'Life,101,BIO'), 'courses').map((row) => row.code)).toEqual([
      'BIO 101',
    ]);
  });
});
