import { Link } from 'wouter';
import { useSync } from '../client/hooks';
import { StatusDot } from '../ui/marks';
import { counted, countText, momentText } from '../ui/moment';
import css from './status-line.module.css';

/** 32 px: at the left what the workspace says of its rows, at the right what the desk says of its changes. */
export function StatusLine({ place }: { place: (element: HTMLElement | null) => void }) {
  const sync = useSync();
  return (
    <footer className={css.line}>
      <div ref={place} className={css.workspace} />
      {sync && (
        <>
          {sync.waiting > 0 && (
            <span className={css.item}>
              <StatusDot kind="waiting" />
              <b>{countText(sync.waiting)}</b> waiting to send
            </span>
          )}
          {sync.conflicts > 0 && (
            <Link href="/sync" className={css.item}>
              <StatusDot kind="conflict" />
              {counted(sync.conflicts, 'conflict')}
            </Link>
          )}
          {sync.refused > 0 && (
            <Link href="/sync" className={css.item}>
              <StatusDot kind="refused" />
              {countText(sync.refused)} refused
            </Link>
          )}
          {sync.waiting + sync.conflicts + sync.refused === 0 && <span className={css.item}>Everything is sent</span>}
          <span className={css.bar} aria-hidden />
          <span>
            {sync.lastSyncAt === null
              ? 'Not synced yet'
              : `Last sync ${momentText(sync.lastSyncAt).replace(/^Today, /, '')}`}
          </span>
        </>
      )}
    </footer>
  );
}
