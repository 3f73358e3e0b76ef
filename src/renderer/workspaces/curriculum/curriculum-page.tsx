import { IconHistory, IconLayoutSidebar, IconPlus } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { OutlineNode } from '../../../shared/contract/requests';
import { entityOf } from '../../../shared/entities';
import type { AnyRow, Entity } from '../../../shared/model';
import { useQuestion, useSettings, useUser } from '../../client/hooks';
import { usePanelWidth } from '../../client/panels';
import { Button } from '../../ui/button';
import { Inspector, Section } from '../../ui/inspector';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import { TitleBar, Workspace } from '../../ui/workspace';
import { CourseList } from './course-list';
import css from './curriculum.module.css';
import { keepLastCourse, keptLastCourse } from './folded';
import { NodePane } from './node-pane';
import { OutlinePanel } from './outline-panel';
import { OutlineStatus } from './outline-status';
import { useOutline, type OutlineState } from './use-outline';
import { VersionBar } from './version-bar';

interface CurriculumPageProps {
  /** Draws what happened to a record. */
  history?: (entity: Entity, row: AnyRow) => ReactNode;
}

/** A course's curricula, modules and lessons: the courses at the left, the outline, and what is in focus. */
export function CurriculumPage({ history }: CurriculumPageProps) {
  const [path, goTo] = useLocation();
  const named = path.split('/')[2];
  const owner = useUser()?.userId ?? '';
  const [last] = useState(() => keptLastCourse(owner));
  const courseId = named ?? last;
  const { settings, change } = useSettings();
  const isListOpen = (settings.panels['curriculum.courses'] ?? 1) === 1;
  const openList = (isOpen: boolean) =>
    change({ panels: { ...settings.panels, 'curriculum.courses': isOpen ? 1 : 0 } });
  const choose = (id: string) => goTo(`/curriculum/${id}`);
  const list = (isListOpen || !courseId) && <CourseList chosen={courseId} onChoose={choose} />;
  const toggle = courseId && (
    <Button
      look="ghost"
      on={isListOpen}
      icon={<IconLayoutSidebar />}
      aria-label="Courses"
      title={isListOpen ? 'Hide the courses' : 'Show the courses'}
      onClick={() => openList(!isListOpen)}
    />
  );
  if (!courseId) {
    return (
      <Workspace>
        <TitleBar title="Curriculum" />
        <div className={css.studio}>
          {list}
          <EmptyState title="Choose a course">Its curricula, modules and lessons open here as one outline.</EmptyState>
        </div>
      </Workspace>
    );
  }
  return <CourseStudio key={courseId} {...{ courseId, list, toggle, history }} />;
}

interface CourseStudioProps extends CurriculumPageProps {
  courseId: string;
  list: ReactNode;
  toggle: ReactNode;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function CourseStudio({ courseId, list, toggle, history }: CourseStudioProps) {
  const { state, error, isPending, refetch } = useOutline(courseId);
  const [isHistoryOpen, openHistory] = useState(false);
  const owner = useUser()?.userId ?? '';
  const isGone = error?.problem.kind === 'not-found';
  const isThere = state !== null;
  useEffect(() => {
    if (isThere) keepLastCourse(owner, courseId);
    else if (isGone) keepLastCourse(owner, null);
  }, [owner, courseId, isThere, isGone]);
  const focused = state?.rows.find((row) => row.node.id === state.selection.focus);
  const course = state?.outline.course;
  const side = isHistoryOpen && history && state && (
    <HistoryPanel
      node={focused?.node ?? null}
      course={state.outline.course}
      onClose={() => openHistory(false)}
      history={history}
    />
  );
  return (
    <Workspace side={side}>
      <TitleBar title={course ? text(course['name']) : 'Curriculum'} count={course ? text(course['code']) : undefined}>
        {toggle}
        {history && (
          <Button
            look="ghost"
            on={isHistoryOpen}
            icon={<IconHistory />}
            aria-label="History"
            title="What happened to what is chosen"
            onClick={() => openHistory(!isHistoryOpen)}
          />
        )}
        {state && (
          <Button
            look={state.outline.canEdit ? 'primary' : 'plain'}
            icon={<IconPlus />}
            aria-disabled={!state.outline.canEdit}
            title={state.outline.whyNot ?? 'Another way through the course'}
            onClick={() => state.begin('curricula')}
          >
            Add a curriculum
          </Button>
        )}
      </TitleBar>
      {state && <VersionBar outline={state} />}
      <div className={css.studio} data-side={side ? true : undefined}>
        {list}
        {outlineOrWhy()}
      </div>
      {state && <OutlineStatus outline={state} />}
    </Workspace>
  );

  function outlineOrWhy() {
    if (isGone) return <ErrorState problem={error.problem} />;
    if (error) return <ErrorState problem={error.problem} onRetry={() => void refetch()} />;
    if (isPending || !state) return <LoadingState rows={14} label="Loading the outline" />;
    return <Studio state={state} title={text(state.outline.course['name'])} />;
  }
}

function Studio({ state, title }: { state: OutlineState; title: string }) {
  const { canEdit, whyNot } = state.outline;
  const focused = state.rows.find((row) => row.node.id === state.selection.focus);
  const refusal = canEdit ? null : (whyNot ?? 'This curriculum cannot be changed here.');
  return (
    <>
      <div className={css.outline}>
        <OutlinePanel outline={state} title={title} />
      </div>
      <NodePane node={focused?.node ?? null} number={focused?.number ?? ''} whyNot={refusal} />
    </>
  );
}

interface HistoryPanelProps {
  node: OutlineNode | null;
  course: AnyRow;
  history: NonNullable<CurriculumPageProps['history']>;
  onClose: () => void;
}

/** What happened to the node in focus, or to the course while none is. */
function HistoryPanel({ node, course, history, onClose }: HistoryPanelProps) {
  const [width, setWidth] = usePanelWidth('curriculum.history', 288);
  const name = node?.entity ?? 'courses';
  const { data } = useQuestion('rows.read', { entity: name, ids: [node?.id ?? course.id] });
  const [row] = data ?? [];
  const entity = entityOf(name);
  return (
    <Inspector
      label="History"
      title="History"
      subtitle={`${entity.labels.one} ${node?.name ?? text(course['name'])}`}
      width={width}
      onWidth={setWidth}
      onClose={onClose}
    >
      <Section>
        {/* A long history is scrolled by the keyboard from here. */}
        <div role="group" aria-label="What happened" tabIndex={0}>
          {row ? history(entity, row) : <LoadingState rows={4} />}
        </div>
      </Section>
    </Inspector>
  );
}
