import { describe, expect, test } from 'vitest';
import { onceKey, planAssignments, seatKey, type PlanGround, type Seeker } from './assignment';
import type { PriceRow } from './pricing';

let made = 0;
const price = (more: Partial<PriceRow> = {}): PriceRow => ({
  ...{ id: `p${made++}`, facilityId: 'rowe', courseId: 'back', ageGroup: '6-8', locationType: 'ours' },
  ...{ sessionType: 'group', price: 25_500, currency: 'NGN', effectiveDate: '2026-01-01', endDate: null },
  ...{ isActive: true, ...more },
});
const ground = (more: Partial<PlanGround> = {}): PlanGround => ({
  date: '2026-11-23',
  courses: new Map([['back', { name: 'Backstroke', isActive: true }]]),
  places: new Map([
    ['rowe', { name: 'Rowe Park', status: 'active', capacity: 2 }],
    ['vi', { name: 'VI Sports', status: 'active', capacity: 8 }],
    ['palace', { name: 'Federal Palace', status: 'maintenance', capacity: 8 }],
  ]),
  prices: [price(), price({ ageGroup: '9-12', price: 24_000 })],
  taken: new Map(),
  enrolled: new Map(),
  waiting: new Map(),
  usesWaitlist: false,
  labels: {
    ageGroup: { '6-8': '6–8 years', '9-12': '9–12 years', adults: 'Adults' },
    locationType: { ours: 'Our facility' },
    sessionType: { group: 'Group', private: 'Private' },
  },
  ...more,
});
const seeker = (more: Partial<Seeker> = {}): Seeker => ({
  ...{ studentId: `s${made++}`, name: 'Chisom Obi', dateOfBirth: '2019-06-01', status: 'active', courseId: 'back' },
  ...{ wish: {}, ...more },
});
const only = (given: PlanGround, who: Seeker, reason?: string) => planAssignments(given, [who], reason);
const at = (facilityId: string) => seatKey({ facilityId, ageGroup: '6-8', locationType: 'ours', sessionType: 'group' });

describe('a plan', () => {
  test('puts each into the age group of the day the course starts, and adds the prices up', () => {
    const plan = planAssignments(ground(), [
      seeker(),
      seeker({ dateOfBirth: '2017-11-24' }),
      seeker({ dateOfBirth: '2017-11-23' }),
    ]);
    expect(plan.proposals.map(({ age, ageGroup }) => [age, ageGroup])).toEqual([
      [7, '6-8'],
      [8, '6-8'],
      [9, '9-12'],
    ]);
    expect(plan).toMatchObject({ total: 75_000, currency: 'NGN', unplaced: [] });
  });

  test('never fills a place beyond its seats: those of one plan count against each other', () => {
    const plan = planAssignments(ground({ taken: new Map([[at('rowe'), 1]]) }), [seeker(), seeker(), seeker()]);
    expect(plan.proposals).toHaveLength(1);
    expect(plan.proposals[0]).toMatchObject({ left: 0, why: 'age 7, last seat' });
    expect(plan.unplaced.map(({ next }) => next.kind)).toEqual(['give-reason', 'give-reason']);
    expect(plan.unplaced[0]?.reason).toBe('No free seat (Rowe Park, 6–8 years, Group: 2 of 2).');
  });

  test('goes over capacity where a reason is given, and only where nothing else is free', () => {
    const given = ground({
      prices: [price(), price({ facilityId: 'vi', price: 90_000 })],
      taken: new Map([[at('rowe'), 2]]),
    });
    expect(only(given, seeker(), 'Sibling joins').proposals[0]).toMatchObject({ facilityId: 'vi', isOver: false });
    const wish = { facilityId: 'rowe' };
    expect(only(given, seeker({ wish }), 'Sibling joins').proposals[0]).toMatchObject({
      facilityId: 'rowe',
      isOver: true,
    });
  });

  test('of several free places the cheapest is taken, then the emptiest', () => {
    const cheap = ground({ prices: [price(), price({ facilityId: 'vi', price: 25_000 })] });
    expect(only(cheap, seeker()).proposals[0]).toMatchObject({ facilityId: 'vi' });
    const alike = ground({ prices: [price(), price({ facilityId: 'vi' })], taken: new Map([[at('rowe'), 1]]) });
    expect(only(alike, seeker()).proposals[0]).toMatchObject({ facilityId: 'vi' });
  });

  test('a transfer keeps the session where it can, and never stays where it is', () => {
    const from = {
      facilityId: 'rowe',
      ageGroup: '6-8',
      locationType: 'ours',
      sessionType: 'private',
      enrollmentId: 'e',
      since: '2026-01-05',
    };
    const prices = [
      price({ sessionType: 'private' }),
      price({ facilityId: 'vi' }),
      price({ facilityId: 'vi', sessionType: 'private', price: 99_000 }),
    ];
    expect(only(ground({ prices }), seeker({ from })).proposals[0]).toMatchObject({
      facilityId: 'vi',
      sessionType: 'private',
      enrollmentId: 'e',
    });
    expect(only(ground({ prices: prices.slice(0, 1) }), seeker({ from })).unplaced[0]).toMatchObject({
      next: { kind: 'other-facility' },
    });
  });
});

describe('whoever has no place is told why, and what to do', () => {
  const told = (given: PlanGround, who: Seeker) => {
    const [one] = only(given, who).unplaced;
    return [one?.reason, one?.next.kind];
  };

  test('without a date of birth', () => {
    const who = seeker({ dateOfBirth: null });
    expect(told(ground(), who)).toEqual(['No date of birth is known, so no age group can be chosen.', 'date-of-birth']);
    expect(only(ground(), { ...who, wish: { ageGroup: '6-8' } }).proposals).toHaveLength(1);
  });

  test('too young or too old for the course', () => {
    expect(told(ground(), seeker({ dateOfBirth: '2021-11-24' }))).toEqual([
      'Age 4: Backstroke is for 6–8 years, 9–12 years.',
      'other-course',
    ]);
  });

  test('without a price, naming the combination', () => {
    const wish = { facilityId: 'vi', sessionType: 'private' };
    expect(told(ground(), seeker({ wish }))).toEqual([
      'Backstroke has no price at VI Sports for 6–8 years, Private on 23 Nov 2026.',
      'add-price',
    ]);
    expect(only(ground(), seeker({ wish })).unplaced[0]?.next).toMatchObject({
      key: { facilityId: 'vi', courseId: 'back', ageGroup: '6-8', sessionType: 'private', locationType: 'ours' },
    });
    expect(told(ground({ prices: [price({ endDate: '2026-11-22' })] }), seeker())[1]).toBe('add-price');
  });

  test('where the only facility is closed', () => {
    expect(told(ground({ prices: [price({ facilityId: 'palace' })] }), seeker())).toEqual([
      'Federal Palace is in maintenance and takes nobody new.',
      'other-facility',
    ]);
  });

  test('who takes the course there already is offered the transfer', () => {
    const who = seeker();
    const enrolled = new Map([[onceKey(who.studentId, 'back', 'rowe'), 'e1']]);
    expect(only(ground({ enrolled }), who).unplaced[0]).toMatchObject({
      reason: 'Takes Backstroke at Rowe Park already.',
      next: { kind: 'transfer', enrollmentId: 'e1' },
    });
  });

  test('who is not active, and a course that is not', () => {
    expect(told(ground(), seeker({ status: 'graduated' }))[1]).toBe('make-active');
    const courses = new Map([['back', { name: 'Backstroke', isActive: false }]]);
    expect(told(ground({ courses }), seeker())[1]).toBe('other-course');
  });
});

describe('a waitlist', () => {
  const full = (more: Partial<PlanGround> = {}) =>
    ground({ taken: new Map([[at('rowe'), 2]]), usesWaitlist: true, ...more });
  const waits = (enrollmentId: string) => {
    const from = { facilityId: 'rowe', ageGroup: '6-8', locationType: 'ours', sessionType: 'group' };
    return seeker({ wish: from, from: { ...from, enrollmentId, since: '2026-12-01', isWaiting: true } });
  };

  test('is offered where every seat is taken, saying how many are before; without one only a reason helps', () => {
    const waiting = new Map([[at('rowe'), ['w1', 'w2']]]);
    expect(only(full({ waiting }), seeker()).unplaced[0]).toMatchObject({
      reason: 'No free seat (Rowe Park, 6–8 years, Group: 2 of 2, 2 waiting before).',
      next: { kind: 'waitlist', facility: 'Rowe Park', ahead: 2, place: { facilityId: 'rowe', ageGroup: '6-8' } },
    });
    expect(only(full({ usesWaitlist: false }), seeker()).unplaced[0]?.next.kind).toBe('give-reason');
  });

  test('a seat that is free belongs to the first who waits, not to a newcomer, unless a reason is given', () => {
    const waiting = new Map([[at('rowe'), ['w1', 'w2']]]);
    const given = full({ taken: new Map([[at('rowe'), 1]]), waiting });
    expect(only(given, seeker()).unplaced[0]?.next.kind).toBe('waitlist');
    expect(only(given, waits('w2')).unplaced[0]?.reason).toContain('1 waiting before');
    expect(only(given, waits('w1')).proposals[0]).toMatchObject({ enrollmentId: 'w1', facilityId: 'rowe', left: 0 });
    expect(only(given, seeker(), 'Sister of a pupil').proposals[0]).toMatchObject({
      isOver: true,
      why: 'age 7, ahead of the waitlist',
    });
  });

  test('is for the place somebody would choose, not for the one that is least overfull', () => {
    const prices = [price(), price({ sessionType: 'private', price: 90_000 })];
    const alone = seatKey({ facilityId: 'rowe', ageGroup: '6-8', locationType: 'ours', sessionType: 'private' });
    const taken = new Map([
      [at('rowe'), 5],
      [alone, 2],
    ]);
    expect(only(full({ prices, taken }), seeker()).unplaced[0]?.next).toMatchObject({
      place: { sessionType: 'group' },
    });
  });

  test('seats given by one plan go down the list', () => {
    const waiting = new Map([[at('rowe'), ['w1', 'w2', 'w3']]]);
    const given = full({ taken: new Map(), waiting });
    const plan = planAssignments(given, [waits('w1'), waits('w2'), waits('w3')]);
    expect(plan.proposals.map(({ enrollmentId }) => enrollmentId)).toEqual(['w1', 'w2']);
    expect(plan.unplaced.map(({ enrollmentId }) => enrollmentId)).toEqual(['w3']);
  });

  test('nobody is put on it twice: who waits already is offered a look for a seat', () => {
    const who = seeker();
    const enrolled = new Map([[onceKey(who.studentId, 'back', 'rowe'), 'w1']]);
    const waiting = new Map([[at('rowe'), ['w1']]]);
    expect(only(full({ enrolled, waiting }), who).unplaced[0]).toMatchObject({
      reason: 'Waits for Backstroke at Rowe Park already.',
      next: { kind: 'seat', enrollmentId: 'w1' },
    });
  });
});
