import { describe, expect, it } from 'vitest';
import { allEntities } from '../../shared/entities';
import { areaOf, areas, areasFor, gridsOf, withoutGrid } from './areas';

const reader = (role: 'super_admin' | 'tutor') => ({ role });

describe('areas', () => {
  it('every entity has a grid in exactly one area, but those that are shown elsewhere', () => {
    const shown = areas.flatMap((area) => gridsOf(area, reader('super_admin')));
    const expected = allEntities.map(({ name }) => name).filter((name) => !withoutGrid.includes(name));
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
