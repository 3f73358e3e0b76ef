/** Who paid what: for enrollments, bookings and subscriptions, with the platform's share of bookings. */
import { commissionOn } from '../../shared/rules/commission';
import { addDays, millisOf } from './calendar';
import type { Study } from './generate-learning';
import type { Mentoring } from './generate-mentoring';
import type { People } from './generate-people';
import { priceScale, type ProgramPlan } from './plans';
import type { Random } from './random';
import { chunk, type SeedChunk, type SeedRow } from './rows';
import { adminId, momentOn, type Block } from './world';

type Payment = SeedRow<'payments'>;
type Subscription = SeedRow<'subscriptions'>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Percent of a booking's price: what the platform setting says. */
export const commissionPercent = 12;

const providersOf: Record<ProgramPlan['currency'], readonly string[]> = {
  NGN: ['paystack', 'paystack', 'flutterwave', 'bank-transfer'],
  GHS: ['mtn-momo', 'mtn-momo', 'paystack', 'telecel-cash'],
  GBP: ['stripe', 'stripe', 'gocardless'],
};

export function generateCommerce(
  block: Block,
  studies: Study[],
  mentoring: Mentoring | null,
  people: People,
): SeedChunk[] {
  const subscriptions = subscriptionRows(block, people);
  return [
    chunk('subscriptions', subscriptions),
    chunk('payments', [
      ...studies.flatMap((study) => enrollmentPayments(block, study)),
      ...(mentoring ? bookingPayments(block, mentoring) : []),
      ...subscriptions.flatMap((row) => subscriptionPayments(block, row)),
    ]),
  ];
}

type Paid = Pick<Payment, 'payerId' | 'amount' | 'currency'> &
  Partial<Pick<Payment, 'enrollmentId' | 'bookingId' | 'subscriptionId'>>;

/** One attempt to pay: asked for at a moment, and settled soon afterwards. */
function payment(
  block: Block,
  key: string,
  what: Paid,
  status: Payment['status'],
  asked: number,
  random: Random,
): Payment {
  const createdAt = Math.min(asked, block.world.now - HOUR);
  const settledAt = createdAt + random.int(1, 50) * 60_000;
  const provider = random.pick(providersOf[block.plan.currency]);
  const isPaid = status === 'succeeded' || status === 'refunded';
  const row: Payment = {
    id: block.id('payments', key),
    programId: block.programId,
    enrollmentId: null,
    bookingId: null,
    subscriptionId: null,
    commission: null,
    ...what,
    status,
    paidAt: isPaid ? settledAt : null,
    provider,
    providerPaymentId: `${provider.slice(0, 3).toUpperCase()}-${random.int(10_000_000, 99_999_999)}`,
    createdAt,
    createdBy: adminId(block.world, block.plan.code),
  };
  const by = row.createdBy;
  // The platform's share is reckoned when the money comes.
  if (isPaid && what.bookingId) row.commission = commissionOn(row.amount, commissionPercent * 100);
  const open = { status: 'pending', paidAt: null, ...(row.commission === null ? {} : { commission: null }) } as const;
  if (isPaid) row.earlier = [{ at: settledAt, by, from: open }];
  else if (status === 'failed') row.earlier = [{ at: settledAt, by, from: { status: 'pending' } }];
  if (status === 'refunded') {
    const at = Math.min(settledAt + random.int(20, 300) * HOUR, block.world.now);
    row.earlier?.push({ at, by, from: { status: 'succeeded' } });
  }
  return row;
}

/** A card that was refused is tried again. */
function attempts(
  block: Block,
  key: string,
  what: Paid,
  status: Payment['status'],
  asked: number,
  random: Random,
): Payment[] {
  const last = payment(block, key, what, status, asked, random);
  if (status === 'pending' || !random.chance(0.06)) return [last];
  return [payment(block, `${key} first`, what, 'failed', asked - random.int(1, 30) * HOUR, random), last];
}

function enrollmentPayments(block: Block, { enrollment, learner }: Study): Payment[] {
  const { priceAgreed, currency, status } = enrollment;
  const payerId = learner.guardians[0] ?? learner.row.userId;
  const random = block.random('payment', enrollment.id);
  if (!payerId || priceAgreed === null || priceAgreed < 1 || currency === null) return [];
  const age = block.world.now - enrollment.createdAt;
  const draw = random.next();
  const outcome =
    age < 21 * DAY && draw < 0.35
      ? ('pending' as const)
      : status === 'withdrawn' && draw < 0.4
        ? ('refunded' as const)
        : draw > 0.985
          ? ('failed' as const)
          : ('succeeded' as const);
  const asked = enrollment.createdAt + random.int(1, 70) * HOUR;
  const what = { payerId, enrollmentId: enrollment.id, amount: priceAgreed, currency };
  return attempts(block, enrollment.id, what, outcome, asked, random);
}

function bookingPayments(block: Block, { bookings, services }: Mentoring): Payment[] {
  return bookings.flatMap((booking) => {
    const service = booking.serviceId === null ? undefined : services.get(booking.serviceId);
    const random = block.random('payment', booking.id);
    if (!service || service.price < 1 || (booking.status === 'cancelled_client' && random.chance(0.5))) return [];
    const isOff = booking.status.startsWith('cancelled');
    const status = isOff ? 'refunded' : booking.status === 'pending' ? 'pending' : 'succeeded';
    const what = {
      payerId: booking.clientId,
      bookingId: booking.id,
      amount: service.price,
      currency: service.currency,
    };
    return attempts(block, booking.id, what, status, booking.createdAt + random.int(5, 55) * 60_000, random);
  });
}

const plans = [
  ['Learner library, monthly', 3, 1],
  ['Mentoring Plus, monthly', 9, 1],
  ['Family pass, quarterly', 24, 3],
] as const;

/** In thousands of naira, as the prices of courses. */
const inMinorUnits = (block: Block, thousands: number): number => {
  const { unit, step } = priceScale[block.plan.currency];
  return Math.max(step, Math.round((thousands * unit) / step) * step);
};

const often = ['active', 'active', 'active', 'active'] as const;
const seldom = ['trialing', 'past_due', 'cancelled', 'expired'] as const;

const addMonths = (date: string, months: number): string => {
  const [year, month] = date.split('-').map(Number) as [number, number];
  // Every period begins on a day that every month has.
  return new Date(Date.UTC(year, month - 1 + months, Math.min(28, Number(date.slice(8))))).toISOString().slice(0, 10);
};

function subscriptionRows(block: Block, { accounts }: People): Subscription[] {
  const { world, plan } = block;
  return accounts.flatMap((account) => {
    const random = block.random('subscription', account.id);
    if (account.status !== 'active' || !random.chance(0.22)) return [];
    const [name, thousands, months] = random.pick(plans);
    const first = addDays(world.today, -random.int(10, 240));
    if (millisOf(first) < account.createdAt) return [];
    const wanted = random.pick([...often, ...seldom]);
    // The period of today, or for an expired one the last that was paid for.
    const until = wanted === 'expired' ? addDays(world.today, -31 * months) : world.today;
    let periodStart = first;
    while (addMonths(periodStart, months) <= until) periodStart = addMonths(periodStart, months);
    const periodEnd = addDays(addMonths(periodStart, months), -1);
    const isLikely = wanted === 'expired' ? periodEnd < world.today : wanted !== 'trialing' || periodStart === first;
    const status = isLikely ? wanted : 'active';
    const createdAt = momentOn(first, random);
    const cancelledAt = status === 'cancelled' ? Math.min(millisOf(periodStart) + 30 * HOUR, world.now - HOUR) : null;
    const row: Subscription = {
      id: block.id('subscriptions', account.id),
      programId: block.programId,
      userId: account.id,
      plan: name,
      price: inMinorUnits(block, thousands),
      currency: plan.currency,
      status,
      periodStart,
      periodEnd,
      cancelledAt,
      createdAt: Math.min(createdAt, (cancelledAt ?? world.now) - HOUR),
      createdBy: account.id,
    };
    if (cancelledAt !== null)
      row.earlier = [{ at: cancelledAt, by: account.id, from: { status: 'active', cancelledAt: null } }];
    return [row];
  });
}

/** The present period and the one before it. */
function subscriptionPayments(block: Block, row: Subscription): Payment[] {
  if (row.status === 'trialing') return [];
  const random = block.random('payment', row.id);
  const what = { payerId: row.userId, subscriptionId: row.id, amount: row.price, currency: row.currency };
  const at = (date: string) => millisOf(date) + 8 * HOUR;
  const present = payment(
    block,
    row.id,
    what,
    row.status === 'past_due' ? 'failed' : 'succeeded',
    at(row.periodStart),
    random,
  );
  const before = addMonths(row.periodStart, -1);
  if (at(before) < row.createdAt) return [present];
  return [payment(block, `${row.id} before`, what, 'succeeded', at(before), random), present];
}
