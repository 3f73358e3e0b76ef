import { IconPlus } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import type { SessionFacts } from '../../../shared/contract/wire';
import { entityOf } from '../../../shared/entities';
import { newId, type AnyRow } from '../../../shared/model';
import { choiceText } from '../../../shared/rules/cell-text';
import { dateText } from '../../../shared/rules/date-text';
import { whyNot } from '../../../shared/rules/permit';
import { useChosenPrograms, useCommand, useSync } from '../../client/hooks';
import { everything, pathOf, toAdd } from '../../client/paths';
import { Button } from '../../ui/button';
import { Bar, Pill, type Tone } from '../../ui/marks';
import { counted } from '../../ui/moment';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import { StatusSlot } from '../../ui/status-slot';
import { Scroll, TitleBar, Workspace } from '../../ui/workspace';
import { Tools } from './assessments-page';
import css from './careers.module.css';
import { endOf, moveBy, removeOne } from './ordered';
import { Picker } from './picker';
import { useAll } from './use-all';

const tones: Record<string, Tone> = { active: 'info', completed: 'success', abandoned: 'plain' };
const statusField = entityOf('career_roadmaps').fields['status'];
const statusText = (value: unknown): string =>
  statusField?.kind === 'choice' ? choiceText(String(value), statusField.options) : '';

/** People's ways to a goal: the steps in their order, and how far each is. */
export function RoadmapsPage({ roadmap, user }: { roadmap: string | null; user: SessionFacts }) {
  const programs = useChosenPrograms();
  const sync = useSync();
  const [, goTo] = useLocation();
  const [search, setSearch] = useState('');
  const { rows, titles, problem, again } = useAll('career_roadmaps', { programs, sort: 'title', search });
  const open = rows?.find(({ id }) => id === roadmap) ?? rows?.[0];
  const locked = whyNot(user, entityOf('career_roadmaps'), 'create');
  const personOf = (row: AnyRow) => titles[String(row['userId'])] ?? 'Somebody not on this computer';
  return (
    <Workspace>
      <TitleBar title="Roadmaps" count={rows && counted(rows.length, 'roadmap')}>
        {locked === null && (
          <Button icon={<IconPlus />} onClick={() => goTo(pathOf('career_roadmaps', toAdd))}>
            Add roadmap
          </Button>
        )}
      </TitleBar>
      {problem ? (
        <ErrorState problem={problem.problem} onRetry={again} />
      ) : !rows || (rows.length === 0 && sync?.loading && !search) ? (
        <LoadingState rows={12} label="Loading roadmaps" />
      ) : (
        <div className={css.split}>
          <Picker
            label="Roadmaps"
            items={rows.map((row) => ({
              ...{ id: row.id, title: String(row['title']), below: personOf(row) },
              after: <Pill tone={tones[String(row['status'])] ?? 'plain'}>{statusText(row['status'])}</Pill>,
            }))}
            chosen={open?.id ?? null}
            {...{ search }}
            onSearch={setSearch}
            onChoose={(id) => goTo(`/careers/roadmaps/${id}`)}
            empty={{ title: 'There is no roadmap yet', body: 'Add one for somebody, then its steps.' }}
          />
          {open ? <Steps key={open.id} roadmap={open} person={personOf(open)} user={user} /> : <span />}
        </div>
      )}
      <StatusSlot>{rows && <span>{counted(rows.length, 'roadmap')}</span>}</StatusSlot>
    </Workspace>
  );
}

const progressField = entityOf('roadmap_progress').fields['status'];
const stages =
  progressField?.kind === 'choice'
    ? progressField.options.values.map((value) => [value, choiceText(value, progressField.options)] as const)
    : [];

function progressValues(status: string, startedAt: unknown) {
  const now = Date.now();
  return {
    status,
    startedAt: status === 'not_started' ? null : (startedAt ?? now),
    completedAt: status === 'completed' ? now : null,
  };
}

function Steps({ roadmap, person, user }: { roadmap: AnyRow; person: string; user: SessionFacts }) {
  const where = [{ field: 'roadmapId', test: 'is' as const, value: roadmap.id }];
  const { rows, titles, problem, again } = useAll('roadmap_steps', { where, sort: 'sequenceOrder' });
  const ids = (rows ?? []).map(({ id }) => id);
  const progress = useAll('roadmap_progress', {
    where: [{ field: 'stepId', test: 'in', value: ids }],
    enabled: ids.length > 0,
  });
  const save = useCommand('rows.save');
  const programId = roadmap['programId'];
  const locked = whyNot(user, entityOf('roadmap_steps'), 'update', { programId });
  if (problem) return <ErrorState problem={problem.problem} onRetry={again} />;
  if (!rows) return <LoadingState rows={8} label="Loading steps" />;
  const stageOf = new Map((progress.rows ?? []).map((row) => [String(row['stepId']), row]));
  const done = rows.filter(({ id }) => stageOf.get(id)?.['status'] === 'completed').length;
  const setStage = (step: AnyRow, status: string) => {
    const known = stageOf.get(step.id);
    const values = progressValues(status, known?.['startedAt']);
    const entity = 'roadmap_progress' as const;
    void save.run({
      edits: [
        known
          ? { op: 'update', entity, id: known.id, values }
          : { op: 'insert', entity, id: newId(), values: { programId, stepId: step.id, ...values } },
      ],
      label:
        `${person}: “${String(step['title'])}” ${stages.find(([value]) => value === status)?.[1].toLowerCase() ?? ''}`.slice(
          0,
          200,
        ),
      via: 'form',
    });
  };
  const add = (title: string) =>
    save.run({
      edits: [
        {
          op: 'insert',
          entity: 'roadmap_steps',
          id: newId(),
          values: { programId, roadmapId: roadmap.id, title, sequenceOrder: endOf(rows) },
        },
      ],
      label: `Add step “${title}”`.slice(0, 200),
      via: 'form',
    });
  return (
    <Scroll>
      <header className={css.head}>
        <h2 className="grow ellipsis">
          {String(roadmap['title'])} <span className="quiet small">{person}</span>
        </h2>
        <a className="small" href={`#${pathOf('career_roadmaps', roadmap.id, everything)}`}>
          Details
        </a>
      </header>
      <div className={css.goal}>
        {roadmap['goal'] ? <p className="muted">{String(roadmap['goal'])}</p> : null}
        <span className="row small">
          <span className={css.done}>
            <Bar part={done} of={rows.length} label={`Steps of ${person} completed`} />
          </span>
          {done} of {counted(rows.length, 'step')} completed
          {roadmap['targetDate'] ? ` · wanted by ${dateText(String(roadmap['targetDate']), navigator.language)}` : ''}
        </span>
      </div>
      {locked && <p className={`${css.why} small muted`}>{locked}</p>}
      {rows.length === 0 && <EmptyState title="No step yet">Write the first step below.</EmptyState>}
      <ol className={css.questions} aria-label="Steps">
        {rows.map((row, at) => {
          const title = String(row['title']);
          const with_ = [row['courseId'], row['resourceId']]
            .flatMap((id) => (id ? [titles[String(id)] ?? ''] : []))
            .filter(Boolean);
          return (
            <li key={row.id} className={css.question}>
              <span className={css.place}>{at + 1}</span>
              <span className="grow">
                <span className="medium">{title}</span>
                {with_.length > 0 && (
                  <span className={`${css.with ?? ''} small muted`}>With {with_.join(' and ')}</span>
                )}
              </span>
              <select
                className={css.select}
                aria-label={`Progress of ${title}`}
                value={String(stageOf.get(row.id)?.['status'] ?? 'not_started')}
                disabled={locked !== null || save.busy}
                title={locked ?? undefined}
                onChange={(event) => setStage(row, event.target.value)}
              >
                {stages.map(([value, name]) => (
                  <option key={value} value={value}>
                    {name}
                  </option>
                ))}
              </select>
              {locked === null && (
                <Tools
                  name={title}
                  {...{ isFirst: at === 0, isLast: at === rows.length - 1 }}
                  onMove={(step) => void moveBy('roadmap_steps', rows, row.id, step, title)}
                  onRemove={() => void removeOne('roadmap_steps', row.id, title)}
                />
              )}
            </li>
          );
        })}
      </ol>
      {locked === null && <AddStep onAdd={add} />}
    </Scroll>
  );
}

function AddStep({ onAdd }: { onAdd: (title: string) => Promise<unknown> }) {
  const [title, setTitle] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim()) void onAdd(title.trim()).then((saved) => saved && setTitle(''));
  };
  return (
    <form className={css.add} onSubmit={submit}>
      <input
        className={css.wide}
        aria-label="Next step"
        placeholder="Next step, such as “Visit two workshops”"
        maxLength={255}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <Button type="submit" disabled={title.trim() === ''}>
        Add step
      </Button>
    </form>
  );
}
