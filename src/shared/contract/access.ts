import { z } from 'zod';

/** Who is signed in where, who tried, and ending that. It is kept by the central database, which answers; nothing of it is kept here. */

const id = z.uuid();

export const accessRequests = {
  'access.sign-ins': z.object({
    /** Of one person; without it, of everybody within sight. */
    userId: id.optional(),
    before: id.optional(),
    refused: z.boolean().default(false),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  'access.sessions': z.object({ userId: id }),
  'access.end-sessions': z.object({
    userId: id,
    /** Without it, all of them; of one's own, all but this one. */
    sessionId: id.optional(),
    reason: z.string().trim().max(500).optional(),
  }),
} as const;

export const signInOutcomes = [
  'signed-in',
  'wrong-password',
  'locked-out',
  'pending',
  'suspended',
  'no-console-access',
] as const;
export type SignInOutcome = (typeof signInOutcomes)[number];

export interface SignIn {
  id: string;
  /** Null where no account has the email that was given. */
  userId: string | null;
  userName: string | null;
  outcome: SignInOutcome;
  /** Refusals of one account from one address within a quarter of an hour are one line. */
  times: number;
  at: number;
  lastAt: number;
  deviceName: string | null;
  client: string | null;
  address: string | null;
}

export interface LiveSession {
  id: string;
  deviceName: string | null;
  client: string | null;
  address: string | null;
  since: number;
  lastSeenAt: number;
  endsAt: number;
  isThis: boolean;
}

export interface AccessOutputs {
  'access.sign-ins': { entries: SignIn[]; next: string | null };
  'access.sessions': LiveSession[];
  'access.end-sessions': { ended: number };
}
