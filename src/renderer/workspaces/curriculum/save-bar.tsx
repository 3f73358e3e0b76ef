import { Button } from '../../ui/button';
import { Kbd } from '../../ui/marks';
import { ProblemText } from '../../ui/notify';
import { Note } from '../../ui/states';
import css from './lesson.module.css';
import type { NodeEditing } from './use-node-draft';

/** What is typed and not saved, and the way to save it; nothing while there is nothing. */
export function SaveBar({ editing, thing }: { editing: NodeEditing; thing: string }) {
  const { isDirty, isSaving, problem, issues, save } = editing;
  if (!isDirty && !problem) return null;
  const isRefused = problem !== null || Object.keys(issues).length > 0;
  return (
    <div className={css.saveBar}>
      {problem && (
        <Note tone="danger" role="alert">
          Not saved; what you typed is still here. <ProblemText problem={problem} />
        </Note>
      )}
      <div className="row">
        <Button busy={isSaving} onClick={() => void save()}>
          Save {thing}
        </Button>
        <span className="small muted" role="status">
          {isRefused ? 'Not saved yet' : 'Saved by itself when you go on to something else'}
        </span>
        <span className="grow" />
        <Kbd>Ctrl S</Kbd>
      </div>
    </div>
  );
}

/** Ctrl+S and Ctrl+Enter, anywhere in the editor. */
export function isSaveKey(event: { key: string; ctrlKey: boolean; metaKey: boolean }): boolean {
  return (event.ctrlKey || event.metaKey) && (event.key.toLowerCase() === 's' || event.key === 'Enter');
}
