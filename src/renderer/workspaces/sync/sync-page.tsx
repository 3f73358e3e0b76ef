import { useMediaQuery } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconTestPipe } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Rehearsal } from '../../../shared/contract/sync';
import { useCommand, useQuestion, useSync } from '../../client/hooks';
import { usePanelWidth } from '../../client/panels';
import { Button } from '../../ui/button';
import { notify } from '../../ui/notify';
import { counted, countText, momentText } from '../../ui/moment';
import { ErrorState, LoadingState } from '../../ui/states';
import { StatusSlot } from '../../ui/status-slot';
import { Tabs } from '../../ui/tabs';
import { Scroll, TitleBar, Workspace } from '../../ui/workspace';
import { ArrivedList } from './arrived-list';
import { ConnectionPanel } from './connection-panel';
import { NeedsYouList } from './needs-you-list';
import { RehearsalPanel } from './rehearsal-panel';
import { RehearsedCards } from './rehearsed-list';
import css from './sync.module.css';
import { WaitingList } from './waiting-list';

type Part = 'needs-you' | 'waiting' | 'arrived';

/** What waits, what came back and why, and how the desk stands with the central database. */
export function SyncPage() {
  const sync = useSync();
  const needs = useQuestion('sync.needs-you', {});
  const { run, busy } = useCommand('sync.now');
  const rehearsing = useCommand('sync.rehearse');
  const holding = useCommand('sync.hold');
  const [rehearsal, setRehearsal] = useState<Rehearsal | null>(null);
  const rehearsed = useMemo(
    () => new Map(rehearsal?.changes.map((change) => [change.mutationId, change])),
    [rehearsal],
  );
  const [width, setWidth] = usePanelWidth('sync', 320);
  const roomForPanel = useMediaQuery('(min-width: 901px)') ?? true;
  const [chosen, setChosen] = useState<Part | null>(null);
  if (!sync) {
    return (
      <Workspace>
        <TitleBar title="Sync centre" />
        <LoadingState />
      </Workspace>
    );
  }
  const needing = sync.conflicts + sync.refused;
  const part = chosen ?? (needing === 0 && sync.waiting > 0 ? 'waiting' : 'needs-you');
  const isHeld = sync.held !== null;
  const rehearse = async () => {
    const found = await rehearsing.run({});
    if (!found) return;
    if (found.changes.length === 0) notify.info('Nothing waits to be sent, so there is nothing to rehearse.');
    setRehearsal(found.changes.length === 0 ? null : found);
    setChosen('waiting');
  };
  const send = async () => {
    const after = await run({});
    if (!after) return;
    setRehearsal(null);
    if (after.connection === 'offline')
      notify.info(after.trouble ?? 'Still offline. Your changes stay on this computer.');
    else if (after.conflicts + after.refused > 0) {
      notify.info(
        `Sent and received. ${counted(after.conflicts + after.refused, 'change needs', 'changes need')} you.`,
      );
    } else if (after.waiting === 0) notify.done('Everything is sent and received.');
  };
  return (
    <Workspace side={roomForPanel && <ConnectionPanel sync={sync} width={width} onWidth={setWidth} />}>
      <TitleBar
        title="Sync centre"
        count={
          sync.waiting === 0
            ? 'Nothing waits on this desk'
            : `${counted(sync.waiting, 'change waits', 'changes wait')} on this desk`
        }
      >
        {rehearsal && <span className="quiet small">Rehearsed {momentText(rehearsal.at).toLowerCase()}</span>}
        {(isHeld || sync.waiting > 0) && (
          <Button
            icon={isHeld ? <IconPlayerPlay /> : <IconPlayerPause />}
            busy={holding.busy}
            title={isHeld ? 'Changes go by themselves again' : 'Changes stay on this computer until you send them'}
            onClick={() => void holding.run({ held: !isHeld })}
          >
            {isHeld ? 'Go on sending' : 'Pause sending'}
          </Button>
        )}
        <Button
          icon={<IconTestPipe />}
          busy={rehearsing.busy}
          disabled={sync.connection !== 'online' || sync.waiting === 0}
          title={
            sync.connection !== 'online'
              ? 'The server says what sending would do, so this needs a connection'
              : sync.waiting === 0
                ? 'Nothing waits to be sent'
                : 'Shows what sending would do. Nothing is changed'
          }
          onClick={() => void rehearse()}
        >
          {rehearsal ? 'Rehearse again' : 'Rehearse'}
        </Button>
        <Button look="primary" icon={<IconRefresh />} busy={busy} onClick={() => void send()}>
          {sync.waiting > 0 ? `Send ${counted(sync.waiting, 'change')} now` : 'Sync now'}
        </Button>
      </TitleBar>
      {rehearsal && <RehearsalPanel rehearsal={rehearsal} />}
      <Tabs<Part>
        label="Changes"
        chosen={part}
        onChoose={setChosen}
        tabs={[
          { name: 'needs-you', label: 'Needs you', count: needing },
          { name: 'waiting', label: 'Waiting', count: sync.waiting },
          { name: 'arrived', label: 'Arrived' },
        ]}
        end={needing > 0 && sync.waiting > 0 ? `The other ${countText(sync.waiting)} never wait for these` : undefined}
      />
      <Scroll className={css.cards}>
        {part === 'arrived' ? (
          <ArrivedList />
        ) : part === 'waiting' ? (
          <>
            {rehearsal && <RehearsedCards changes={rehearsal.changes} />}
            <WaitingList online={sync.connection === 'online'} held={isHeld} rehearsed={rehearsed} />
          </>
        ) : needs.data ? (
          <NeedsYouList items={needs.data} />
        ) : needs.error ? (
          <ErrorState problem={needs.error.problem} onRetry={() => void needs.refetch()} />
        ) : (
          <LoadingState rows={6} />
        )}
      </Scroll>
      <StatusSlot>
        <span>
          <b>{countText(needing)}</b> need you
        </span>
        <span>{counted(sync.conflicts, 'conflict')}</span>
        <span>{countText(sync.refused)} refused</span>
      </StatusSlot>
    </Workspace>
  );
}
