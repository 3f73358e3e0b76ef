import type { Revenue, RevenueLine, RevenueSource } from '../../../shared/contract/answers';

/** Sums over lines of one currency. Amounts of different currencies are never added. */
export type Sums = Pick<
  RevenueLine,
  'paid' | 'payments' | 'refunded' | 'refunds' | 'pending' | 'pendings' | 'failures' | 'commission'
>;

const none: Sums = {
  ...{ paid: 0, payments: 0, refunded: 0, refunds: 0, pending: 0, pendings: 0, failures: 0, commission: 0 },
};

export function sumsOf(lines: readonly RevenueLine[]): Sums {
  const sums = { ...none };
  for (const line of lines) for (const key of Object.keys(none) as (keyof Sums)[]) sums[key] += line[key];
  return sums;
}

/** What stands in one row of the table. */
export interface Figure {
  key: string;
  program: string;
  name: string;
  currency: string;
  sums: Sums;
  /** What all its payments have in common; null where they are of several programs. */
  of: { programId: string; source: RevenueSource; courseId: string | null } | null;
  month: string | null;
}

export type Grouping = 'program' | 'course' | 'month';

const sourceNames: Record<RevenueSource, string> = {
  course: 'A course no longer here',
  mentoring: 'Mentoring sessions',
  subscription: 'Subscriptions',
};

/** One row for each program, course or month, and for each currency in it, the largest first; months in their order, the latest first. */
export function figuresOf(
  { lines, programs, courses }: Revenue,
  by: Grouping,
  monthText: (month: string) => string,
): Figure[] {
  const programName = new Map(programs.map(({ id, name }) => [id, name]));
  const courseName = new Map(courses.map(({ id, name }) => [id, name]));
  const keyOf = (line: RevenueLine): string =>
    by === 'month'
      ? line.month
      : by === 'program'
        ? line.programId
        : [line.programId, line.source, line.courseId].join(' ');
  const rows = [...Map.groupBy(lines, (line) => `${keyOf(line)} ${line.currency}`)].map(([key, group]): Figure => {
    const { programId, source, courseId, currency, month } = group[0]!;
    const program = programName.get(programId) ?? '';
    return {
      ...{ key, currency, sums: sumsOf(group), program: by === 'month' ? '' : program },
      name:
        by === 'month'
          ? monthText(month)
          : by === 'program'
            ? program
            : ((courseId && courseName.get(courseId)) ?? sourceNames[source]),
      of: by === 'course' ? { programId, source, courseId } : null,
      month: by === 'month' ? month : null,
    };
  });
  return rows.sort((a, b) =>
    by === 'month'
      ? (b.month ?? '').localeCompare(a.month ?? '') || a.currency.localeCompare(b.currency)
      : b.sums.paid - a.sums.paid || a.name.localeCompare(b.name),
  );
}

/** The currencies there are, the one most payments are in first. */
export function currenciesOf(lines: readonly RevenueLine[]): string[] {
  const counts = new Map<string, number>();
  for (const { currency, payments, pendings } of lines)
    counts.set(currency, (counts.get(currency) ?? 0) + payments + pendings);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([currency]) => currency);
}
