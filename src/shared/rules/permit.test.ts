import { describe, expect, test } from 'vitest';
import { entityOf } from '../entities';
import { mayRead, scopesOf, whyNot } from './permit';

const session = (
  role: 'super_admin' | 'program_admin' | 'program_coordinator' | 'tutor',
  programs: string[] = ['a'],
) => ({ userId: 'me', role, programs });

describe('the permission matrix', () => {
  test('a program admin changes prices in their own programs only', () => {
    expect(
      whyNot(session('program_admin'), entityOf('facility_course_pricing'), 'update', { programId: 'a' }),
    ).toBeNull();
    expect(whyNot(session('program_admin'), entityOf('facility_course_pricing'), 'update', { programId: 'b' })).toMatch(
      /not assigned/,
    );
  });

  test('a coordinator manages students and is told who can change a curriculum', () => {
    expect(whyNot(session('program_coordinator'), entityOf('students'), 'create', { programId: 'a' })).toBeNull();
    expect(whyNot(session('program_coordinator'), entityOf('lessons'), 'update')).toBe(
      'Only program admins can change lessons. Ask one of them.',
    );
  });

  test('nobody makes somebody of their own rank or above, but for super admins', () => {
    const users = entityOf('users');
    expect(whyNot(session('program_coordinator'), users, 'create', { role: 'guardian' })).toBeNull();
    expect(whyNot(session('program_coordinator'), users, 'create', { role: 'tutor' })).toMatch(/higher role/);
    expect(whyNot(session('program_admin'), users, 'create', { role: 'program_coordinator' })).toBeNull();
    expect(whyNot(session('program_admin'), users, 'update', { role: 'super_admin' })).toMatch(/higher role/);
    expect(whyNot(session('super_admin'), users, 'update', { role: 'super_admin' })).toBeNull();
  });

  test('notifications are written by nobody and marked read by their owner', () => {
    expect(whyNot(session('super_admin'), entityOf('notifications'), 'create')).toMatch(/Nobody/);
    expect(whyNot(session('tutor'), entityOf('notifications'), 'update', { userId: 'me' })).toBeNull();
    expect(whyNot(session('super_admin'), entityOf('notifications'), 'update', { userId: 'you' })).not.toBeNull();
  });

  test('a tutor holds the catalogue and what they teach, and no confidential data', () => {
    expect(scopesOf(session('tutor'))).toEqual([
      'platform:00000000-0000-0000-0000-000000000000',
      'own:me',
      'teaching:me',
      'catalogue:a',
    ]);
    expect(mayRead(session('tutor'), entityOf('course_enrollments'))).toBe(true);
    expect(mayRead(session('tutor'), entityOf('student_confidential'))).toBe(false);
  });

  test('classes grow with the role', () => {
    expect(scopesOf(session('program_coordinator')).filter((s) => s.endsWith(':a'))).toEqual([
      'catalogue:a',
      'people:a',
      'confidential:a',
    ]);
    expect(scopesOf(session('program_admin')).filter((s) => s.endsWith(':a'))).toEqual([
      'catalogue:a',
      'people:a',
      'confidential:a',
      'finance:a',
    ]);
  });
});
