import type { Problem, SignInRefusal } from '../../shared/contract/outcome';
import { momentText } from '../ui/moment';

/** What is said of a sign-in that did not succeed: what happened, and the way out. */
export interface RefusalWords {
  title: string;
  wayOut: string;
  /** The input to go back to. */
  field: 'email' | 'password' | 'server' | null;
}

const words: Record<SignInRefusal, (until: string | null) => RefusalWords> = {
  'wrong-password': () => ({
    title: 'The email and the password do not belong together.',
    wayOut: 'Check both, and whether Caps Lock is on. A program admin can set a new password for you.',
    field: 'password',
  }),
  'locked-out': (until) => ({
    title: until
      ? `Too many wrong passwords. You can try again from ${until}.`
      : 'Too many wrong passwords. Wait a few minutes before trying again.',
    wayOut: 'If these were not you, tell an admin of your institution.',
    field: null,
  }),
  suspended: () => ({
    title: 'This account is suspended.',
    wayOut: 'A super admin can lift the suspension. Changes you made on this computer stay here meanwhile.',
    field: null,
  }),
  pending: () => ({
    title: 'This account waits to be confirmed.',
    wayOut: 'Open the link in the email you were sent, or ask a program admin to activate the account.',
    field: null,
  }),
  'no-console-access': () => ({
    title: 'This account is not for the console.',
    wayOut:
      'The console is for super admins, program admins, coordinators and tutors. Students, guardians and mentors use the website of the institution.',
    field: 'email',
  }),
  unreachable: () => ({
    title: 'The server does not answer.',
    wayOut:
      'Check the internet connection and the server’s address, then try again. The first sign-in on a computer needs the server.',
    field: 'server',
  }),
  'not-provost': () => ({
    title: 'Something answers at this address, but it is not a Provost server.',
    wayOut: 'Check the server’s address with whoever set Provost up for you.',
    field: 'server',
  }),
  'server-too-old': () => ({
    title: 'This server is older than this console can work with.',
    wayOut: 'Ask whoever looks after the server to update it, or use the earlier version of the console until then.',
    field: null,
  }),
  'server-too-new': () => ({
    title: 'This console is older than the server asks for.',
    wayOut: 'Install the newest version of Provost. Changes not sent yet stay on this computer.',
    field: null,
  }),
  'password-too-long': () => ({
    title: 'This password is longer than a password can be.',
    wayOut: 'Passwords have at most 72 characters. Check that nothing else was pasted into the input.',
    field: 'password',
  }),
};

export function refusalWords(problem: Problem): RefusalWords {
  const unreachable = words.unreachable(null);
  if (problem.kind === 'offline') return { ...unreachable, title: problem.message };
  if (problem.kind !== 'sign-in-refused') return { title: problem.message, wayOut: '', field: null };
  // The desk knows better than a general word why it could not get through: no such name, no trust, no network.
  if (problem.reason === 'unreachable' && problem.message) return { ...unreachable, title: problem.message };
  return words[problem.reason](problem.retryAt == null ? null : momentText(problem.retryAt).replace(/^Today, /, ''));
}
