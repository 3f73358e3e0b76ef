/** A small catalogue in the shape of the published ones, for tests: with everything that goes wrong in them. */
export const header =
  'Year,Term,YearTerm,Subject,Number,Name,Description,Credit Hours,Section Info,Degree Attributes,Schedule Information,CRN,Section,Status Code,Part of Term,Section Title,Section Credit Hours,Section Status,Enrollment Status,Type,Type Code,Start Time,End Time,Days of Week,Room,Building,Instructors';

interface Line {
  subject?: string;
  number?: string;
  name?: string;
  description?: string;
  credits?: string;
  sectionCredits?: string;
  type?: string;
  room?: string;
  building?: string;
  instructors?: string;
  term?: string;
}

/** A field as it is written: in quotes, quotes doubled. */
const q = (text: string) => `"${text.replaceAll('"', '""')}"`;

export const line = (given: Line): string => {
  const {
    subject = 'BIO',
    number = '101',
    name = 'Life',
    description = '',
    credits = '3 hours.',
    sectionCredits = '',
  } = given;
  const { type = 'Lecture', room = '', building = '', instructors = '', term = 'Fall' } = given;
  const start = building === '' ? 'ARRANGED' : '09:00 AM';
  return [
    ...[
      '2031',
      term,
      '2031-fa',
      subject,
      number,
      q(name),
      q(description),
      credits,
      '',
      '',
      '',
      '40001',
      'A',
      'A',
      '1',
      '',
    ],
    ...[sectionCredits, 'A', 'UNKNOWN', type, 'X', start, '', 'MW', room, q(building), q(instructors)],
  ].join(',');
};

export const bytesOf = (...lines: string[]): Uint8Array => new TextEncoder().encode(lines.join('\n') + '\n');

/** Two subjects, three courses, five sections, and five lines that cannot be loaded. */
export const excerpt: Uint8Array = Buffer.concat([
  bytesOf(
    header,
    line({
      name: 'Cells &amp;  Tissues',
      description: 'Same as "CHEM 5", &lt;lab&gt; included.',
      instructors: 'Okoro, B;Müller, J',
    }),
    line({
      name: 'Cells &amp;  Tissues',
      type: 'Laboratory',
      building: 'Noyes Hall',
      room: '12',
      instructors: 'Okoro, B',
    }),
    line({ number: '499', name: 'Thesis', credits: '1 TO 4 hours.', type: 'Independent Study' }),
    line({
      subject: 'ART',
      number: '210',
      name: 'Drawing',
      building: 'Studio House',
      room: 'ARR',
      instructors: 'Müller, J',
    }),
    line({ subject: 'ART', number: '210', name: 'Drawing', type: 'Online', credits: 'variable' }),
    line({ subject: '', name: 'Of nothing' }),
    'too,few,fields',
    line({ name: 'Unclosed' }).replace('"Unclosed"', '"Unclosed'),
  ),
  Buffer.from(line({ subject: 'ART', number: '300', name: 'Caf_' }).replace('_', '\u00e9') + '\n', 'latin1'),
  bytesOf(line({ number: '', name: 'Without a number' })),
]);
