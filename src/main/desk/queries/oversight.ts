/** Sessions and sign-ins, which the central database keeps: asked when somebody looks. */
import { z } from 'zod';
import type { LiveSession, SignIn } from '../../../shared/contract/access';
import { signInOutcomes } from '../../../shared/contract/access';
import { Refusal } from '../../../shared/contract/outcome';
import type { Output, Parsed } from '../../../shared/contract/requests';
import { signedOut } from '../problems';
import { signedOut as signedOutAnswer, understand } from '../remote/answers';
import type { Session } from '../session';

const text = z.string().nullable();
const signIn = z.object({
  id: z.uuid(),
  userId: text,
  userName: text,
  outcome: z.enum(signInOutcomes),
  times: z.number(),
  at: z.number(),
  lastAt: z.number(),
  deviceName: text,
  client: text,
  address: text,
}) satisfies z.ZodType<SignIn>;
const liveSession = z.object({
  id: z.uuid(),
  deviceName: text,
  client: text,
  address: text,
  since: z.number(),
  lastSeenAt: z.number(),
  endsAt: z.number(),
  isThis: z.boolean(),
}) satisfies z.ZodType<LiveSession>;

async function ask<T>(session: Session, question: string, args: object, answer: z.ZodType<T>): Promise<T> {
  const { remote, token } = session.online();
  const said = await remote.call('ask', [token, question, JSON.stringify(args)]);
  if (signedOutAnswer.safeParse(said).success) throw signedOut();
  return understand(z.object({ answer }), said).answer;
}

export const signIns = (session: Session, input: Parsed<'access.sign-ins'>): Promise<Output<'access.sign-ins'>> =>
  ask(session, 'sign-ins', input, z.object({ entries: z.array(signIn), next: z.uuid().nullable() }));

export const sessions = (session: Session, input: Parsed<'access.sessions'>): Promise<LiveSession[]> =>
  ask(session, 'sessions', input, z.array(liveSession));

export async function endSessions(
  session: Session,
  input: Parsed<'access.end-sessions'>,
): Promise<Output<'access.end-sessions'>> {
  const { ended } = await ask(session, 'end-sessions', input, z.object({ ended: z.number().nullable() }));
  if (ended === null)
    throw new Refusal({
      kind: 'forbidden',
      message:
        'Only a higher role can end the sessions of this person: a program admin those of coordinators and tutors of their programs, a super admin anybody’s. Ask a super admin.',
    });
  return { ended };
}
