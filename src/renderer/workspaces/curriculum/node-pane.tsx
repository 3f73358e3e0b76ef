import { useState, type KeyboardEvent } from 'react';
import type { OutlineNode } from '../../../shared/contract/requests';
import { markWords } from '../../grid/gutter-cell';
import { useQuestion } from '../../client/hooks';
import { StatusDot } from '../../ui/marks';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import { LessonEditor, type Mode } from './lesson-editor';
import css from './lesson.module.css';
import { NodeDetails } from './node-details';

interface NodePaneProps {
  node: OutlineNode | null;
  number: string;
  whyNot: string | null;
}

const modes: readonly { mode: Mode; label: string }[] = [
  { mode: 'write', label: 'Write' },
  { mode: 'split', label: 'Split' },
  { mode: 'preview', label: 'Preview' },
];

/** The node in focus: a lesson with its content, a module or a curriculum with what it says about itself. */
export function NodePane({ node, number, whyNot }: NodePaneProps) {
  const [mode, setMode] = useState<Mode>('split');
  return (
    <section className={css.pane} aria-label="Details">
      <div className={css.head}>
        {node ? (
          <>
            <span className="quiet proportional">{number}</span>
            <h2 className="medium ellipsis" dir="auto">
              {node.name}
            </h2>
            {node.mark && <StatusDot kind={node.mark} label={markWords[node.mark]} />}
            <span className="grow" />
            {node.entity === 'lessons' && <Modes mode={mode} onMode={setMode} />}
          </>
        ) : (
          <h2 className="medium quiet">Nothing chosen</h2>
        )}
      </div>
      {node ? (
        <NodeBody key={node.id} node={node} mode={mode} whyNot={whyNot} />
      ) : (
        <EmptyState title="Choose something in the outline">
          Its content and details are shown and changed here.
        </EmptyState>
      )}
    </section>
  );
}

function NodeBody({ node, mode, whyNot }: { node: OutlineNode; mode: Mode; whyNot: string | null }) {
  const { data, error, isPending, refetch } = useQuestion('rows.read', { entity: node.entity, ids: [node.id] });
  if (error) return <ErrorState problem={error.problem} onRetry={() => void refetch()} />;
  if (isPending) return <LoadingState rows={8} label={`Loading ${node.name}`} />;
  const [row] = data;
  if (!row) return <EmptyState title="This is no longer here">It was deleted. Undo brings it back.</EmptyState>;
  if (node.entity === 'lessons') return <LessonEditor row={row} mode={mode} whyNot={whyNot} />;
  return <NodeDetails node={node} row={row} whyNot={whyNot} />;
}

function Modes({ mode, onMode }: { mode: Mode; onMode: (mode: Mode) => void }) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const at = modes.findIndex((one) => one.mode === mode);
    const next = modes[(at + step + modes.length) % modes.length];
    if (step === 0 || !next) return;
    event.preventDefault();
    onMode(next.mode);
    event.currentTarget.querySelector<HTMLElement>(`[data-mode="${next.mode}"]`)?.focus();
  };
  return (
    <div role="radiogroup" aria-label="Editor" className={css.modes} onKeyDown={onKeyDown}>
      {modes.map((one) => (
        <button
          key={one.mode}
          type="button"
          role="radio"
          aria-checked={one.mode === mode}
          tabIndex={one.mode === mode ? 0 : -1}
          data-mode={one.mode}
          className={css.mode}
          onClick={() => onMode(one.mode)}
        >
          {one.label}
        </button>
      ))}
    </div>
  );
}
