import { Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconHistory, IconSearch } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { SessionState } from '../../shared/contract/requests';
import { AsOfControl } from '../client/as-of';
import { useSync } from '../client/hooks';
import { Button } from '../ui/button';
import { Kbd, StatusDot } from '../ui/marks';
import { countText } from '../ui/moment';
import { connectionWords } from './connection';
import { PersonMenu } from './person-menu';
import { ProgramSwitcher } from './program-switcher';
import { keysText } from '../ui/keys';
import css from './top-bar.module.css';
import type { useHistory } from './undo';

interface TopBarProps {
  session: Extract<SessionState, { state: 'signed-in' }>;
  history: ReturnType<typeof useHistory>;
  onSearch: () => void;
  onHistory: () => void;
  onShortcuts: () => void;
}

export function TopBar({ session, history, onSearch, onHistory, onShortcuts }: TopBarProps) {
  return (
    <section className={css.bar} aria-label="Console">
      <div className={css.brand}>
        <BrandMark />
        <span className={css.word}>Provost</span>
      </div>
      <ProgramSwitcher user={session.user} />
      <AsOfControl />
      <span className="grow" />
      <button type="button" className={css.search} onClick={onSearch} aria-keyshortcuts="Control+K">
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <span className="grow ellipsis">Search records, actions, screens</span>
        <Kbd>{keysText('mod+k')}</Kbd>
      </button>
      <span className="grow" />
      <Step
        label="Undo"
        keys="mod+z"
        what={history.canUndo}
        icon={<IconArrowBackUp />}
        onClick={history.undo}
        busy={history.busy}
      />
      <Step
        label="Redo"
        keys="mod+shift+z"
        what={history.canRedo}
        icon={<IconArrowForwardUp />}
        onClick={history.redo}
        busy={history.busy}
      />
      <Tooltip label={`What you did (${keysText('mod+alt+z')})`}>
        <Button look="ghost" aria-label="What you did" icon={<IconHistory />} onClick={onHistory} />
      </Tooltip>
      <Connection />
      <PersonMenu session={session} onShortcuts={onShortcuts} />
    </section>
  );
}

interface StepProps {
  label: string;
  keys: string;
  what: string | null;
  icon: React.ReactNode;
  onClick: () => Promise<void>;
  busy: boolean;
}

function Step({ label, keys, what, icon, onClick, busy }: StepProps) {
  const hint = what ? `${label}: ${what} (${keysText(keys)})` : `Nothing to ${label.toLowerCase()}`;
  return (
    <Tooltip label={hint}>
      <Button look="ghost" aria-label={label} icon={icon} disabled={!what || busy} onClick={() => void onClick()} />
    </Tooltip>
  );
}

function Connection() {
  const sync = useSync();
  if (!sync) return null;
  const { dot, word } = connectionWords(sync);
  return (
    <Link href="/sync" className={css.link} title={sync.trouble ?? 'Open the sync centre'}>
      <StatusDot kind={dot} />
      <span>{word}</span>
      {sync.waiting > 0 && <span className={`quiet ${css.word ?? ''}`}>{countText(sync.waiting)} waiting</span>}
    </Link>
  );
}

export function BrandMark({ size = 20 }: { size?: number }) {
  return (
    <span className={css.mark} style={{ width: size, height: size }} aria-hidden>
      <svg width={size * 0.6} height={size * 0.6} viewBox="0 0 12 12">
        <path d="M2 11V1h4.5a3 3 0 0 1 0 6H5" fill="none" stroke="#fff" strokeWidth="2" />
      </svg>
    </span>
  );
}
