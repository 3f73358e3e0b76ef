import { describe, expect, test } from 'vitest';
import { reachOf } from './role-words';

describe('what a role opens', () => {
  test('a tutor sees the catalogue, and of their own courses the enrollments they record progress in', () => {
    const reach = reachOf('tutor');
    expect(reach.sees).toContain('Courses');
    expect(reach.sees).not.toContain('Students');
    expect(reach.seesTaught).toEqual(expect.arrayContaining(['Students', 'Enrollments', 'Submissions']));
    expect(reach.changes).toEqual([]);
    expect(reach.changesTaught).toEqual(['Lesson progress', 'Submissions']);
  });

  test('payments are for admins, and a coordinator changes no price', () => {
    expect(reachOf('program_coordinator').sees).not.toContain('Payments');
    expect(reachOf('program_coordinator').changes).toContain('Enrollments');
    expect(reachOf('program_coordinator').changes).not.toContain('Prices');
    expect(reachOf('program_admin').changes).toEqual(expect.arrayContaining(['Payments', 'Prices']));
  });

  test('somebody the console administers opens nothing', () => {
    expect(reachOf('guardian')).toEqual({ sees: [], changes: [], seesTaught: [], changesTaught: [] });
  });
});
