import { IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { SessionFacts } from '../../../shared/contract/wire';
import { entityOf } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import { dimensionsOf, draftOfQuestion, newQuestion, type QuestionDraft } from '../../../shared/rules/assessment';
import { choiceText } from '../../../shared/rules/cell-text';
import { mayRead, whyNot } from '../../../shared/rules/permit';
import { useChosenPrograms, useSync } from '../../client/hooks';
import { everything, pathOf, toAdd } from '../../client/paths';
import { Button } from '../../ui/button';
import { Pill } from '../../ui/marks';
import { counted } from '../../ui/moment';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import { StatusSlot } from '../../ui/status-slot';
import { Scroll, TitleBar, Workspace } from '../../ui/workspace';
import css from './careers.module.css';
import { moveBy, removeOne } from './ordered';
import { Picker } from './picker';
import { QuestionEditor } from './question-editor';
import { ResultsPanel } from './results-panel';
import { useAll } from './use-all';

interface AssessmentsPageProps {
  assessment: string | null;
  user: SessionFacts;
}

const categoryField = entityOf('assessments').fields['category'];
const categoryText = (value: unknown): string =>
  categoryField?.kind === 'choice' ? choiceText(String(value), categoryField.options) : '';

/** Questionnaires: their questions in order, edited as rows, and what people scored. */
export function AssessmentsPage({ assessment, user }: AssessmentsPageProps) {
  const programs = useChosenPrograms();
  const sync = useSync();
  const [, goTo] = useLocation();
  const [search, setSearch] = useState('');
  const [isShowing, showResults] = useState(false);
  const { rows, titles, problem, again } = useAll('assessments', { programs, sort: 'title', search });
  const open = rows?.find(({ id }) => id === assessment) ?? rows?.[0];
  const locked = open
    ? whyNot(user, entityOf('assessments'), 'create', open)
    : whyNot(user, entityOf('assessments'), 'create');
  return (
    <Workspace
      side={open && isShowing && <ResultsPanel key={open.id} assessment={open} onClose={() => showResults(false)} />}
    >
      <TitleBar title="Assessments" count={rows && counted(rows.length, 'questionnaire')}>
        {open && mayRead(user, entityOf('assessment_results')) && (
          <Button on={isShowing} onClick={() => showResults(!isShowing)}>
            Results
          </Button>
        )}
        {locked === null && (
          <Button icon={<IconPlus />} onClick={() => goTo(pathOf('assessments', toAdd))}>
            Add assessment
          </Button>
        )}
      </TitleBar>
      {problem ? (
        <ErrorState problem={problem.problem} onRetry={again} />
      ) : !rows || (rows.length === 0 && sync?.loading && !search) ? (
        <LoadingState rows={12} label="Loading assessments" />
      ) : (
        <div className={css.split}>
          <Picker
            label="Assessments"
            items={rows.map((row) => ({
              ...{ id: row.id, title: String(row['title']) },
              below: `${categoryText(row['category'])} · ${titles[String(row['programId'])] ?? ''}`,
              after: row['isActive'] === false && <Pill>Off</Pill>,
            }))}
            chosen={open?.id ?? null}
            {...{ search }}
            onSearch={setSearch}
            onChoose={(id) => goTo(`/careers/assessments/${id}`)}
            empty={{ title: 'There is no assessment yet', body: locked ?? 'Add one, then write its questions.' }}
          />
          {open ? <Questions key={open.id} assessment={open} user={user} /> : <span />}
        </div>
      )}
      <StatusSlot>{rows && <span>{counted(rows.length, 'assessment')}</span>}</StatusSlot>
    </Workspace>
  );
}

const typeNames = { single: 'One answer', multiple: 'Several answers', scale: 'Scale', text: 'Free text' };

function Questions({ assessment, user }: { assessment: AnyRow; user: SessionFacts }) {
  const where = [{ field: 'assessmentId', test: 'is' as const, value: assessment.id }];
  const { rows, problem, again } = useAll('assessment_questions', { where, sort: 'sequenceOrder' });
  /** The id of the question that is open, or `new`. */
  const [editing, edit] = useState<string | null>(null);
  const locked = whyNot(user, entityOf('assessment_questions'), 'update', { programId: assessment['programId'] });
  if (problem) return <ErrorState problem={problem.problem} onRetry={again} />;
  if (!rows) return <LoadingState rows={8} label="Loading questions" />;
  const drafts = rows.map((row) => draftOfQuestion(row));
  const dimensions = dimensionsOf(drafts);
  const editor = (row: AnyRow | null) => (
    <QuestionEditor
      key={row?.id ?? 'new'}
      {...{ assessment, rows, row, dimensions }}
      draft={row ? draftOfQuestion(row) : newQuestion()}
      onClose={() => edit(null)}
    />
  );
  return (
    <Scroll>
      <header className={css.head}>
        <h2 className="grow ellipsis">
          {String(assessment['title'])} <span className="quiet small">{counted(rows.length, 'question')}</span>
        </h2>
        <a className="small" href={`#${pathOf('assessments', assessment.id, everything)}`}>
          Details
        </a>
        <Button
          small
          icon={<IconPlus />}
          aria-disabled={locked !== null}
          title={locked ?? undefined}
          onClick={() => locked === null && edit('new')}
        >
          Add question
        </Button>
      </header>
      {locked && <p className={`${css.why} small muted`}>{locked}</p>}
      {rows.length === 0 && editing !== 'new' && (
        <EmptyState title="No question yet">
          Questions are asked in their order: one answer, several, a scale or free text.
        </EmptyState>
      )}
      <ol className={css.questions} aria-label="Questions">
        {rows.map((row, at) =>
          editing === row.id ? (
            <li key={row.id}>{editor(row)}</li>
          ) : (
            <li key={row.id} className={css.question}>
              <span className={css.place}>{at + 1}</span>
              <span className="grow">
                <span className="medium">{String(row['prompt'])}</span>
                <Shown draft={drafts[at]!} />
              </span>
              <Pill>{typeNames[drafts[at]!.type]}</Pill>
              {locked === null && (
                <Tools
                  name={String(row['prompt'])}
                  onMove={(step) => void moveBy('assessment_questions', rows, row.id, step, String(row['prompt']))}
                  {...{ isFirst: at === 0, isLast: at === rows.length - 1 }}
                  onEdit={() => edit(row.id)}
                  onRemove={() => void removeOne('assessment_questions', row.id, String(row['prompt']))}
                />
              )}
            </li>
          ),
        )}
        {editing === 'new' && <li>{editor(null)}</li>}
      </ol>
    </Scroll>
  );
}

/** A question as it will be asked, with what each answer counts. */
function Shown({ draft: { type, answers, scale, weights, isRequired } }: { draft: QuestionDraft }) {
  const worth = (points: Record<string, number>) =>
    Object.entries(points)
      .filter(([, count]) => count !== 0)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  return (
    <span className="small muted">
      {type === 'scale' &&
        `From ${scale.min} to ${scale.max}, in steps of ${scale.step}. Counts for ${Object.keys(weights).join(', ') || 'nothing'}.`}
      {type === 'text' && 'Answered in their own words; not scored.'}
      {(type === 'single' || type === 'multiple') && (
        <ul className={css.answers}>
          {answers.map(({ value, label, points }) => (
            <li key={value}>
              {label} {worth(points) && <span className="quiet">{worth(points)}</span>}
            </li>
          ))}
        </ul>
      )}
      {!isRequired && ' May be left out.'}
    </span>
  );
}

interface ToolsProps {
  name: string;
  isFirst: boolean;
  isLast: boolean;
  onMove: (step: -1 | 1) => void;
  onEdit?: () => void;
  onRemove: () => void;
}

export function Tools({ name, isFirst, isLast, onMove, onEdit, onRemove }: ToolsProps) {
  return (
    <span className={css.tools}>
      <Button
        small
        look="ghost"
        icon={<IconArrowUp />}
        aria-label={`Move up: ${name}`}
        disabled={isFirst}
        onClick={() => onMove(-1)}
      />
      <Button
        small
        look="ghost"
        icon={<IconArrowDown />}
        aria-label={`Move down: ${name}`}
        disabled={isLast}
        onClick={() => onMove(1)}
      />
      {onEdit && <Button small look="ghost" icon={<IconPencil />} aria-label={`Edit: ${name}`} onClick={onEdit} />}
      <Button small look="ghost" icon={<IconTrash />} aria-label={`Delete: ${name}`} onClick={onRemove} />
    </span>
  );
}
