/**
 * Why the central database did not carry out a change: the closed list of codes, each with its sentence and the way out.
 *
 * The database sends the code and its detail (`RefusalDetail`); the words are made here, so that they can be translated and can name rows the
 * way the desk knows them.
 */
import type { RefusalDetail } from '../contract/wire';
import { entityOf, isEntityName } from '../entities';
import { frozenText, stateText, type VersionName } from './curriculum';
import { fullText, isWaiting } from './capacity';
import { rowRulesOf } from './row-rules';
import { dateText, rangeText } from './date-text';
import { moneyText } from './number-text';

export interface RefusalWords {
  /** What happened, to which thing. */
  message: string;
  /** The way out. */
  next: string;
}

/** What the desk knows and the database does not: titles of rows (empty where it does not), and how the person writes. */
export interface RefusalNames {
  locale?: string;
  titleOf?: (entity: string, id: string) => string;
}

type Words = (refusal: RefusalDetail, names: RefusalNames) => RefusalWords;

const thing = (entity: string | undefined): string =>
  entity && isEntityName(entity) ? entityOf(entity).labels.one.toLowerCase() : 'row';
const things = (entity: string, count: number): string => {
  if (!isEntityName(entity)) return `${count} rows`;
  const { one, many } = entityOf(entity).labels;
  return `${count} ${(count === 1 ? one : many).toLowerCase()}`;
};
const labels = ({ entity, fields }: RefusalDetail): string => {
  const declared = entity && isEntityName(entity) ? entityOf(entity).fields : {};
  const named = (fields ?? []).map((field) => `“${declared[field]?.options.label ?? field}”`);
  return named.length > 1 ? `${named.slice(0, -1).join(', ')} and ${named[named.length - 1]}` : (named[0] ?? 'a value');
};
const named = ({ entity, id }: RefusalDetail, names: RefusalNames): string => {
  const title = entity && id ? (names.titleOf?.(entity, id) ?? '') : '';
  return title === '' ? `This ${thing(entity)}` : `The ${thing(entity)} “${title}”`;
};
const of = (refusal: RefusalDetail, key: string): unknown => refusal.detail?.[key];
const text = (refusal: RefusalDetail, key: string): string => {
  const value = of(refusal, key);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};
const price = (refusal: RefusalDetail, key: string, { locale = 'en' }: RefusalNames): string => {
  const minor = of(refusal, key);
  return typeof minor === 'number'
    ? moneyText(minor, text(refusal, 'currency') || undefined, locale)
    : 'another amount';
};
const day = (refusal: RefusalDetail, key: string, { locale = 'en' }: RefusalNames): string =>
  /^\d{4}-\d\d-\d\d$/.test(text(refusal, key)) ? dateText(text(refusal, key), locale) : 'that day';
const version = (refusal: RefusalDetail): VersionName => ({
  name: text(refusal, 'name') || 'this curriculum',
  version: Number(of(refusal, 'version') ?? 1),
  state: text(refusal, 'state') || 'not a draft',
});
/** `Fri 4 Sep 2026, 16:00–17:00`, as a clock in the mentor's zone shows it. */
const when = (refusal: RefusalDetail, { locale = 'en' }: RefusalNames, from = 'start', to = 'end'): string => {
  const [start, end] = [of(refusal, from), of(refusal, to)];
  if (typeof start !== 'number' || typeof end !== 'number') return 'that time';
  return rangeText([start, end], locale, text(refusal, 'timeZone') || undefined);
};
const nextFree = (refusal: RefusalDetail, names: RefusalNames): string =>
  of(refusal, 'nextStart')
    ? `The next free time long enough is ${when(refusal, names, 'nextStart', 'nextEnd')}. Book that, or choose another.`
    : 'Offer more time in the mentor’s availability, or choose another mentor.';
const cancelled = (status: string): boolean => status.startsWith('cancelled');
const titled = (refusal: RefusalDetail, names: RefusalNames, entity: string, key: string): string => {
  const title = names.titleOf?.(entity, text(refusal, key)) ?? '';
  return title === '' ? '' : `“${title}” `;
};
const fresh = 'Look at it as it is now, then make the change again if it is still wanted.';

/** Every code, with the words for it. */
export const refusalCodes = {
  'not-found': (r, names) => ({
    message: `${named(r, names)} is not on the server, or is not yours to see${r.fields ? `: ${labels(r)}` : ''}.`,
    next: 'Choose another, or ask somebody who works in that program.',
  }),
  'parent-deleted': (r) => ({
    message: `${labels(r)} refers to a ${text(r, 'parentEntity') ? thing(text(r, 'parentEntity')) : 'row'} that was deleted.`,
    next: 'Restore it and send the change again, or choose another.',
  }),
  'id-taken': (r) => ({
    message: `This ${thing(r.entity)} exists on the server already.`,
    next: 'Let this change go: nothing is missing.',
  }),
  forbidden: (r) => ({
    message: `You may not ${text(r, 'verb') || 'change'} this ${thing(r.entity)}.${text(r, 'needs') ? ` Only ${text(r, 'needs')} can.` : ''}`,
    next: 'Ask one of them to do it, or let the change go.',
  }),
  'read-only-field': (r) => ({
    message: `${labels(r)} cannot be changed by hand.`,
    next: 'Leave it as it is and send the rest again.',
  }),
  'unknown-field': (r) => ({
    message: `The server does not know ${labels(r)}.`,
    next: 'The server may be older than this console. Ask whoever runs it to update it, then send the change again.',
  }),
  'unknown-entity': (r) => ({
    message: `The server does not know ${r.entity ?? 'this kind of row'}.`,
    next: 'The server may be older than this console. Ask whoever runs it to update it, then send the change again.',
  }),
  'invalid-value': (r) => ({
    message: `${labels(r)} holds something that cannot be stored there.`,
    next: 'Correct it and send the change again.',
  }),
  contradiction: (r) => ({
    message:
      rowRulesOf(r.entity ?? '').find((rule) => rule.field === r.fields?.[0])?.message ??
      `${labels(r)} does not fit the rest of this ${thing(r.entity)}.`,
    next: 'Correct it and send the change again.',
  }),
  'unknown-option': (r) => ({
    message: `${labels(r)}: this program has no “${text(r, 'code') || 'such choice'}” in use.`,
    next: 'Choose one of the program’s own, or ask a program admin to add it to the list.',
  }),
  'missing-required': (r) => ({
    message: `${labels(r)} is needed and is empty.`,
    next: 'Fill it in and send the change again.',
  }),
  duplicate: (r) => ({
    message: `Another ${thing(r.entity)} has the same ${labels(r)}.`,
    next: 'Choose another value, or let the change go.',
  }),
  'wrong-program': (r) => ({
    message: `${labels(r)} belongs to another program, or is no longer there.`,
    next: 'Choose one of the same program.',
  }),
  'has-dependents': (r, names) => {
    const counts = Object.entries((of(r, 'counts') ?? {}) as Record<string, number>);
    const list = counts.map(([entity, count]) => things(entity, count)).join(', ');
    return {
      message: `${named(r, names)} cannot be deleted: ${list || 'other rows'} depend on it.`,
      next: 'Move or end those first, then delete it.',
    };
  },
  'price-overlap': (r, names) => ({
    message: of(r, 'from')
      ? `There is a price for this combination already: ${price(r, 'price', names)} from ${day(r, 'from', names)}` +
        `${of(r, 'until') ? ` until ${day(r, 'until', names)}` : ', until further notice'}.`
      : 'There is a price for this combination on some of these days already.',
    next: 'End that price the day before this one begins, or choose other days.',
  }),
  'no-price': (r, names) => ({
    message: `No price is in force on ${day(r, 'date', names)} for ${[
      'course',
      'facility',
      'ageGroup',
      'locationType',
      'sessionType',
    ]
      .map((part) => text(r, part))
      .filter((part) => part !== '')
      .join(', ')}.`,
    next: 'Add a price for this combination, or choose another one.',
  }),
  'price-changed': (r, names) => ({
    message: `The price is ${price(r, 'price', names)} now, not ${price(r, 'expected', names)}.`,
    next: 'Enroll again to accept the new price, or let it go.',
  }),
  'facility-closed': (r) => ({
    message: `${text(r, 'facility') || 'The facility'} is ${text(r, 'status') === 'maintenance' ? 'in maintenance' : 'not active'} and takes no new enrollments.`,
    next: 'Choose another facility, or ask a program admin to open it again.',
  }),
  'already-enrolled': (r) =>
    isWaiting(of(r, 'status'))
      ? {
          message: 'The student waits for this course at this facility already.',
          next: 'Give them a seat from the waitlist, or take them off it first.',
        }
      : {
          message: 'The student takes this course at this facility already.',
          next: 'Choose another facility or course, or end the other enrollment first.',
        },
  'no-waitlist': () => ({
    message: 'This program uses no waitlist.',
    next: 'Choose another facility or session, or ask a program admin to switch waitlists on in the program.',
  }),
  'facility-full': (r, names) => {
    const holders = (of(r, 'holders') ?? []) as string[];
    const who = holders.map((id) => names.titleOf?.('course_enrollments', id) ?? '').filter((title) => title !== '');
    const some =
      who.length > 0 ? ` Seats are held by ${who.slice(0, 3).join('; ')}${who.length > 3 ? ' and others' : ''}.` : '';
    return {
      message: `${fullText({
        facility: text(r, 'facility') || 'The facility',
        configuration: ['ageGroup', 'locationType', 'sessionType']
          .map((part) => text(r, part))
          .filter((part) => part !== ''),
        taken: text(r, 'taken'),
        capacity: text(r, 'capacity'),
      })}${some}`,
      next: 'Choose another facility or session, end another enrollment, or say why it may go over.',
    };
  },
  'reprice-reason': () => ({
    message:
      'The price agreed is locked since the day of enrollment. Changing it needs a reason, and the currency stays.',
    next: 'A program admin can change it from the enrollment, saying why.',
  }),
  'wrong-currency': (r) => ({
    message: `This program counts in ${text(r, 'expected') || 'another currency'}, not in ${text(r, 'currency') || 'this one'}.`,
    next: 'Enter the amount in the program’s own currency.',
  }),
  'currency-in-use': (r) => ({
    message: `The program has ${text(r, 'prices') || 'some'} active prices in ${text(r, 'currency') || 'its present currency'}.`,
    next: 'End or deactivate those prices first, then change the currency.',
  }),
  'other-course': (r, names) => ({
    message: `The lesson ${titled(r, names, 'lessons', 'lessonId')}belongs to another course than the enrollment.`,
    next: 'Choose a lesson of the course the student is enrolled in.',
  }),
  'not-completed': (r) => ({
    message: `The enrollment is ${text(r, 'status') || 'not completed'} at ${text(r, 'progress') || '0'} %: a certificate is for a completed one.`,
    next: 'Complete the enrollment first.',
  }),
  'certificate-issued': (r) => ({
    message: `The certificate ${text(r, 'number')} was issued for this enrollment, so it stays completed.`,
    next: 'A program admin can delete the certificate first.',
  }),
  'score-too-high': (r) => ({
    message: of(r, 'maxScore')
      ? `The score is above the assignment’s highest score, ${text(r, 'maxScore')}.`
      : `A submission was graded ${text(r, 'score')} already, which is above this highest score.`,
    next: of(r, 'maxScore')
      ? 'Correct the score.'
      : 'Choose a highest score that covers it, or correct the grade first.',
  }),
  'curriculum-frozen': (r) => ({
    message: frozenText(version(r)),
    next: 'Start a draft from it in the curriculum studio and make the change there.',
  }),
  'curriculum-state': (r) => ({
    message: stateText(version(r), text(r, 'to') || 'that'),
    next: 'Look at its versions in the curriculum studio, and publish, archive or draft the one that is meant.',
  }),
  'mentor-unavailable': (r) => ({
    message: `${text(r, 'mentor') || 'This mentor'} cannot be booked: ${text(r, 'why') === 'suspended' ? 'the account is suspended' : 'the mentor is not active'}.`,
    next: 'Choose another mentor, or ask a program admin to make this one active again.',
  }),
  'booking-past': (r, names) => ({
    message: `${when(r, names).replace(/^that/, 'That')} has begun or is over already, so it cannot be booked.`,
    next: 'Choose a time that is still to come.',
  }),
  'slot-taken': (r, names) => ({
    message: `The slot ${when(r, names)} is ${text(r, 'status') || 'booked'} already.`,
    next: nextFree(r, names),
  }),
  'booking-overlap': (r, names) => ({
    message: `The mentor has another booking then: ${when(r, names)}.`,
    next: nextFree(r, names),
  }),
  'no-slot': (r, names) => ({
    message: `The mentor offers no slot that holds ${when(r, names)}.`,
    next: nextFree(r, names),
  }),
  'slot-overlap': (r, names) => ({
    message: `The mentor has another slot then: ${when(r, names)}${text(r, 'status') ? `, ${text(r, 'status')}` : ''}.`,
    next: 'Change or delete that one first, or choose another time.',
  }),
  'slot-in-use': (r, names) => ({
    message: `A booking holds the slot ${when(r, names)}.`,
    next: 'Move or cancel the booking first; that frees the slot.',
  }),
  'slot-status': () => ({
    message: 'A slot becomes booked by a booking, not by hand.',
    next: 'Book it, or mark it as held or blocked.',
  }),
  'booking-status': (r, names) => {
    const [from, why] = [text(r, 'from'), text(r, 'why')];
    if (why === 'early')
      return {
        message: `The session ${when(r, names)} has not begun, so it cannot be completed yet.`,
        next: 'Complete it once it has begun, or cancel it.',
      };
    if (why === 'new')
      return {
        message: 'A new booking is pending or confirmed, and becomes something else later.',
        next: 'Book it as pending or confirmed.',
      };
    return cancelled(from) || from === 'completed'
      ? {
          message: `This booking is ${from === 'completed' ? 'completed' : 'cancelled'} and stays so.`,
          next: 'Make a new booking instead.',
        }
      : { message: 'A booking is confirmed before it is completed.', next: 'Confirm it first.' };
  },
  'wrong-mentor': (r) => ({
    message: `${labels(r)} belongs to another mentor than ${text(r, 'mentor') || 'this one'}.`,
    next: 'Choose one of this mentor’s.',
  }),
  'own-booking': (r) => ({
    message: `${text(r, 'mentor') || 'A mentor'} cannot be the client of their own session.`,
    next: 'Choose another client or another mentor.',
  }),
  'session-follows': () => ({
    message: 'A session is completed or cancelled together with its booking.',
    next: 'Complete or cancel the booking.',
  }),
  'review-refused': (r) => {
    const why = text(r, 'why');
    return why === 'client'
      ? { message: 'Only the client of a booking reviews it.', next: 'Choose the booking’s client as the reviewer.' }
      : why === 'mentor'
        ? { message: 'The review names another mentor than its booking.', next: 'Choose the booking’s mentor.' }
        : {
            message: 'The booking is not completed, so it cannot be reviewed yet.',
            next: 'Complete the booking first, once the session was held.',
          };
  },
  'reason-missing': () => ({
    message: 'A reason is needed to see confidential details.',
    next: 'Say in a few words why, and try again.',
  }),
  'rank-too-high': (r, names) => ({
    message: `${named(r, names)} has, or would get, a role you may not give or change.`,
    next: 'Ask a super admin, or somebody with a higher role.',
  }),
} satisfies Record<string, Words>;

export type RefusalCode = keyof typeof refusalCodes;
export const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(refusalCodes, code);

/** The words for a refusal; a code of a newer server is explained as well as can be. */
export function wordsFor(refusal: RefusalDetail, names: RefusalNames = {}): RefusalWords {
  if (isRefusalCode(refusal.code)) {
    const { message, next } = (refusalCodes[refusal.code] as Words)(refusal, names);
    return { message: message.charAt(0).toUpperCase() + message.slice(1), next };
  }
  return { message: `The server did not accept this change to the ${thing(refusal.entity)}.`, next: fresh };
}
