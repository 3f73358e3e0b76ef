import { Refusal, type SignInRefusal } from '../../../shared/contract/outcome';
import type { SessionFacts, SignInResult } from '../../../shared/contract/wire';
import { sessionResult, signInResult, understand } from './answers';
import type { Remote } from './connect';

/** What signs somebody in. The password goes to the server and nowhere else. */
export interface Credentials {
  email: string;
  password: string;
  deviceId: string;
  deviceName: string;
  /** The console's version, for the list of sessions. */
  client: string;
}

export type SignedIn = Extract<SignInResult, { ok: true }>;

const words: Record<Extract<SignInResult, { ok: false }>['reason'], string> = {
  'wrong-password': 'The email or the password is not right. Check both and try again.',
  'locked-out': 'There were too many wrong passwords.',
  suspended: 'This account is suspended. A program admin or a super admin can lift that.',
  pending: 'This account waits for its email address to be verified. Open the message that was sent to it.',
  'no-console-access': 'This account has no access to the console: it is for tutors, coordinators and admins.',
  'password-too-long': 'The password is longer than 72 bytes. Use a shorter one.',
};

const waitWords = (retryAt: number, now: number): string => {
  const minutes = Math.max(1, Math.ceil((retryAt - now) / 60_000));
  return ` Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`;
};

/** Signs in. Throws a Refusal in words where the server says no, RemoteError where it cannot be asked. */
export async function signIn(remote: Remote, credentials: Credentials, now: number = Date.now()): Promise<SignedIn> {
  const { email, password, deviceId, deviceName, client } = credentials;
  const answer = await remote.call('sign_in', [email.trim(), password, deviceId, deviceName, client]);
  const result = understand(signInResult, answer);
  if (result.ok) return result;
  const reason: SignInRefusal = result.reason;
  const message = words[result.reason] + (result.retryAt === undefined ? '' : waitWords(result.retryAt, now));
  throw new Refusal({
    kind: 'sign-in-refused',
    reason,
    message,
    ...(result.retryAt === undefined ? {} : { retryAt: result.retryAt }),
  });
}

/** Who the token belongs to now; null where its session has ended. */
export async function readSession(remote: Remote, token: string): Promise<SessionFacts | null> {
  const result = understand(sessionResult, await remote.call('session', [token]));
  return 'err' in result ? null : result;
}

/** Ends the session here, or every session of the person. */
export async function signOut(remote: Remote, token: string, everywhere: boolean): Promise<void> {
  await remote.call('sign_out', [token, everywhere]);
}
