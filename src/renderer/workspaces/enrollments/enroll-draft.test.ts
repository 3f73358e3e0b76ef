import { expect, test } from 'vitest';
import { today } from '../../ui/moment';
import { changed, combined, freshDraft, nextStep } from './enroll-draft';

const whole = {
  ...freshDraft('student', 'course'),
  date: '2026-11-21',
  facilityId: 'f',
  ageGroup: '6-8',
  locationType: 'our-facility',
  sessionType: 'group',
};

test('the next step is named until nothing is missing', () => {
  expect(nextStep(freshDraft())).toBe('Choose a student.');
  expect(nextStep(freshDraft('student'))).toBe('Choose a course.');
  expect(nextStep({ ...whole, date: null })).toBe('Choose a date.');
  expect(nextStep({ ...whole, sessionType: null })).toBe('Choose a facility and configuration.');
  expect(nextStep(whole)).toBeNull();
});

test('another course drops the configuration, another day or student keeps it', () => {
  expect(combined(changed(whole, { courseId: 'other' }))).toBeNull();
  expect(combined(changed(whole, { date: '2026-12-01' }))).toMatchObject({ facilityId: 'f', date: '2026-12-01' });
  expect(combined(changed(whole, { studentId: 'other' }))).not.toBeNull();
  expect(combined(changed(whole, { courseId: 'course' }))).not.toBeNull();
});

test('today is the day where the person is', () => {
  expect(today(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
});
