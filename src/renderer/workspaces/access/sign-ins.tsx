import { useState } from 'react';
import { useLocation } from 'wouter';
import type { SignIn } from '../../../shared/contract/access';
import { useQuestion, useSync, useUser } from '../../client/hooks';
import { Button } from '../../ui/button';
import { StatusDot } from '../../ui/marks';
import { momentText } from '../../ui/moment';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import { FilterBar, Scroll } from '../../ui/workspace';
import css from './access.module.css';
import { outcomeDot, outcomeText } from './outcome-text';

const heads = ['When', 'Who', 'What came of it', 'Desk', 'Console', 'Address'];

/** Every sign-in and every try within sight, newest first; asked of the server when somebody looks. */
export function SignIns() {
  const [refused, setRefused] = useState(false);
  const [pages, setPages] = useState<(string | null)[]>([null]);
  const first = useQuestion('access.sign-ins', { refused }, { keep: true });
  const isOffline = useSync()?.connection === 'offline';
  const role = useUser()?.role;
  if (first.error) {
    return (
      <>
        <ErrorState problem={first.error.problem} onRetry={() => void first.refetch()} />
        {isOffline && (
          <p className={`${css.still ?? ''} small muted`}>
            Who has access, and why, shows without a connection. Suspending and assigning wait here and are sent once
            you are connected.
          </p>
        )}
      </>
    );
  }
  if (!first.data) return <LoadingState rows={12} label="Loading sign-ins" />;
  return (
    <>
      <FilterBar>
        <label className={css.check}>
          <input
            type="checkbox"
            checked={refused}
            onChange={(event) => {
              setPages([null]);
              setRefused(event.target.checked);
            }}
          />
          Refused only
        </label>
        <Button small look="ghost" busy={first.isFetching} onClick={() => void first.refetch()}>
          Refresh
        </Button>
        <span className="small muted">{withinSight(role)}</span>
      </FilterBar>
      {first.data.entries.length === 0 ? (
        <EmptyState title={refused ? 'Nobody was refused' : 'No sign-ins yet'}>
          Sign-ins are kept for 90 days, or as long as the platform says.
        </EmptyState>
      ) : (
        <Scroll>
          <table className={css.table} aria-label="Sign-ins">
            <thead>
              <tr>
                {heads.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {pages.map((before, at) => (
                <Page
                  key={before ?? ''}
                  before={before}
                  refused={refused}
                  onOlder={at === pages.length - 1 ? (next) => setPages([...pages, next]) : null}
                />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  );
}

const withinSight = (role: string | undefined): string =>
  role === 'super_admin'
    ? 'Of everybody, and tries without an account.'
    : role === 'program_admin'
      ? 'Yours, and of the people assigned to your programs.'
      : 'Yours. Program admins see those of their people, super admins all.';

interface PageProps {
  before: string | null;
  refused: boolean;
  onOlder: ((next: string) => void) | null;
}

function Page({ before, refused, onOlder }: PageProps) {
  const { data, error, refetch } = useQuestion('access.sign-ins', { refused, ...(before ? { before } : {}) });
  const next = data?.next;
  return (
    <>
      {data?.entries.map((one) => (
        <Row key={one.id} one={one} />
      ))}
      {(error || !data || (next && onOlder)) && (
        <tr>
          <td colSpan={heads.length}>
            {error ? (
              <>
                {error.problem.message}{' '}
                <Button small onClick={() => void refetch()}>
                  Try again
                </Button>
              </>
            ) : next && onOlder ? (
              <Button small look="ghost" onClick={() => onOlder(next)}>
                Show older
              </Button>
            ) : (
              'Asking the server…'
            )}
          </td>
        </tr>
      )}
    </>
  );
}

function Row({ one }: { one: SignIn }) {
  const [, goTo] = useLocation();
  return (
    <tr>
      <td className="muted">{momentText(one.lastAt)}</td>
      <th scope="row">
        {one.userId === null ? (
          <span className="muted">Nobody</span>
        ) : (
          <button type="button" className={css.name} onClick={() => goTo(`/access/${one.userId}`)}>
            {one.userName ?? 'Somebody who is gone'}
          </button>
        )}
      </th>
      <td title={outcomeText(one)}>
        <span className={css.status}>
          <StatusDot kind={outcomeDot(one)} />
          {outcomeText(one)}
        </span>
      </td>
      <td>{one.deviceName ?? '–'}</td>
      <td className="muted">{one.client ?? '–'}</td>
      <td className="muted">{one.address ?? '–'}</td>
    </tr>
  );
}
