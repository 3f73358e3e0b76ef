import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { LiveSession } from '../../../shared/contract/access';
import type { AccessPerson } from '../../../shared/contract/requests';
import { rankOf } from '../../../shared/rules/permit';
import { useCommand, useQuestion, useSync, useUser } from '../../client/hooks';
import { Button } from '../../ui/button';
import { confirm } from '../../ui/confirm';
import { Section } from '../../ui/inspector';
import { Pill, StatusDot } from '../../ui/marks';
import { counted, momentText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import css from './access.module.css';
import { outcomeDot, outcomeText } from './outcome-text';

const deskOf = ({ deviceName }: { deviceName: string | null }): string => deviceName ?? 'A desk without a name';

/** Where somebody is signed in now, and how they came in lately. The server keeps both. */
export function PersonSessions({ person }: { person: AccessPerson }) {
  const me = useUser();
  const sync = useSync();
  if (!me) return null;
  const isMe = me.userId === person.id;
  const rank = rankOf(me.role);
  if (!isMe && (rank < 3 || rankOf(person.role) > rank)) {
    return (
      <Section title="Signed in">
        <p className="small muted">
          Where somebody is signed in is for the program admins of their programs and for super admins. Ask one of them.
        </p>
      </Section>
    );
  }
  if (sync?.connection === 'offline') {
    return (
      <Section title="Signed in">
        <p className="small muted">
          Sessions and sign-ins are kept on the server, which cannot be reached now. Suspending works: it waits here and
          ends every session once it is sent.
        </p>
      </Section>
    );
  }
  const refusal =
    isMe || rank === 4 || rankOf(person.role) < rank
      ? null
      : 'Only a super admin can end the sessions of a program admin. Ask one.';
  return (
    <>
      <SignedIn person={person} isMe={isMe} refusal={refusal} />
      <Lately person={person} />
    </>
  );
}

interface SignedInProps {
  person: AccessPerson;
  isMe: boolean;
  /** Why none of them can be ended from here, in words. */
  refusal: string | null;
}

function SignedIn({ person, isMe, refusal }: SignedInProps) {
  const { data, error } = useQuestion('access.sessions', { userId: person.id });
  const cache = useQueryClient();
  const { run, busy } = useCommand('access.end-sessions');
  const end = async (one: LiveSession | null) => {
    let reason = '';
    const whom = isMe ? 'your' : `${person.fullName}’s`;
    const agreed = await confirm({
      title: one ? `End the session on ${deskOf(one)}?` : `End all of ${whom} ${isMe ? 'other ' : ''}sessions?`,
      body: (
        <>
          <p>
            {one ? 'That desk' : 'Those desks'} can read and change nothing on the server until{' '}
            {isMe ? 'you sign' : `${person.fullName} signs`} in there again. What was not sent yet stays there and is
            sent then. Files of changes saved there count no more.
            {!isMe && ' Signing in again stays possible: suspend the account to prevent it.'}
          </p>
          <label className={css.reason}>
            Reason, kept in the audit trail
            <input type="text" maxLength={500} onChange={(event) => (reason = event.target.value)} />
          </label>
        </>
      ),
      action: one ? 'End the session' : 'End all',
      dangerous: true,
    });
    if (!agreed) return;
    const done = await run({
      userId: person.id,
      ...(one ? { sessionId: one.id } : {}),
      ...(reason.trim() ? { reason } : {}),
    });
    if (!done) return;
    notify.done(done.ended === 0 ? 'Nobody was signed in there any more.' : `${counted(done.ended, 'session')} ended.`);
    await cache.invalidateQueries({ queryKey: ['access.sessions'] });
  };
  const others = data?.filter(({ isThis }) => !isThis) ?? [];
  return (
    <Section title={data ? `Signed in now (${data.length})` : 'Signed in now'}>
      {error && <p className="small muted">{error.problem.message}</p>}
      {!data && !error && <p className="small muted">Asking the server…</p>}
      {data?.length === 0 && <p className="small muted">Nowhere.</p>}
      <ul className={css.places} aria-label={`Where ${person.fullName} is signed in`}>
        {data?.map((one) => (
          <li key={one.id}>
            <span className="grow ellipsis">
              <span className="medium">{deskOf(one)}</span> {one.isThis && <Pill tone="accent">This one</Pill>}
              <span className={`${css.detail ?? ''} small muted ellipsis`} title={seenText(one)}>
                {seenText(one)}
              </span>
            </span>
            {!one.isThis && (
              <Button
                small
                look="ghost"
                aria-disabled={refusal !== null}
                title={refusal ?? undefined}
                aria-label={`End the session on ${deskOf(one)}`}
                onClick={() => refusal === null && void end(one)}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others.length > 1 && (
        <Button
          small
          look="danger"
          busy={busy}
          aria-disabled={refusal !== null}
          title={refusal ?? undefined}
          onClick={() => refusal === null && void end(null)}
        >
          {isMe ? 'End all others' : `End all ${others.length} sessions`}
        </Button>
      )}
      {refusal && others.length > 0 && <p className="small muted">{refusal}</p>}
    </Section>
  );
}

const seenText = ({ lastSeenAt, since, address, client }: LiveSession): string =>
  [
    `Last seen ${momentText(lastSeenAt)}`,
    `since ${momentText(since)}`,
    ...(address ? [`from ${address}`] : []),
    ...(client ? [client] : []),
  ].join(', ');

/** The last sign-ins and refusals; all of them are one tab further. */
function Lately({ person }: { person: AccessPerson }) {
  const [limit, setLimit] = useState(8);
  const { data, error } = useQuestion('access.sign-ins', { userId: person.id, limit }, { keep: true });
  return (
    <Section title="Sign-ins">
      {error && <p className="small muted">{error.problem.message}</p>}
      {data?.entries.length === 0 && <p className="small muted">None that the server remembers.</p>}
      <ul className={css.lately} aria-label={`Sign-ins of ${person.fullName}`}>
        {data?.entries.map((one) => (
          <li key={one.id} title={[one.deviceName, one.client, one.address].filter(Boolean).join(', ')}>
            <StatusDot kind={outcomeDot(one)} />
            <span className="grow">
              {outcomeText(one)}
              <span className={`${css.detail ?? ''} small muted ellipsis`}>
                {momentText(one.lastAt)}
                {one.deviceName && `, ${one.deviceName}`}
                {one.address && `, from ${one.address}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {data?.next && limit < 200 && (
        <Button small look="ghost" onClick={() => setLimit(Math.min(200, limit * 4))}>
          Show older
        </Button>
      )}
    </Section>
  );
}
