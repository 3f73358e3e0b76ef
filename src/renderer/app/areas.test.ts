import { describe, expect, it } from 'vitest';
import { allEntities } from '../../shared/entities';
import { areaOf, areas, areasFor, gridsOf } from './areas';

const reader = (role: 'super_admin' | 'tutor') => ({ role });

describe('areas', () => {
  it('every entity but the confidential one has a grid in exactly one area', () => {
    const shown = areas.flatMap((area) => gridsOf(area, reader('super_admin')));
    const expected = allEntities.map(({ name }) => name).filter((name) => name !== 'student_confidential');
    expect([...shown].sort()).toEqual([...expected].sort());
  });

  it('confidential data is never opened as a grid', () => {
    const people = areas.find(({ name }) => name === 'people');
    expect(people && gridsOf(people, reader('super_admin'))).not.toContain('student_confidential');
  });

  it('a path knows its area, by its own name or by the entity it shows', () => {
    expect(areaOf('/people')?.name).toBe('people');
    expect(areaOf('/e/students/0190')?.name).toBe('people');
    expect(areaOf('/e/nothing')).toBeUndefined();
  });

  it('a tutor is offered no empty area', () => {
    for (const area of areasFor(reader('tutor'))) expect(area.home ?? gridsOf(area, reader('tutor'))[0]).toBeTruthy();
  });
});
