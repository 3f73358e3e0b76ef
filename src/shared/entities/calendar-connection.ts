import { choice, defineEntity, reference, timestamp } from '../model';

/** The OAuth tokens are no field of this entity: they never leave the central database. */
export const calendarConnection = defineEntity('calendar_connections', {
  number: 36,
  labels: { one: 'Calendar connection', many: 'Calendar connections' },
  meaning: 'A mentor’s calendar elsewhere. Its tokens are held by the central database alone.',
  scope: 'program',
  dataClass: 'people',
  area: 'mentoring',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['mentorId', 'provider'],
  fields: {
    mentorId: reference({ label: 'Mentor', to: 'mentors', required: true, contained: true, fixed: true }),
    provider: choice({
      label: 'Provider',
      required: true,
      fixed: true,
      values: ['google', 'microsoft', 'apple', 'other'],
    }),
    status: choice({
      label: 'Status',
      required: true,
      values: ['connected', 'expired', 'revoked', 'failed'],
      default: 'connected',
    }),
    expiresAt: timestamp({ label: 'Expires' }),
  },
  unique: [['mentorId', 'provider']],
});
