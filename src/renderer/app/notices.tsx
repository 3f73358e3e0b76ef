import {
  IconAlertTriangle,
  IconDatabaseImport,
  IconInfoCircle,
  IconLock,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { SessionState, SyncState } from '../../shared/contract/requests';
import { entityOf } from '../../shared/entities';
import { useDoorIsOpen } from '../client/door-state';
import { useCommand, useSync } from '../client/hooks';
import { Button } from '../ui/button';
import { Bar } from '../ui/marks';
import { counted, countText, timeLeftText } from '../ui/moment';
import css from './notices.module.css';

/** What the person must know whatever they are doing: at most a line each, under the top bar. */
export function Notices({ session }: { session: Extract<SessionState, { state: 'signed-in' }> }) {
  const sync = useSync();
  const isTouched = useDoorIsOpen();
  if (!isTouched) return <LostTouch />;
  if (!sync) return <div className={css.notices} />;
  return (
    <div className={css.notices}>
      {sync.loading && <Loading loading={sync.loading} />}
      {sync.readOnly ? (
        <Notice toSync tone="danger" icon={<IconLock size={16} aria-hidden />}>
          {sync.notice ??
            'This computer cannot save changes at the moment. You can read everything; editing is switched off.'}
        </Notice>
      ) : (
        sync.notice && (
          <Notice toSync tone="warning" icon={<IconAlertTriangle size={16} aria-hidden />}>
            {sync.notice}
          </Notice>
        )
      )}
      {sync.held === 'review' && (
        <Notice toSync tone="warning" icon={<IconAlertTriangle size={16} aria-hidden />}>
          {counted(sync.waiting, 'change has', 'changes have')} waited long to be sent. See what they will do now, then
          send them.
        </Notice>
      )}
      {sync.connection === 'offline' && !session.expired && <Offline sync={sync} />}
      {Math.abs(sync.clockSkew ?? 0) > muchSkew && (
        <Notice tone="warning" icon={<IconInfoCircle size={16} aria-hidden />}>
          The clock of this computer is {counted(Math.round(Math.abs(sync.clockSkew ?? 0) / 60_000), 'minute')}{' '}
          {(sync.clockSkew ?? 0) > 0 ? 'fast' : 'slow'}. Correct it, so that dates you enter are the right ones.
        </Notice>
      )}
    </div>
  );
}

const LostTouch = () => (
  <div className={css.notices}>
    <Notice tone="danger" icon={<IconPlugConnectedX size={16} aria-hidden />}>
      This page has lost touch with Provost on this computer and keeps trying. What was saved is safe; what you type now
      cannot be saved. If it stays so, start Provost again and open its new address.
    </Notice>
  </div>
);

/** Milliseconds of difference that begin to put dates on the wrong day. */
const muchSkew = 5 * 60_000;

function Offline({ sync }: { sync: SyncState }) {
  const { run, busy } = useCommand('sync.now');
  return (
    <Notice tone="plain" icon={<IconPlugConnectedX size={16} aria-hidden />}>
      <b className="medium">You are offline.</b> Go on working: everything you change is saved on this computer and sent
      when the connection is back. <span className="quiet">{sync.trouble}</span>
      <Button small look="link" busy={busy} onClick={() => void run({})}>
        Try now
      </Button>
    </Notice>
  );
}

function Loading({ loading }: { loading: NonNullable<SyncState['loading']> }) {
  const { entity, rowsDone, rowsTotal, secondsLeft, done, of } = loading;
  const what = entity ? entityOf(entity).labels.many.toLowerCase() : 'your data';
  const rows = rowsTotal === null ? counted(rowsDone, 'row') : `${countText(rowsDone)} of ${counted(rowsTotal, 'row')}`;
  return (
    <Notice tone="info" icon={<IconDatabaseImport size={16} aria-hidden />}>
      <span>
        Bringing {what} to this computer for the first time: {rows}
        {secondsLeft === null
          ? `, ${countText(done)} of ${countText(of)} tables`
          : `, ${timeLeftText(secondsLeft)} left`}
        . You can work meanwhile; closing Provost only interrupts it.
      </span>
      <span className={css.progress}>
        <Bar
          part={rowsTotal === null ? done : rowsDone}
          of={rowsTotal === null ? of : rowsTotal}
          label="First load"
          thin
        />
      </span>
    </Notice>
  );
}

interface NoticeProps {
  tone: 'plain' | 'info' | 'warning' | 'danger';
  icon: ReactNode;
  /** Offers the sync centre, where more is said of it. */
  toSync?: boolean;
  children: ReactNode;
}

function Notice({ tone, icon, toSync = false, children }: NoticeProps) {
  return (
    <div className={`${css.notice} ${css[tone] ?? ''}`} role={tone === 'danger' ? 'alert' : 'status'}>
      {icon}
      <span className={css.words}>{children}</span>
      {toSync && (
        <Link href="/sync" className={css.link}>
          Sync centre
        </Link>
      )}
    </div>
  );
}
