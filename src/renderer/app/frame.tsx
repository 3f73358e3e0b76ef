import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import type { SessionState } from '../../shared/contract/requests';
import { StatusPlace } from '../ui/status-slot';
import { useCommands } from './commands';
import { ExpiredSession } from './expired-session';
import css from './frame.module.css';
import { HistoryPanel } from './history-panel';
import { Notices } from './notices';
import { Palette } from './palette';
import { VerifyCertificate } from './verify-certificate';
import { Rail } from './rail';
import { useRecentRecords } from './recent';
import { Routes } from './routes';
import { ShortcutList } from './shortcut-list';
import { StatusLine } from './status-line';
import { TopBar } from './top-bar';

type SignedIn = Extract<SessionState, { state: 'signed-in' }>;

/** The console around the workspace: top bar, notices, rail, status line. */
export function Frame({ session }: { session: SignedIn }) {
  const [statusPlace, setStatusPlace] = useState<HTMLElement | null>(null);
  const { commands, history, shown, show, settings, toggleRail } = useCommands(session.user);
  useRecentRecords(session.user.userId);
  // Zoomed in, or in a small window, the areas fold by themselves.
  const narrow = (useMediaQuery('(max-width: 900px)') ?? false) || settings.railCollapsed;
  return (
    <StatusPlace value={statusPlace}>
      <div className={css.frame} data-narrow={narrow || undefined}>
        <TopBar
          session={session}
          history={history}
          onSearch={() => show('palette')}
          onHistory={() => show('history')}
          onShortcuts={() => show('shortcuts')}
        />
        <Notices session={session} />
        <Rail user={session.user} narrow={narrow} onToggle={toggleRail} />
        <div className={css.work}>
          <Routes user={session.user} />
        </div>
        <StatusLine place={setStatusPlace} />
      </div>
      <Palette userId={session.user.userId} open={shown === 'palette'} onClose={() => show(null)} commands={commands} />
      <ShortcutList open={shown === 'shortcuts'} onClose={() => show(null)} commands={commands} />
      <VerifyCertificate open={shown === 'certificate'} onClose={() => show(null)} />
      <HistoryPanel open={shown === 'history'} onClose={() => show(null)} />
      {session.expired && <ExpiredSession session={session} />}
    </StatusPlace>
  );
}
