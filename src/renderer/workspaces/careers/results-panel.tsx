import { useState } from 'react';
import type { AnyRow } from '../../../shared/model';
import { answerText, draftOfQuestion, highestOf } from '../../../shared/rules/assessment';
import { usePanelWidth } from '../../client/panels';
import { Button } from '../../ui/button';
import { Inspector, Section } from '../../ui/inspector';
import { Bar } from '../../ui/marks';
import { counted, momentText } from '../../ui/moment';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import css from './careers.module.css';
import { useAll } from './use-all';

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** What people scored, by dimension, and what they answered. */
export function ResultsPanel({ assessment, onClose }: { assessment: AnyRow; onClose: () => void }) {
  const [width, setWidth] = usePanelWidth('careers.results', 344);
  const [chosen, choose] = useState<string | null>(null);
  const where = [{ field: 'assessmentId', test: 'is' as const, value: assessment.id }];
  const results = useAll('assessment_results', { where, sort: '-completedAt' });
  const asked = useAll('assessment_questions', { where, sort: 'sequenceOrder' });
  const questions = (asked.rows ?? []).map((row) => ({ id: row.id, draft: draftOfQuestion(row) }));
  const most = highestOf(questions.map(({ draft }) => draft));
  return (
    <Inspector
      label="Results"
      title="Results"
      subtitle={results.rows && counted(results.rows.length, 'person', 'people')}
      {...{ width, onClose }}
      onWidth={setWidth}
    >
      {results.problem && <ErrorState problem={results.problem.problem} onRetry={results.again} />}
      {!results.problem && !results.rows && <LoadingState rows={6} label="Loading results" />}
      {results.rows?.length === 0 && (
        <EmptyState title="Nobody has answered yet">Results appear here as people complete it.</EmptyState>
      )}
      {results.rows?.map((row) => {
        const name = results.titles[String(row['userId'])] ?? 'Somebody not on this computer';
        const scores = Object.entries(recordOf(row['scores'])).sort((a, b) => Number(b[1]) - Number(a[1]));
        const answers = recordOf(row['answers']);
        const isOpen = chosen === row.id;
        return (
          <Section
            key={row.id}
            title={
              <span className="row">
                <span className="grow ellipsis">{name}</span>
                <b className="figures">{String(row['totalScore'] ?? '–')}</b>
              </span>
            }
          >
            <p className="small muted">{momentText(Number(row['completedAt']))}</p>
            {scores.map(([dimension, score]) => (
              <div key={dimension} className={css.score}>
                <span className="small ellipsis">{dimension === 'points' ? 'Points' : dimension}</span>
                <Bar part={Number(score)} of={most[dimension] ?? Number(score)} label={`${name}, ${dimension}`} />
                <span className="small figures">
                  {String(score)}
                  {most[dimension] ? <span className="quiet"> / {most[dimension]}</span> : null}
                </span>
              </div>
            ))}
            <Button small look="link" aria-expanded={isOpen} onClick={() => choose(isOpen ? null : row.id)}>
              {isOpen ? 'Hide the answers' : `Show the answers of ${name}`}
            </Button>
            {isOpen && (
              <dl className={css.answered}>
                {questions.map(({ id, draft }) => (
                  <div key={id}>
                    <dt className="small muted">{draft.prompt}</dt>
                    <dd>{answerText(draft, answers[id]) || <span className="quiet">Not answered</span>}</dd>
                  </div>
                ))}
              </dl>
            )}
          </Section>
        );
      })}
    </Inspector>
  );
}
