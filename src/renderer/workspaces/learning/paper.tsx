import { TextInput, Textarea } from '@mantine/core';
import { useState, type FormEvent, type KeyboardEvent } from 'react';
import type { GradingLine } from '../../../shared/contract/answers';
import type { SessionFacts } from '../../../shared/contract/wire';
import { entityOf } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import { whyNot } from '../../../shared/rules/permit';
import { useCommand } from '../../client/hooks';
import { takeBack } from '../../client/take-back';
import { Button } from '../../ui/button';
import { keysText } from '../../ui/keys';
import { notify } from '../../ui/notify';
import css from './learning.module.css';

interface PaperProps {
  line: GradingLine;
  row: AnyRow;
  student: string;
  user: SessionFacts;
  /** Goes on with the next that waits. */
  onGraded: () => void;
}

/** One submission: what was handed in, and under it what it is worth. */
export function Paper({ line, row, student, user, onGraded }: PaperProps) {
  const [score, setScore] = useState(row['score'] === null ? '' : String(row['score']));
  const [feedback, setFeedback] = useState(String(row['feedback'] ?? ''));
  const [problem, setProblem] = useState<string | null>(null);
  const save = useCommand('rows.save');
  const locked = whyNot(user, entityOf('submissions'), 'update', row);
  const grade = async (event: FormEvent) => {
    event.preventDefault();
    if (locked) return notify.info(locked);
    const points = /^\d+$/.test(score.trim()) ? Number(score) : Number.NaN;
    if (!(points <= line.maxScore)) return setProblem(`A whole number from 0 to ${line.maxScore}.`);
    const values = { score: points, feedback: feedback.trim() || null, gradedAt: Date.now() };
    const saved = await save.run({
      edits: [{ op: 'update', entity: 'submissions', id: row.id, values }],
      label: `${student}: ${points} of ${line.maxScore} for ${line.title}`,
      via: 'form',
    });
    if (!saved) return;
    notify.done(`${student} has ${points} of ${line.maxScore}.`, { undo: () => takeBack(saved.mutationId) });
    onGraded();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
  };
  const link = row['fileUrl'];
  return (
    <section className={css.paper} aria-label={`Submission of ${student}`}>
      <div className={css.content} tabIndex={0} role="group" aria-label="What was handed in">
        {String(row['content'])}
        {typeof link === 'string' && link && <p className="small muted">File: {link}</p>}
      </div>
      <form className={css.marks} onSubmit={(event) => void grade(event)} onKeyDown={onKeyDown}>
        <TextInput
          label={`Score, of ${line.maxScore}`}
          className={css.score ?? ''}
          inputMode="numeric"
          value={score}
          error={problem}
          disabled={locked !== null}
          onChange={({ currentTarget }) => (setScore(currentTarget.value), setProblem(null))}
        />
        <Textarea
          label="Feedback"
          autosize
          minRows={2}
          maxRows={8}
          value={feedback}
          disabled={locked !== null}
          onChange={({ currentTarget }) => setFeedback(currentTarget.value)}
        />
        <div className="row">
          <Button
            type="submit"
            look="primary"
            busy={save.busy}
            aria-disabled={locked !== null}
            title={locked ?? `Save and go on (${keysText('mod+enter')})`}
          >
            {row['score'] === null ? 'Save grade' : 'Change grade'}
          </Button>
          {locked && <span className="small muted">{locked}</span>}
        </div>
      </form>
    </section>
  );
}
