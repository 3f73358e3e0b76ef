import type { EntityName } from '../entities';

/** Facts about a row that no field of its own tells. Their SQL is `desk/queries/fact-sql.ts`; every one is a view of its entity's grid. */
export const facts = {
  'without-guardian': {
    entity: 'students',
    label: 'Without a guardian',
    meaning: 'active, and nobody is named whom the program could call',
  },
  'over-capacity': {
    entity: 'facilities',
    label: 'Over capacity',
    meaning: 'active, with more active and paused enrollments than places',
  },
  'without-price': {
    entity: 'facility_course_pricing',
    label: 'No price in force',
    meaning: 'the last price of a combination that has none in force today',
  },
} as const satisfies Record<string, { entity: EntityName; label: string; meaning: string }>;

export type FactName = keyof typeof facts;
export const factNames = Object.keys(facts) as [FactName, ...FactName[]];

export const factsOf = (entity: string): [name: FactName, fact: (typeof facts)[FactName]][] =>
  factNames.filter((name) => facts[name].entity === entity).map((name) => [name, facts[name]]);
