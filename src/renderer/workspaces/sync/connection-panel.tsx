import type { ReactNode } from 'react';
import type { SessionState, SyncState } from '../../../shared/contract/requests';
import { useQuestion, useSession } from '../../client/hooks';
import { shownAddress } from '../../client/server-address';
import { Inspector, KeyValues, Section } from '../../ui/inspector';
import { StatusDot, type Dot } from '../../ui/marks';
import { counted, momentText } from '../../ui/moment';
import { Note } from '../../ui/states';
import { DevicesSection } from './devices-section';
import { FileSection } from './file-section';
import { ProofSection } from './proof-section';

const states: Record<SyncState['connection'], { dot: Dot; words: string }> = {
  online: { dot: 'ok', words: 'Online' },
  connecting: { dot: 'busy', words: 'Connecting' },
  offline: { dot: 'off', words: 'Offline' },
  'signed-out': { dot: 'conflict', words: 'Signed out by the server' },
};

export function ConnectionPanel({
  sync,
  width,
  onWidth,
}: {
  sync: SyncState;
  width: number;
  onWidth: (width: number) => void;
}) {
  const session = useSession();
  const app = useQuestion('app.info', {}).data;
  const { dot, words } = states[sync.connection];
  const items: { key: string; name: string; value: ReactNode }[] = [
    {
      key: 'server',
      name: 'Server',
      value: session?.state === 'signed-in' ? shownAddress(session.server) : '',
    },
    { key: 'last', name: 'Last sync', value: sync.lastSyncAt === null ? 'Not yet' : momentText(sync.lastSyncAt) },
    {
      key: 'sending',
      name: 'Sending',
      value: sync.held === null ? 'By itself' : sync.held === 'review' ? 'Paused for review' : 'Paused by you',
    },
    { key: 'waiting', name: 'Waiting', value: sync.waiting === 0 ? 'Nothing' : counted(sync.waiting, 'change') },
    ...(sync.oldestWaitingAt === null
      ? []
      : [{ key: 'oldest', name: 'Oldest', value: momentText(sync.oldestWaitingAt) }]),
    {
      key: 'live',
      name: 'Others’ changes',
      value:
        sync.connection !== 'online'
          ? 'come when the connection is back'
          : sync.live === 'listen'
            ? 'arrive at once'
            : 'are asked for every few seconds',
    },
    { key: 'kept', name: 'Kept here', value: session?.state === 'signed-in' ? keptText(session) : '' },
    { key: 'clock', name: 'Clock', value: clockText(sync.clockSkew) },
  ];
  return (
    <Inspector
      label="Connection"
      width={width}
      onWidth={onWidth}
      title="Connection"
      actions={
        <span className="row">
          <StatusDot kind={dot} />
          {words}
        </span>
      }
    >
      {sync.trouble && (
        <Section>
          <Note tone={sync.connection === 'offline' ? 'plain' : 'warning'}>{sync.trouble}</Note>
        </Section>
      )}
      <Section>
        <KeyValues items={items} />
      </Section>
      {(sync.readOnly || sync.notice) && (
        <Section title="This computer">
          <Note tone={sync.readOnly ? 'danger' : 'warning'}>
            <p>{sync.notice ?? 'Changes cannot be saved on this computer at the moment.'}</p>
            {app && <p className="quiet">Provost keeps its data in {app.dataDir}</p>}
          </Note>
        </Section>
      )}
      <DevicesSection online={sync.connection === 'online'} />
      <FileSection waiting={sync.waiting} online={sync.connection === 'online'} />
      <ProofSection online={sync.connection === 'online'} />
      <Section title="What happens when offline">
        <p className="small muted">
          Everything stays readable and editable. Each change is saved on this computer first, sent when the connection
          is back, and applied exactly once. Where somebody else changed the same field, you are asked here.
        </p>
      </Section>
    </Inspector>
  );
}

function keptText({ encrypted, user }: Extract<SessionState, { state: 'signed-in' }>): string {
  const now = encrypted ? 'Encrypted' : 'Not encrypted';
  if ((user.encryptStores ?? encrypted) === encrypted) return now;
  return encrypted ? `${now} until the next start` : `${now} yet: at the next start`;
}

function clockText(skew: number | null): string {
  if (skew === null) return 'not compared yet';
  const seconds = Math.round(Math.abs(skew) / 1000);
  if (seconds < 5) return 'agrees with the server';
  return `${seconds < 120 ? counted(seconds, 'second') : counted(Math.round(seconds / 60), 'minute')} ${skew > 0 ? 'fast' : 'slow'}`;
}
