import { expect, it } from 'vitest';
import type { Condition } from '../../shared/contract/requests';
import { entityOf } from '../../shared/entities';
import { lookupsOf } from '../forms/lookups';
import { conditionText, openEnds } from './filter-text';

const enrollment = entityOf('course_enrollments');
const lookups = lookupsOf([], [], 'en-NG');
const words = (field: string, test: Condition['test'], value?: unknown): string =>
  conditionText(enrollment, enrollment.fields[field]!, { field, test, value }, lookups, { a: 'Rowe Park Pool' });

it.each([
  [words('enrollmentDate', 'between', ['2026-09-01', openEnds.day[1]]), 'from 1 Sep 2026'],
  [words('enrollmentDate', 'between', [openEnds.day[0], '2026-09-30']), 'up to 30 Sep 2026'],
  [words('progressPercentage', 'between', [10, 50]), '10% to 50%'],
  [words('facilityId', 'in', ['a']), 'Rowe Park Pool'],
  [words('facilityId', 'in', ['a', 'b', null]), 'any of 3'],
  [words('status', 'in', ['paused']), 'Paused'],
  [words('assignmentNotes', 'contains', 'parts'), 'contains “parts”'],
  [words('completionDate', 'empty'), 'is empty'],
])('a condition reads as people would say it: %s', (text, expected) => {
  expect(text).toBe(expected);
});
