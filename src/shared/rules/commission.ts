/** The key of the platform setting that says the rate. */
export const commissionSetting = 'marketplace-commission-rate';

/** A rate in basis points from the setting's value: `{ "percent": 12.5 }`, `{ "basisPoints": 1250 }` or `12.5`; 0 where it says nothing usable. */
export function commissionRate(value: unknown): number {
  const points =
    typeof value === 'number'
      ? hundredfold(value)
      : typeof value === 'object' && value !== null
        ? 'basisPoints' in value && typeof value.basisPoints === 'number'
          ? value.basisPoints
          : 'percent' in value && typeof value.percent === 'number'
            ? hundredfold(value.percent)
            : 0
        : 0;
  return Number.isInteger(points) && points >= 0 && points <= 10_000 ? points : 0;
}

/** 8.2 * 100 is 819.9999999999999 in floating point: what is meant is read from the digits. More than two of them are no rate. */
function hundredfold(percent: number): number {
  const digits = /^(\d+)(?:\.(\d{1,2}))?$/.exec(String(percent));
  return digits ? Number(digits[1]) * 100 + Number((digits[2] ?? '').padEnd(2, '0')) : Number.NaN;
}

/** The share of an amount in minor units; halves go to the even neighbour. */
export function commissionOn(amount: number, points: number): number {
  const share = BigInt(amount) * BigInt(points);
  const whole = share / 10_000n;
  const rest = (share % 10_000n) * 2n;
  return Number(whole + (rest > 10_000n || (rest === 10_000n && whole % 2n === 1n) ? 1n : 0n));
}
