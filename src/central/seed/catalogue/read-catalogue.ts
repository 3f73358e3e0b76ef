/**
 * What a published catalogue says, as rows: subjects are programs, courses are courses, sections are configurations that can be enrolled in, at facilities
 * made from buildings and rooms, at prices made from credit hours; instructors are tutors.
 *
 * Every id is made from what it names, so reading a file again, or another term of the same catalogue, meets the same rows.
 */
import { entityOf, type EntityName } from '../../../shared/entities';
import { slugOf, validateRow } from '../../../shared/rules/validate';
import { handleOf } from '../names';
import { stableId } from '../random';
import { chunk, type SeedChunk, type SeedRow } from '../rows';
import { clean, levelOf } from '../../../shared/rules/published-text';
import { creditsOf, instructorsOf, type Credits } from './clean-text';
import { readRecords, type CsvRecord, type LineProblem } from './read-records';

export interface CatalogueOptions {
  /** The institution that all programs belong to. */
  institution?: string;
  currency?: string;
  timeZone?: string;
  /** Minor units for one credit hour. */
  perCreditHour?: number;
}

export interface CatalogueProblem extends LineProblem {
  /** `skipped`: nothing of the line was loaded. `noted`: it was loaded, but for what the message says. */
  kind: 'skipped' | 'noted';
}

export interface Catalogue {
  /** In an order in which every reference points backwards. */
  chunks: SeedChunk[];
  problems: CatalogueProblem[];
  /** Lines that became a section. */
  sections: number;
  /** The line that first named a row, by its id. */
  lineOf: ReadonlyMap<string, number>;
}

const required = ['Subject', 'Number', 'Name'] as const;
/** Columns that are used where the file has them. */
type Column =
  | (typeof required)[number]
  | 'Year'
  | 'Term'
  | 'Description'
  | 'Credit Hours'
  | 'Section Credit Hours'
  | 'Section Info'
  | 'Type'
  | 'Type Code'
  | 'Start Time'
  | 'Room'
  | 'Building'
  | 'Instructors';

const termStarts: Record<string, string> = {
  winter: '01-01',
  spring: '01-15',
  summer: '05-15',
  fall: '08-20',
  autumn: '08-20',
};
const KEY = 0;
const id = (...key: string[]) => stableId(KEY, 'catalogue', ...key);
/** The central database stamps these rows itself, as it does for any real input. */
const stamp = { createdAt: 0, createdBy: null };

export function readCatalogue(bytes: Uint8Array, options: CatalogueOptions = {}): Catalogue {
  const reader = new CatalogueReader(options);
  for (const item of readRecords(bytes, required)) {
    if (item.problem) reader.problems.push({ ...item.problem, kind: 'skipped' });
    else reader.add(item.record);
  }
  return reader.result();
}

/** What one line says, cleaned. */
interface Section {
  line: number;
  subject: string;
  number: string;
  name: string;
  description: string;
  credits: Credits | null;
  sectionCredits: Credits | null;
  type: string;
  facility: { name: string; isVirtual: boolean; isLab: boolean };
  instructors: string[];
  effectiveDate: string;
}

class CatalogueReader {
  readonly problems: CatalogueProblem[] = [];
  private readonly lineOf = new Map<string, number>();
  private sections = 0;
  private readonly institutionId: string;
  private readonly institution: string;
  private readonly currency: string;
  private readonly timeZone: string;
  private readonly perCreditHour: number;
  private readonly users = new Map<string, SeedRow<'users'>>();
  private readonly programs = new Map<string, SeedRow<'programs'>>();
  private readonly assignments = new Map<string, SeedRow<'user_program_assignments'>>();
  private readonly options = new Map<string, SeedRow<'program_options'>>();
  private readonly courses = new Map<string, SeedRow<'courses'>>();
  private readonly facilities = new Map<string, SeedRow<'facilities'>>();
  private readonly prices = new Map<string, SeedRow<'facility_course_pricing'>>();

  constructor(options: CatalogueOptions) {
    this.institution = options.institution ?? 'University catalogue';
    this.institutionId = id('institution', this.institution);
    this.currency = options.currency ?? 'USD';
    this.timeZone = options.timeZone ?? 'UTC';
    this.perCreditHour = options.perCreditHour ?? 45_000;
  }

  add(record: CsvRecord): void {
    const section = sectionOf(record);
    const trouble = typeof section === 'string' ? section : this.troubleOf(section);
    if (typeof section === 'string' || trouble)
      this.problems.push({ line: record.line, message: trouble ?? '', kind: 'skipped' });
    else this.enter(section);
  }

  result(): Catalogue {
    const institution: SeedRow<'institutions'> = {
      id: this.institutionId,
      name: this.institution,
      location: null,
      website: null,
      size: 'large',
      accountUserId: null,
      details: null,
      ...stamp,
    };
    return {
      problems: this.problems.sort((a, b) => a.line - b.line),
      sections: this.sections,
      lineOf: this.lineOf,
      chunks: [
        chunk('users', [...this.users.values()]),
        chunk('institutions', this.programs.size > 0 ? [institution] : []),
        chunk('programs', [...this.programs.values()]),
        chunk('user_program_assignments', [...this.assignments.values()]),
        chunk('program_options', [...this.options.values()]),
        chunk('courses', [...this.courses.values()]),
        chunk('facilities', [...this.facilities.values()]),
        chunk('facility_course_pricing', [...this.prices.values()]),
      ],
    };
  }

  /** Would the rows of this section be refused? Asked before any of them is kept. */
  private troubleOf(section: Section): string | null {
    const rows: [EntityName, object][] = [
      ['programs', this.programRow(section)],
      ['courses', this.courseRow(section, null)],
      ['facilities', this.facilityRow(section)],
      ...section.instructors.map((name): [EntityName, object] => ['users', userRow(name)]),
    ];
    for (const [name, row] of rows) {
      const { id: _id, createdAt: _at, createdBy: _by, ...values } = row as Record<string, unknown>;
      const issue = validateRow(entityOf(name), values, 'insert')[0];
      if (issue)
        return `${entityOf(name).labels.one}, ${entityOf(name).fields[issue.path]?.options.label ?? issue.path}: ${issue.message}`;
    }
    return null;
  }

  private enter(section: Section): void {
    this.sections++;
    const program = this.once(section, this.programs, section.subject, () => this.programRow(section));
    const tutors = section.instructors.map((name) => {
      const user = this.once(section, this.users, userRow(name).id, () => userRow(name));
      this.once(section, this.assignments, `${user.id} ${program.id}`, () => ({
        id: id('assignment', user.id, program.id),
        programId: program.id,
        userId: user.id,
        assignedAt: null,
        assignedBy: null,
        ...stamp,
      }));
      return user;
    });
    const course = this.enterCourse(section, tutors[0]?.id ?? null);
    const facility = this.enterFacility(section);
    this.enterPrice(section, course, facility);
  }

  private enterCourse(section: Section, instructorId: string | null): SeedRow<'courses'> {
    const row = this.courseRow(section, instructorId);
    const known = this.courses.get(row.id);
    if (!known) {
      this.once(section, this.courses, row.id, () => row);
      if (!section.credits)
        this.note(section.line, `${row.code} has no readable credit hours, so it has no list price.`);
      return row;
    }
    if (known.name !== row.name)
      this.note(
        section.line,
        `${row.code} is named “${row.name}” here; line ${this.lineOf.get(row.id) ?? 0} has “${known.name}”, which stays.`,
      );
    known.instructorId ??= instructorId;
    known.description ??= row.description;
    return known;
  }

  private enterFacility(section: Section): SeedRow<'facilities'> {
    const row = this.facilityRow(section);
    const known = this.once(section, this.facilities, row.id, () => row);
    if (section.facility.isLab) known.facilityType = 'lab';
    return known;
  }

  private enterPrice(section: Section, course: SeedRow<'courses'>, facility: SeedRow<'facilities'>): void {
    const locationType = section.facility.isVirtual ? 'virtual' : 'our-facility';
    const sessionType = slugOf(section.type);
    this.enterOption(section, course.programId, 'age_group', 'adults', 'Adults');
    this.enterOption(
      section,
      course.programId,
      'location_type',
      locationType,
      section.facility.isVirtual ? 'Virtual' : 'Our facility',
    );
    this.enterOption(section, course.programId, 'session_type', sessionType, section.type);
    const credits = section.sectionCredits ?? section.credits;
    if (!credits) {
      this.note(
        section.line,
        `${course.code} at ${facility.name} has no readable credit hours, so it has no price and nobody can enroll yet.`,
      );
      return;
    }
    const price = Math.round(credits.to * this.perCreditHour);
    const key = [course.id, facility.id, 'adults', locationType, sessionType];
    const known = this.once(section, this.prices, key.join(' '), () => ({
      id: id('price', ...key),
      programId: course.programId,
      facilityId: facility.id,
      courseId: course.id,
      ageGroup: 'adults',
      locationType,
      sessionType,
      price,
      currency: this.currency,
      effectiveDate: section.effectiveDate,
      endDate: null,
      isActive: true,
      ...stamp,
    }));
    // Sections of one configuration may carry different hours: the dearest counts, in whatever order they come.
    known.price = Math.max(known.price, price);
  }

  private enterOption(
    section: Section,
    programId: string,
    optionKind: SeedRow<'program_options'>['optionKind'],
    code: string,
    label: string,
  ): void {
    this.once(section, this.options, `${programId} ${optionKind} ${code}`, () => ({
      id: id('option', programId, optionKind, code),
      programId,
      optionKind,
      code,
      label,
      sequence:
        1 +
        [...this.options.values()].filter((row) => row.programId === programId && row.optionKind === optionKind).length,
      isActive: true,
      ...stamp,
    }));
  }

  private programRow({ subject }: Section): SeedRow<'programs'> {
    return {
      id: id('program', this.institution, subject),
      institutionId: this.institutionId,
      code: subject,
      name: subject,
      description: `The subject ${subject} of ${this.institution}.`,
      programType: 'bachelors',
      currency: this.currency,
      timeZone: this.timeZone,
      isActive: true,
      usesWaitlist: false,
      ...stamp,
    };
  }

  private courseRow(section: Section, instructorId: string | null): SeedRow<'courses'> {
    const { subject, number, name, description, credits } = section;
    const programId = this.programRow(section).id;
    const level = levelOf(number);
    return {
      id: id('course', programId, number),
      programId,
      code: `${subject} ${number}`,
      name,
      slug: `${slugOf(name)}-${slugOf(number)}`,
      category: null,
      level,
      difficulty: level === null ? null : level < 200 ? 'beginner' : level < 400 ? 'intermediate' : 'advanced',
      instructorId,
      listPrice: credits ? Math.round(credits.to * this.perCreditHour) : null,
      currency: this.currency,
      description:
        [description, credits ? `**Credit hours:** ${hoursText(credits)}` : ''].filter(Boolean).join('\n\n') || null,
      thumbnailUrl: null,
      published: true,
      isActive: true,
      ...stamp,
    };
  }

  private facilityRow(section: Section): SeedRow<'facilities'> {
    const programId = this.programRow(section).id;
    const { name, isLab } = section.facility;
    return {
      id: id('facility', programId, name.toLowerCase()),
      programId,
      name,
      facilityType: isLab ? 'lab' : 'classroom',
      capacity: null,
      equipment: null,
      amenities: null,
      status: 'active',
      ...stamp,
    };
  }

  private once<V extends { id: string }>(section: Section, map: Map<string, V>, key: string, make: () => V): V {
    const known = map.get(key);
    if (known) return known;
    const row = make();
    map.set(key, row);
    if (!this.lineOf.has(row.id)) this.lineOf.set(row.id, section.line);
    return row;
  }

  private note(line: number, message: string): void {
    this.problems.push({ line, message, kind: 'noted' });
  }
}

const hoursText = ({ from, to }: Credits) => (from === to ? String(from) : `${from} to ${to}`);

/** A line as a section, or why it is none. */
function sectionOf({ line, values }: CsvRecord): Section | string {
  const get = (column: Column) => clean(values[column]);
  for (const column of required) if (get(column) === '') return `The line has no ${column.toLowerCase()}.`;
  if (Object.values(values).some((value) => value.includes('\u0000'))) return 'The line contains a zero character.';
  const type = get('Type') || get('Type Code') || 'Section';
  return {
    line,
    subject: get('Subject').toUpperCase(),
    number: get('Number'),
    name: get('Name'),
    description: get('Description'),
    credits: creditsOf(get('Credit Hours')),
    sectionCredits: creditsOf(get('Section Credit Hours')),
    type,
    facility: facilityOf(get('Building'), get('Room'), type),
    instructors: instructorsOf(values['Instructors']),
    effectiveDate: effectiveDateOf(get('Year'), get('Term')),
  };
}

/** Where a section meets. Without a building it meets online, or where those who take it agree: neither is a room of ours. */
function facilityOf(building: string, room: string, type: string): Section['facility'] {
  const isOnline = /\bonline\b/i.test(type);
  if (building === '') return { name: isOnline ? 'Online' : 'By arrangement', isVirtual: true, isLab: false };
  const isArranged = room === '' || /^arr(anged)?$/i.test(room);
  return {
    name: isArranged ? building : `${building} ${room}`,
    isVirtual: isOnline,
    isLab: /\blab(oratory)?\b/i.test(type),
  };
}

function effectiveDateOf(year: string, term: string): string {
  const day = termStarts[term.toLowerCase()] ?? '01-01';
  return /^(19|20)\d\d$/.test(year) ? `${year}-${day}` : `2000-${day}`;
}

/** One person per name, in whatever subject: `Mullins, S` and `MULLINS, S.` are the same. */
function userRow(name: string): SeedRow<'users'> {
  const [family = '', given = ''] = name.split(/,(.*)/s).map((part) => part.trim());
  // A name without Latin letters still gets a handle of its own.
  const handle = handleOf(given, family) || `instructor.${id('handle', name).slice(-8)}`;
  return {
    id: id('user', handle),
    fullName: given === '' ? family : `${given} ${family}`,
    email: `${handle}@catalogue.example`,
    username: `catalogue.${handle}`,
    role: 'tutor',
    status: 'pending_verification',
    emailVerified: false,
    lastLoginAt: null,
    ...stamp,
  };
}
