import { z } from 'zod';

/** The price matrix: what a program's courses cost, cell by cell, and changes to many cells at once. */

const id = z.uuid();
const code = z.string().min(1).max(100);
const cellKey = z.object({ facilityId: id, courseId: id, ageGroup: code, locationType: code, sessionType: code });
export type CellKey = z.infer<typeof cellKey>;

/** In minor units; null takes the price away. */
const amount = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const priceChange = z
  .object({
    /** In hundredths of a percent: 1250 is +12.5 %. */
    percent: z.number().int().min(-10_000).max(1_000_000).optional(),
    amount: z.number().int().optional(),
    set: amount.optional(),
    rounding: z.object({ to: z.number().int().min(1), way: z.enum(['up', 'down', 'nearest']) }).optional(),
  })
  .strict();

/** Which cells are changed, how, from when, and perhaps to which other facility or course the result goes. */
const batch = z.object({
  programId: id,
  /** Cells to change; where none are listed, all that have a price on the day before `from` or on it. */
  cells: z.array(cellKey).max(50_000).optional(),
  facilities: z.array(id).max(1000).optional(),
  courses: z.array(id).max(1000).optional(),
  change: priceChange,
  from: z.iso.date(),
  /** Prices set already for days after `from` stay; otherwise they are replaced. */
  keepFuture: z.boolean().default(true),
  /** Copies instead of changing: the same cells of another facility, or of another course. */
  to: z.object({ facilityId: id.optional(), courseId: id.optional() }).optional(),
});

export const pricingRequests = {
  'pricing.matrix': z.object({ programId: id, asOf: z.iso.date() }),
  /** Every price a cell ever had, and will have. */
  'pricing.timeline': cellKey,
  'pricing.set': z.object({
    programId: id,
    cells: z
      .array(cellKey.extend({ price: amount.nullable() }))
      .min(1)
      .max(20_000),
    from: z.iso.date(),
    keepFuture: z.boolean().default(true),
    label: z.string().max(200),
    via: z.string().max(40).default('typed'),
  }),
  'pricing.simulate': batch,
  'pricing.apply': batch,
} as const;

/** Indexes into the lists of the matrix, then what holds on the day. */
export type MatrixCell = [
  facility: number,
  course: number,
  ageGroup: number,
  locationType: number,
  sessionType: number,
  price: number | null,
  /** The first and last day of the price in force. */
  from: string | null,
  until: string | null,
  /** The next price, and when it begins. */
  next: number | null,
  nextFrom: string | null,
  /** Where none is in force: the last day there was one. */
  expired: string | null,
  /** Learners, active and paused, in this configuration. */
  learners: number,
];

export interface PriceMatrix {
  asOf: string;
  currency: string;
  facilities: { id: string; name: string; capacity: number | null; status: string }[];
  courses: { id: string; name: string; code: string }[];
  ageGroups: { code: string; label: string }[];
  locationTypes: { code: string; label: string }[];
  sessionTypes: { code: string; label: string }[];
  /** Cells that ever had a price, or have learners. All others have neither. */
  cells: MatrixCell[];
  /** What is usual in this program on this day; null where there are too few prices to tell. */
  usual: { low: number; high: number } | null;
  /** The next day on which any price begins or ends. */
  nextChange: string | null;
  canEdit: boolean;
  whyNot: string | null;
}

export interface PriceStep {
  id: string;
  price: number;
  currency: string;
  from: string;
  until: string | null;
  isActive: boolean;
}

export interface Simulation {
  currency: string;
  /** Cells whose price changes. */
  changed: number;
  /** Cells that have the price already. */
  same: number;
  /** Cells far from what is usual afterwards. */
  unusual: (CellKey & { price: number })[];
  /** Prices that were set for later and are replaced. */
  futureReplaced: number;
  /** Learners in the changed cells: what they agreed on stays; whoever enrolls from the day on pays the new price. */
  learners: number;
  /** New minus old price, times the learners there now, by facility. */
  monthly: { facilityId: string; facility: string; difference: number }[];
  sample: (CellKey & { label: string; before: number | null; after: number })[];
}

export interface PricingOutputs {
  'pricing.matrix': PriceMatrix;
  'pricing.timeline': PriceStep[];
  'pricing.set': { mutationId: string; ids: string[] };
  'pricing.simulate': Simulation;
  'pricing.apply': { mutationId: string; ids: string[] };
}
