/** When every scope was last proven equal to the server's; see `verify.ts`. Zero where it must be proven as soon as may be. */
export const VERIFIED_AT = 'verified_at';
