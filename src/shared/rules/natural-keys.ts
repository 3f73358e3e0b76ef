import type { Entity } from '../model';

/** What tells rows apart that nothing declares unique, as people would say which one they mean. */
const byNature: Record<string, string[][]> = {
  facility_course_pricing: [['facilityId', 'courseId', 'ageGroup', 'locationType', 'sessionType', 'effectiveDate']],
  course_enrollments: [['studentId', 'courseId', 'facilityId', 'enrollmentDate']],
  lessons: [['moduleId', 'name']],
  modules: [['curriculumId', 'name']],
  curricula: [
    ['courseId', 'name', 'version'],
    ['courseId', 'name'],
  ],
  students: [
    ['firstName', 'lastName', 'dateOfBirth'],
    ['firstName', 'lastName'],
  ],
};

/** Field lists that tell which row is meant, the surest first. The program is part of each without being said. */
export function keysOf(entity: Entity): string[][] {
  const named = (test: (name: string) => boolean): string[][] =>
    Object.keys(entity.fields)
      .filter(test)
      .map((name) => [name]);
  const keys = [
    ...entity.unique.map((fields) => fields.filter((field) => field !== 'programId')).filter((key) => key.length > 0),
    ...named((name) => entity.fields[name]?.kind === 'generated'),
    ...named((name) => entity.fields[name]?.kind === 'email'),
    ...(byNature[entity.name] ?? []),
    entity.title.filter((name) => name !== 'programId'),
  ];
  const seen = new Set<string>();
  // A slug made from a name tells no more than the name, and hardly any file has one: it comes last.
  return keys
    .filter((key) => key.length > 0 && !seen.has(key.join()) && seen.add(key.join()))
    .sort((a, b) => Number(isSlug(entity, a)) - Number(isSlug(entity, b)));
}

const isSlug = (entity: Entity, key: readonly string[]): boolean =>
  key.length === 1 && entity.fields[key[0]!]?.kind === 'slug';

/** Fields whose text alone may name a row somewhere else: codes, numbers, addresses. */
export function namingFields(entity: Entity): string[] {
  const single = keysOf(entity)
    .filter((key) => key.length === 1)
    .flat();
  return single.filter((name) => ['text', 'email', 'slug', 'generated'].includes(entity.fields[name]?.kind ?? ''));
}
