import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { allEntities, entityNames, entityOf, type EntityName } from '../../shared/entities';
import { isId } from '../../shared/model';
import { ageOn, inForceOn, overlapping, type PriceRow } from '../../shared/rules/pricing';
import { validateField, validateRow } from '../../shared/rules/validate';
import { ageGroups, type AgeGroup } from './plans';
import { generate, generateAll, leftEmpty } from './generate';
import { slotId } from '../../main/desk/commands/refresh-slots';
import type { EarlierEdit } from './rows';
import { demoAccounts } from './demo-accounts';

const today = '2026-11-21';
const all = generateAll(1, 2026, today);
type Loose = { id: string; createdAt: number; createdBy: string | null } & Record<string, unknown>;
const rowsOf = (name: EntityName) => all[name] as unknown as Loose[];
const duplicates = (values: string[]) => {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
};
const grouped = <T>(rows: T[], key: (row: T) => string) => [...Map.groupBy(rows, key).values()];

/** What there is once, whatever the factor. */
const fixed: EntityName[] = [
  'institutions',
  'programs',
  'program_options',
  'resources',
  'expertise_tags',
  'employers',
  'jobs',
  'assessments',
  'assessment_questions',
];
/** What there is more of in proportion. Chance evens out in the large ones. */
const growing: EntityName[] = [
  'course_enrollments',
  'facility_course_pricing',
  'lesson_progress',
  'submissions',
  'certificates',
  'availability_slots',
  'bookings',
  'payments',
  'notifications',
];

describe('the demonstration', () => {
  test('is the same for the same seed and day, and other for another seed', () => {
    const printOf = (seed: number) => {
      const print = createHash('sha256');
      for (const made of generate(1, seed, today)) print.update(JSON.stringify(made));
      return print.digest('hex');
    };
    expect(printOf(2026)).toBe(printOf(2026));
    const other = [...generate(1, 7, today)].find(({ entity }) => entity === 'students');
    expect(other?.rows[0]?.id).not.toBe(all.students[0]?.id);
    expect((other?.rows as Loose[] | undefined)?.map((row) => row['lastName'])).not.toEqual(
      all.students.slice(0, other?.rows.length).map((row) => row.lastName),
    );
  }, 60_000);

  test('keeps the ids of what does not depend on the day when seeded on another day', () => {
    const later = generateAll(1, 2026, '2027-02-03');
    for (const name of ['users', 'programs', 'courses', 'lessons', 'facilities', 'students'] as const)
      expect(later[name].map((row) => row.id)).toEqual(all[name].map((row) => row.id));
  });

  test('is as large as promised', () => {
    expect(all.institutions.length).toBeGreaterThanOrEqual(10);
    expect(all.programs.length).toBeGreaterThanOrEqual(12);
    for (const program of all.programs)
      expect(all.students.filter((row) => row.programId === program.id).length).toBeGreaterThanOrEqual(50);
    for (const name of entityNames) if (!leftEmpty.includes(name)) expect(rowsOf(name).length, name).toBeGreaterThan(0);
  });

  test('grows linearly with the factor, and keeps what a smaller factor has', () => {
    const counts = new Map<EntityName, number>();
    const ids = new Set<string>();
    for (const { entity, rows } of generate(3, 2026, today)) {
      counts.set(entity, (counts.get(entity) ?? 0) + rows.length);
      for (const { id } of rows) ids.add(id);
    }
    for (const [name, rows] of Object.entries(all)) {
      const lost = rows.filter(({ id }) => !ids.has(id));
      expect(lost, name).toEqual([]);
      if (fixed.includes(name as EntityName)) expect(counts.get(name as EntityName), name).toBe(rows.length);
    }
    const count = (name: EntityName) => counts.get(name) ?? 0;
    expect(count('students')).toBe(3 * all.students.length);
    expect(count('courses')).toBe(3 * all.courses.length);
    expect(count('mentors')).toBe(3 * all.mentors.length);
    for (const name of growing) expect(count(name) / all[name].length, name).toBeCloseTo(3, 0);
  }, 60_000);

  test('refuses a factor that is no whole number', () => {
    expect(() => [...generate(0.5, 1, today)]).toThrow('whole number');
  });

  test('refers backwards only, so that chunks can be written as they come', () => {
    const known = new Map(entityNames.map((name) => [name as string, new Set<string>()]));
    for (const { entity, rows } of generate(2, 2026, today)) {
      for (const row of rows as unknown as Loose[]) known.get(entity)?.add(row.id);
      for (const [name, field] of Object.entries(entityOf(entity).fields)) {
        if (field.kind !== 'reference') continue;
        const target = known.get(field.options.to);
        for (const row of rows as unknown as Loose[]) {
          const value = row[name];
          if (value !== null && !target?.has(value as string))
            expect.fail(`${entity}.${name} of ${row.id} refers to nothing`);
        }
      }
    }
  });

  test('gives every account a user with the role and state it is described with', () => {
    for (const account of demoAccounts)
      expect(all.users.find((user) => user.email === account.email)?.fullName).toBe(account.name);
    expect(new Set(demoAccounts.map((account) => account.role)).size).toBeGreaterThanOrEqual(5);
    expect(all.users.filter((user) => user.status === 'suspended').map((user) => user.fullName)).toContain(
      'Sola Adeyemi',
    );
  });
});

describe.each(allEntities.map((entity) => [entity.name, entity] as const))('%s', (name, entity) => {
  const rows = rowsOf(name as EntityName);

  test('holds only valid values, and every required one', () => {
    const problems = rows.flatMap(({ id, createdAt: _at, createdBy: _by, earlier: _earlier, ...values }) => [
      ...validateRow(entity, values, 'insert').map((issue) => `${id} ${issue.path}: ${issue.message}`),
      ...Object.entries(entity.fields)
        .filter(
          ([field, declared]) =>
            values[field] === undefined || (validateField(declared, values[field]) && declared.kind !== 'generated'),
        )
        .map(([field]) => `${id} ${field}: ${JSON.stringify(values[field])}`),
    ]);
    expect(problems).toEqual([]);
  });

  test('has an id of its own for each row, and a moment in the past', () => {
    expect(rows.every((row) => isId(row.id))).toBe(true);
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    expect(rows.every((row) => row.createdAt < Date.parse('2026-11-22T00:00:00Z'))).toBe(true);
  });

  test('remembers only edits of real fields, after its making and in order', () => {
    for (const row of rows) {
      let last = row.createdAt;
      for (const edit of (row.earlier ?? []) as EarlierEdit[]) {
        expect(edit.at, row.id).toBeGreaterThan(last);
        last = edit.at;
        const fields = Object.keys(edit.from);
        expect(fields.length).toBeGreaterThan(0);
        for (const field of fields) {
          const declared = entity.fields[field];
          const before = (edit.from as Record<string, unknown>)[field];
          expect(declared && validateField(declared, before)).toBeNull();
        }
      }
    }
  });

  test('repeats no unique value', () => {
    for (const fields of entity.unique)
      expect(duplicates(rows.map((row) => fields.map((field) => String(row[field]).toLowerCase()).join(' ')))).toEqual(
        [],
      );
  });

  test('refers to rows that exist, in the same program, and of the kind that may be chosen', () => {
    const problems: string[] = [];
    for (const [field, declared] of Object.entries(entity.fields)) {
      if (declared.kind !== 'reference') continue;
      const targets = new Map(rowsOf(declared.options.to as EntityName).map((row) => [row.id, row]));
      for (const row of rows.filter((row) => row[field] !== null)) {
        const target = targets.get(row[field] as string);
        const isForeign =
          target?.programId !== undefined && row.programId !== undefined && target.programId !== row.programId;
        const isWrongKind = Object.entries(declared.options.where ?? {}).some(
          ([key, values]) => !values.includes(String(target?.[key])),
        );
        if (!target || isForeign || isWrongKind) problems.push(`${field} of ${row.id}`);
      }
    }
    expect(problems).toEqual([]);
  });

  test('numbers siblings from 1 without a gap', () => {
    for (const [field, declared] of Object.entries(entity.fields)) {
      if (declared.kind !== 'order') continue;
      for (const siblings of grouped(rows, (row) => `${String(row.programId)} ${String(row[declared.options.within])}`))
        expect(siblings.map((row) => row[field]).sort((a, b) => Number(a) - Number(b))).toEqual(
          siblings.map((_, at) => at + 1),
        );
    }
  });

  test('uses only options its program has switched on', () => {
    const options = new Set(
      all.program_options.filter((row) => row.isActive).map((row) => `${row.programId} ${row.optionKind} ${row.code}`),
    );
    for (const [field, declared] of Object.entries(entity.fields)) {
      if (declared.kind !== 'option') continue;
      const used = new Set(
        rows.map((row) => `${String(row.programId)} ${declared.options.optionKind} ${String(row[field])}`),
      );
      expect([...used].filter((key) => !options.has(key))).toEqual([]);
    }
  });
});

describe('prices', () => {
  const prices: PriceRow[] = all.facility_course_pricing;
  const keyOf = (row: PriceRow) =>
    [row.facilityId, row.courseId, row.ageGroup, row.locationType, row.sessionType].join(' ');

  test('of one combination never overlap', () => {
    for (const rows of grouped(prices, keyOf)) for (const row of rows) expect(overlapping(rows, row)).toEqual([]);
  });

  test('are missing today for 5 to 8 % of all combinations, some of which expired and some of which begin later', () => {
    const courses = grouped(prices, (row) => row.courseId).map((rows) => {
      const distinct = (field: 'facilityId' | 'ageGroup' | 'locationType' | 'sessionType') =>
        new Set(rows.map((row) => row[field])).size;
      return distinct('facilityId') * distinct('ageGroup') * distinct('locationType') * distinct('sessionType');
    });
    const combinations = courses.reduce((sum, count) => sum + count, 0);
    const priced = new Set(prices.filter((row) => inForceOn(row, today)).map(keyOf)).size;
    expect(1 - priced / combinations).toBeGreaterThan(0.05);
    expect(1 - priced / combinations).toBeLessThan(0.08);
    const unpriced = grouped(prices, keyOf).filter((rows) => !rows.some((row) => inForceOn(row, today)));
    expect(unpriced.some((rows) => rows.every((row) => row.endDate !== null && row.endDate < today))).toBe(true);
    expect(unpriced.some((rows) => rows.every((row) => row.effectiveDate > today))).toBe(true);
  });
});

describe('enrollments', () => {
  const enrollments = all.course_enrollments;
  const byCombination = Map.groupBy(all.facility_course_pricing, (row) =>
    [row.facilityId, row.courseId, row.ageGroup, row.locationType, row.sessionType].join(' '),
  );
  const students = new Map(all.students.map((row) => [row.id, row]));

  test('cost what the price in force said on their day', () => {
    const wrong = enrollments.filter((row) => {
      const key = [row.facilityId, row.courseId, row.ageGroup, row.locationType, row.sessionType].join(' ');
      const price = (byCombination.get(key) ?? []).find((candidate) => inForceOn(candidate, row.enrollmentDate));
      return price?.price !== row.priceAgreed || price?.currency !== row.currency;
    });
    expect(wrong).toEqual([]);
  });

  test('fit the age of the student and follow the day of joining', () => {
    const wrong = enrollments.filter((row) => {
      const student = students.get(row.studentId);
      const age = ageOn(student?.dateOfBirth ?? null, row.enrollmentDate);
      const group = ageGroups[row.ageGroup as AgeGroup];
      return (
        (age !== null && (age < group.from || age > group.to)) ||
        row.enrollmentDate < (student?.enrollmentDate ?? '') ||
        row.enrollmentDate > today
      );
    });
    expect(wrong).toEqual([]);
  });

  test('are once for a student, a course and a facility, and end when they are over', () => {
    expect(duplicates(enrollments.map((row) => `${row.studentId} ${row.courseId} ${row.facilityId}`))).toEqual([]);
    for (const row of enrollments) {
      const isOver = row.status === 'completed' || row.status === 'withdrawn';
      expect(row.completionDate !== null).toBe(isOver);
      if (row.status === 'completed') expect(row.progressPercentage).toBe(100);
    }
    expect(new Set(enrollments.map((row) => row.status)).size).toBe(4);
    expect(new Set(enrollments.map((row) => row.assignmentType)).size).toBe(3);
  });

  test('stay within the capacity of their facility', () => {
    for (const facility of all.facilities) {
      const taken = enrollments.filter(
        (row) => row.facilityId === facility.id && (row.status === 'active' || row.status === 'paused'),
      );
      expect(taken.length, facility.name).toBeLessThanOrEqual(facility.capacity ?? 0);
    }
  });

  test('name a guardian of the student where a parent assigned them', () => {
    const guardians = new Set(all.student_guardians.map((row) => `${row.studentId} ${row.guardianId}`));
    const assigned = enrollments.filter((row) => row.assignmentType === 'parent_assigned');
    expect(assigned.length).toBeGreaterThan(20);
    expect(assigned.filter((row) => !guardians.has(`${row.studentId} ${String(row.assignedBy)}`))).toEqual([]);
  });
});

test('some students have no guardian and some no emergency contact', () => {
  const withGuardian = new Set(all.student_guardians.map((row) => row.studentId));
  const minors = all.students.filter((row) => (ageOn(row.dateOfBirth, today) ?? 99) < 18);
  expect(minors.some((row) => !withGuardian.has(row.id))).toBe(true);
  expect(all.student_confidential.some((row) => row.emergencyContact === null)).toBe(true);
});

test('one published curriculum at most stands in each line of a course', () => {
  const published = all.curricula.filter((row) => row.state === 'published');
  expect(duplicates(published.map((row) => `${row.courseId} ${row.name}`))).toEqual([]);
  const perCourse = grouped(all.curricula, (row) => row.courseId);
  expect(perCourse.every((rows) => rows.length >= 2 && rows.length <= 4)).toBe(true);
});

test('slots are named as a desk would name them, so that offering the same hours again changes nothing', () => {
  const named = all.availability_slots.map(({ id, ruleId, period }) => [id, slotId(ruleId ?? '', period)]);
  expect(named.filter(([id, wanted]) => id !== wanted)).toEqual([]);
});
