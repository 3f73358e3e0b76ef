/** The form of an IANA time zone (`Africa/Lagos`, `UTC`): neither an abbreviation nor an offset, which know no summer time. */
export const timeZonePattern = '^([A-Za-z_]+(/[A-Za-z0-9_+-]+)+|UTC)$';
const form = new RegExp(timeZonePattern);

export function isTimeZone(value: string): boolean {
  if (!form.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
