/** Proof that this desk holds what the server holds, part by part, when its person asks for it. */
import { Refusal } from '../../../shared/contract/outcome';
import type { Parsed } from '../../../shared/contract/requests';
import type { ProvenPart, ProvablePart } from '../../../shared/contract/sync';
import { signedOut } from '../problems';
import { titleOf } from '../queries/titles';
import { readCursors } from '../local/cursors';
import type { Session } from '../session';
import { differingBuckets, fetchAnew, heldCount } from './verify';

const classWords: Record<string, string> = {
  platform: 'Reference data',
  admin: 'Administration',
  catalogue: 'Catalogue',
  people: 'People',
  confidential: 'Confidential details',
  finance: 'Finance',
  own: 'Your own',
  teaching: 'Your courses',
};

export function provableParts({ store }: Session): ProvablePart[] {
  const db = store.reader;
  return readCursors(db).map(({ scope, state }) => {
    const [name = '', owner = ''] = scope.split(':');
    const program = titleOf(db, 'programs', owner);
    return { scope, program: program || null, part: classWords[name] ?? name, isLoaded: state === 'live' };
  });
}

/** A row may change between the pull and the comparison: only what differs again after a pull is wrong, and is then fetched anew. */
export async function provePart(session: Session, { scope }: Parsed<'sync.prove'>): Promise<ProvenPart> {
  const { remote, token } = session.online();
  const db = session.store.writer;
  const cursor = readCursors(db).find((one) => one.scope === scope);
  if (!cursor || cursor.state !== 'live')
    throw new Refusal({ kind: 'not-found', message: 'This part is not on this desk, or is still loading.' });
  let wrong: Set<string> | null = null;
  for (let look = 0; look < 3; look++) {
    const found = await differingBuckets(db, remote, token, cursor.scope);
    if (found === null) throw signedOut();
    wrong = stillIn(wrong, found);
    if (wrong.size === 0) return { rows: heldCount(db, cursor.scope), differing: 0 };
    await session.sync?.syncNow();
  }
  const differing = wrong?.size ?? 0;
  if (wrong) fetchAnew(db, cursor.scope, wrong);
  await session.sync?.syncNow();
  return { rows: heldCount(db, cursor.scope), differing };
}

const stillIn = (before: Set<string> | null, found: Set<string>): Set<string> =>
  before === null ? found : new Set([...found].filter((bucket) => before.has(bucket)));
