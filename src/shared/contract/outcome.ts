/**
 * How an expected failure crosses a process border.
 *
 * Expected failures are a closed list of problems. A handler throws a `Refusal`; the rim turns it into data; the other side throws it
 * again. Anything else is a bug: it is logged with a reference and only the reference crosses.
 */

/** One field of one row that cannot stand as it is, in words for people. `path` is `field` or `ops.3.field`. */
export interface FieldIssue {
  path: string;
  message: string;
}

/** Every problem the console can answer with. `message` is one or two sentences for people: what, which thing, the way out. */
export type Problem =
  | { kind: 'invalid'; message: string; issues: FieldIssue[] }
  | { kind: 'forbidden'; message: string; needs?: string }
  | { kind: 'stale'; message: string }
  | { kind: 'conflict'; message: string }
  | { kind: 'offline'; message: string }
  | { kind: 'not-found'; message: string }
  | { kind: 'busy'; message: string }
  | { kind: 'signed-out'; message: string }
  | { kind: 'sign-in-refused'; message: string; reason: SignInRefusal; retryAt?: number }
  | { kind: 'storage'; message: string; reason: StorageTrouble }
  | { kind: 'bug'; message: string; reference: string };

export type ProblemKind = Problem['kind'];

/** Why a sign-in did not succeed. */
export type SignInRefusal =
  | 'wrong-password'
  | 'locked-out'
  | 'suspended'
  | 'pending'
  | 'no-console-access'
  | 'unreachable'
  | 'not-provost'
  | 'server-too-old'
  | 'server-too-new'
  | 'password-too-long';

/** What is wrong with the local store. */
export type StorageTrouble =
  'disk-full' | 'read-only' | 'corrupt' | 'newer-version' | 'not-updated' | 'in-use' | 'key-lost' | 'no-keychain';

export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly problem: Problem,
    options?: ErrorOptions,
  ) {
    super(problem.message, options);
  }
}

/** What a rim sends back for a request. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** Opens an outcome: returns its value or throws the refusal it carries. */
export function open<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Refusal(outcome.problem);
}
