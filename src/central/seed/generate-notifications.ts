/** What people were told: staff about their programs, clients about their bookings and enrollments. */
import { addDays } from './calendar';
import { demoKeys, demoPeople } from './demo-accounts';
import type { Study } from './generate-learning';
import type { Mentoring } from './generate-mentoring';
import { programs } from './plans';
import type { SeedRow } from './rows';
import { adminId, coordinatorId, demoUserId, momentOn, type Block, type World } from './world';

type Notification = SeedRow<'notifications'>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** What is older has been tidied away. */
const KEPT_DAYS = 45;

const messages: [type: string, title: string, message: string][] = [
  [
    'price',
    'A price ends soon',
    'A price at one of your facilities ends within a month, and no later price follows it.',
  ],
  [
    'price',
    'Combinations without a price',
    'Some combinations of course, facility and session have no price in force. Nobody can be enrolled there.',
  ],
  ['enrollment', 'New enrollments', 'A parent enrolled a child in one of your courses.'],
  ['facility', 'A facility is nearly full', 'Less than a tenth of the places are left.'],
  ['curriculum', 'A draft waits', 'A curriculum has been in draft for more than a month.'],
  ['system', 'Welcome to Provost', 'Press Ctrl+K to find any record, action or screen.'],
];

export function staffNotifications(world: World): Notification[] {
  const staff = [
    ...demoKeys.filter((key) => demoPeople[key].status === 'active').map((key) => demoUserId(world, key)),
    ...programs.flatMap(({ code }) => [adminId(world, code), coordinatorId(world, code)]),
  ];
  return [...new Set(staff)].flatMap((userId) => {
    const random = world.random('notifications', userId);
    return random
      .shuffle(messages)
      .slice(0, random.int(2, 4))
      .map(([type, title, message], at) => {
        const createdAt = momentOn(addDays(world.today, -random.int(1, KEPT_DAYS)), random);
        const readAt = random.chance(0.5) ? createdAt + random.int(1, 20) * HOUR : null;
        return {
          id: world.id('notifications', userId, at),
          userId,
          type,
          title,
          message,
          readAt: readAt !== null && readAt < world.now ? readAt : null,
          createdAt,
          createdBy: null,
        };
      });
  });
}

/** Confirmations of the last weeks, to whoever booked or enrolled. */
export function clientNotifications(block: Block, studies: Study[], mentoring: Mentoring | null): Notification[] {
  const { world, plan } = block;
  const tell = (
    key: string,
    userId: string,
    at: number,
    type: string,
    title: string,
    message: string,
  ): Notification[] => {
    if (at < world.now - KEPT_DAYS * DAY || at > world.now) return [];
    const random = block.random('told', key);
    const readAt = random.chance(0.7) ? at + random.int(1, 60) * HOUR : null;
    const isRead = readAt !== null && readAt < world.now;
    return [
      {
        id: block.id('notifications', key),
        userId,
        type,
        title,
        message,
        readAt: isRead ? readAt : null,
        createdAt: at,
        createdBy: null,
        ...(isRead ? { earlier: [{ at: readAt, by: userId, from: { readAt: null } }] } : {}),
      },
    ];
  };
  const shown = new Intl.DateTimeFormat('en-GB', {
    ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    timeZone: plan.timeZone,
  });
  return [
    ...studies.flatMap(({ enrollment, learner, course }) => {
      const userId = learner.guardians[0] ?? learner.row.userId;
      const message = `${learner.row.firstName} ${learner.row.lastName}: ${course.row.name}, from ${enrollment.enrollmentDate}.`;
      return userId
        ? tell(enrollment.id, userId, enrollment.createdAt, 'enrollment-confirmed', 'Enrollment confirmed', message)
        : [];
    }),
    ...(mentoring?.bookings ?? []).flatMap((booking) => {
      if (booking.status === 'pending') return [];
      const service = booking.serviceId === null ? undefined : mentoring?.services.get(booking.serviceId);
      const at = booking.earlier?.[0]?.at ?? booking.createdAt;
      const message = `${service?.title ?? 'A session'} with ${mentoring?.names.get(booking.mentorId) ?? ''}, ${shown.format(booking.period[0])} (${plan.timeZone}).`;
      return tell(booking.id, booking.clientId, at, 'booking-confirmed', 'Booking confirmed', message);
    }),
  ];
}
