import type { Parsed, Saved } from '../../../shared/contract/requests';
import { newId } from '../../../shared/model';
import type { CommandContext } from '../context';
import { readRow } from '../local/rows';
import { titleOf } from '../queries/titles';
import { commit } from './commit';
import { notFound } from './refuse';
import { opsFor } from './save-rows';

/** Books time of a mentor for a client: inside a free slot, or not at all, and then it says why. */
export function bookSession(context: CommandContext, input: Parsed<'mentoring.book'>): Saved {
  const { mentorId, clientId, serviceId, start, end, status, sessionType } = input;
  const mentor = readRow(context.db, 'mentors', mentorId);
  if (!mentor) throw notFound('This mentor is no longer here. Choose another.');
  const id = newId(context.now());
  const values = {
    programId: mentor['programId'],
    mentorId,
    clientId,
    period: [start, end],
    status,
    sessionType,
    ...(serviceId ? { serviceId } : {}),
  };
  const ops = opsFor(context, [{ op: 'insert', entity: 'bookings', id, values }]);
  const name = (user: unknown): string => titleOf(context.db, 'users', String(user));
  const label = `Book ${name(mentor['userId'])} for ${name(clientId)}`.slice(0, 200);
  return { ...commit(context, { label, via: 'book', ops }), ids: [id] };
}
