import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../../../shared/model';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { personTimeline } from './person-timeline';

let place: TempStore;
let desk: SampleDesk;
beforeEach(() => {
  place = tempStore();
  desk = sampleDesk(place.open());
});
afterEach(() => place.remove());

const at = (day: string): number => Date.parse(`${day}T10:00:00Z`);
const account = (fullName: string, role: string, createdAt: number): string =>
  desk.put('users', {
    fullName,
    email: `${newId()}@example.org`,
    username: newId(),
    role,
    status: 'active',
    createdAt,
  });
const told = (entity: 'users' | 'mentors' | 'employers', id: string) =>
  personTimeline(desk.context, { entity, id }).map(
    ({ day, title, detail }) => `${day} ${title}${detail && `: ${detail}`}`,
  );

it('tells of a guardian, a mentor and an employer what happened with them, the newest first', () => {
  const { program, student, admin } = desk.ids;
  const programId = program;
  const guardianId = account('Ronke Balogun', 'guardian', at('2026-01-05'));
  desk.put('student_guardians', {
    programId,
    studentId: student,
    guardianId,
    relationship: 'mother',
    createdAt: at('2026-02-01'),
  });
  const money = {
    amount: 1000,
    currency: 'NGN',
    status: 'succeeded',
    enrollmentId: newId(),
    bookingId: null,
    subscriptionId: null,
  };
  desk.put('payments', { programId, payerId: guardianId, ...money, provider: 'paystack', paidAt: at('2026-03-01') });
  const lines = told('users', guardianId);
  expect(lines.slice(0, 2)).toEqual([
    '2026-03-01 Paid: paystack',
    '2026-02-01 Named as guardian of Zoë Adéyemi: mother',
  ]);
  expect(lines[2]).toMatch(/^2026-01-05 Account made/);

  const mentorId = desk.put('mentors', {
    programId,
    userId: admin,
    isActive: true,
    currency: 'NGN',
    timeZone: 'Africa/Lagos',
  });
  const period = [at('2026-04-01'), at('2026-04-01') + 3_600_000];
  desk.put('bookings', {
    programId,
    mentorId,
    clientId: guardianId,
    period,
    status: 'completed',
    sessionType: 'video',
  });
  expect(told('mentors', mentorId)).toEqual(['2026-04-01 Session with Ronke Balogun: held']);
  expect(told('users', guardianId)[0]).toBe('2026-04-01 Session with Ada Admin: held');

  const employerId = desk.put('employers', { name: 'Kalabari Yards' });
  const job = { employerId, title: 'Welder', description: 'x', employmentType: 'full_time', status: 'open' };
  const jobId = desk.put('jobs', { ...job, createdAt: at('2026-05-01') });
  desk.put('job_applications', {
    programId,
    jobId,
    applicantId: guardianId,
    status: 'in_review',
    appliedAt: at('2026-05-02'),
  });
  expect(told('employers', employerId)).toEqual([
    '2026-05-02 Ronke Balogun applied for Welder: in review',
    '2026-05-01 Job: Welder: open',
  ]);
  expect(told('employers', newId())).toEqual([]);
});
