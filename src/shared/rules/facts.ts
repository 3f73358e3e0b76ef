import type { EntityName } from '../entities';

/**
 * Facts about a row that no field of its own tells. Their SQL is `desk/queries/fact-sql.ts`; every one is a view of its entity's grid, for
 * whoever sees the rows it `needs`: to everybody else it would seem true of all.
 */
export const facts = {
  'without-guardian': {
    entity: 'students',
    label: 'Without a guardian',
    meaning: 'active, and nobody is named who answers for them',
    needs: 'student_guardians',
  },
  'without-contact': {
    entity: 'students',
    label: 'Without an emergency contact',
    meaning: 'active, and no emergency contact is kept',
    needs: 'student_confidential',
  },
  'without-anybody': {
    entity: 'students',
    label: 'Without a guardian or emergency contact',
    meaning: 'active, and nobody is named whom the program could call: neither a guardian nor an emergency contact',
    needs: 'student_confidential',
  },
  'over-capacity': {
    entity: 'facilities',
    label: 'Over capacity',
    meaning: 'active, with a group that has more active and paused enrollments than the facility has seats for one',
    needs: 'course_enrollments',
  },
  'without-price': {
    entity: 'facility_course_pricing',
    label: 'No price in force',
    meaning: 'the last price of a combination that has none in force today',
    needs: 'facility_course_pricing',
  },
} as const satisfies Record<string, { entity: EntityName; label: string; meaning: string; needs: EntityName }>;

export type FactName = keyof typeof facts;
export const factNames = Object.keys(facts) as [FactName, ...FactName[]];

export const factsOf = (entity: string): [name: FactName, fact: (typeof facts)[FactName]][] =>
  factNames.filter((name) => facts[name].entity === entity).map((name) => [name, facts[name]]);
