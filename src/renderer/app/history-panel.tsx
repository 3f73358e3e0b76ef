import { Modal } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconCheck } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import type { HistoryJump, HistoryStep } from '../../shared/contract/requests';
import { useCommand, useQuestion } from '../client/hooks';
import { Button } from '../ui/button';
import { counted, momentText } from '../ui/moment';
import { notify } from '../ui/notify';
import { EmptyState, LoadingState } from '../ui/states';
import css from './history-panel.module.css';
import { skippedText } from './undo';

const shown = 500;

/** What one did, newest first; any place in it can be gone back to, and what that would leave alone is told before. */
export function HistoryPanel({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title="What you did on this computer"
      size={560}
      yOffset={64}
      centered={false}
    >
      <Steps />
    </Modal>
  );
}

function Steps() {
  const history = useQuestion('history.read', { limit: shown }, { keep: true });
  const [chosen, choose] = useState<string | null | undefined>(undefined);
  const { run: go, busy } = useCommand('history.go');
  if (!history.data) return <LoadingState rows={6} />;
  const { steps } = history.data;
  if (steps.length === 0) {
    return (
      <EmptyState title="Nothing to undo yet">
        Every change you make here becomes a step, and stays one after a restart.
      </EmptyState>
    );
  }
  /** The last step that is done: where one stands. */
  const here = steps.find(({ state }) => state === 'done')?.id ?? null;
  const places: (HistoryStep | null)[] = [...steps, null];
  const at = chosen === undefined ? here : chosen;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const place = places.findIndex((one) => (one?.id ?? null) === at);
    const next = places[Math.min(places.length - 1, Math.max(0, place + step))];
    choose(next?.id ?? null);
    document.getElementById(optionId(next?.id ?? null))?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <p className="quiet small">
        The last {counted(steps.length, 'step', 'steps')}. Choose where to go back to; what others changed since stays
        as it is.
      </p>
      <div
        role="listbox"
        tabIndex={0}
        ref={focus}
        data-autofocus
        aria-label="Steps"
        aria-activedescendant={optionId(at)}
        className={css.list}
        onKeyDown={onKeyDown}
      >
        {places.map((step) => (
          <Step
            key={step?.id ?? 'beginning'}
            step={step}
            isHere={(step?.id ?? null) === here}
            isChosen={(step?.id ?? null) === at}
            onChoose={() => choose(step?.id ?? null)}
          />
        ))}
      </div>
      <Way
        id={at}
        isHere={at === here}
        busy={busy}
        onGo={async () => {
          const jump = await go({ id: at });
          choose(undefined);
          if (jump) tell(jump);
        }}
      />
    </>
  );
}

/** The list comes a moment after the dialog, which by then has given the focus to its close button. */
const focus = (list: HTMLElement | null): void => list?.focus();

const optionId = (id: string | null): string => `step-${id ?? 'beginning'}`;

interface StepProps {
  step: HistoryStep | null;
  isHere: boolean;
  isChosen: boolean;
  onChoose: () => void;
}

function Step({ step, isHere, isChosen, onChoose }: StepProps) {
  const isUndone = step?.state === 'undone';
  return (
    <div
      id={optionId(step?.id ?? null)}
      role="option"
      aria-selected={isChosen}
      className={`${css.step} ${isUndone ? (css.undone ?? '') : ''}`}
      onClick={onChoose}
    >
      <span className={css.mark}>{isHere && <IconCheck size={14} role="img" aria-label="You are here" />}</span>
      <span className="grow ellipsis">{step?.label ?? 'Before all of these'}</span>
      {isUndone && <span className="quiet small">undone</span>}
      {step && <span className="quiet small">{counted(step.rows, 'row', 'rows')}</span>}
      {step && <span className={`quiet small ${css.when ?? ''}`}>{momentText(step.at)}</span>}
    </div>
  );
}

/** What going to the chosen place does, before it is done. */
function Way({
  id,
  isHere,
  busy,
  onGo,
}: {
  id: string | null;
  isHere: boolean;
  busy: boolean;
  onGo: () => Promise<void>;
}) {
  const preview = useQuestion('history.preview', { id }, { enabled: !isHere });
  const jump = isHere ? undefined : preview.data;
  const isBack = (jump?.undo ?? 0) > 0;
  const count = (jump?.undo ?? 0) + (jump?.redo ?? 0);
  return (
    <div className={css.way}>
      <div role="status" className={css.told}>
        {isHere && <p className="quiet">You are here.</p>}
        {jump?.stops && <p className="tone-warning">It stops on the way. {jump.stops}</p>}
        {jump && jump.skipped.length === 0 && !jump.stops && (
          <p>Nobody changed these rows since: everything in between is {isBack ? 'taken back' : 'done again'}.</p>
        )}
        {jump && jump.skipped.length > 0 && <p className="tone-warning">{skippedText(jump.skipped, 8)}</p>}
      </div>
      <Button
        look="primary"
        busy={busy}
        disabled={isHere || count === 0}
        icon={isBack || isHere ? <IconArrowBackUp /> : <IconArrowForwardUp />}
        onClick={() => void onGo()}
      >
        {isHere || count === 0 ? 'Go here' : `${isBack ? 'Undo' : 'Redo'} ${counted(count, 'step', 'steps')}`}
      </Button>
    </div>
  );
}

function tell({ undo, redo, skipped, stops }: HistoryJump): void {
  const did =
    undo > 0 ? `Undone: ${counted(undo, 'step', 'steps')}.` : `Done again: ${counted(redo, 'step', 'steps')}.`;
  if (stops === null && skipped.length === 0) return notify.done(did);
  notify.info([did, stops ?? '', skipped.length > 0 ? skippedText(skipped) : ''].filter(Boolean).join(' '));
}
