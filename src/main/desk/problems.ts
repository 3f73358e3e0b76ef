import type { z } from 'zod';
import { Refusal, type Problem } from '../../shared/contract/outcome';
import { requests, type Parsed, type RequestName } from '../../shared/contract/requests';
import type { Log } from '../desk-messages';
import { isCorruption } from './local/open';
import { RemoteError } from './remote/remote-error';

/** The input as the contract has it. @throws Refusal `invalid` with the paths of what is wrong */
export function parsed<N extends RequestName>(name: N, input: unknown): Parsed<N> {
  const result = (requests[name] as unknown as z.ZodType<Parsed<N>>).safeParse(input);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, 100).map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new Refusal({
    kind: 'invalid',
    message: 'Something in this request cannot be understood. Check what was entered and try again.',
    issues,
  });
}

export const signedOut = (): Refusal => new Refusal({ kind: 'signed-out', message: 'Sign in to continue.' });

/**
 * What a failure looks like from outside.
 * Security: of what nobody foresaw only a reference crosses; the log gets the error's own words and place, never the input.
 */
export function problemOf(error: unknown, name: string, log: Log): Problem {
  if (error instanceof Refusal) return error.problem;
  if (error instanceof RemoteError) return { kind: 'offline', message: error.message };
  if (isCorruption(error)) {
    log.error(`${name}: the local store is damaged`, (error as Error).message);
    return {
      kind: 'storage',
      reason: 'corrupt',
      message:
        'The data on this computer is damaged. Close Provost and start it again: it repairs what it can and loads the rest.',
    };
  }
  const reference = Math.random().toString(36).slice(2, 8).toUpperCase();
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log.error(`${name} failed (reference ${reference})`, told);
  return {
    kind: 'bug',
    reference,
    message: `Something went wrong inside the console. What was saved is safe. If it happens again, pass on the reference ${reference}.`,
  };
}
