import { IconHistory, IconLayoutSidebar } from '@tabler/icons-react';
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
import { ChangesPanel } from './changes-panel';
import { CourseList } from './course-list';
import css from './curriculum.module.css';
import { keepLastCourse, keptLastCourse } from './folded';
import { NodePane } from './node-pane';
import { OutlinePanel } from './outline-panel';
import { selectOne } from './outline-selection';
import { OutlineStatus } from './outline-status';
import { SourcePanel } from './source-panel';
import { ancestorsOf } from './outline-tree';
import { useOutline, type OutlineState } from './use-outline';
import { VersionActions } from './version-actions';
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
  const [panel, show] = useState<'history' | 'changes' | 'source' | null>(null);
  const owner = useUser()?.userId ?? '';
  const isGone = error?.problem.kind === 'not-found';
  const isThere = state !== null;
  useEffect(() => {
    if (isThere) keepLastCourse(owner, courseId);
    else if (isGone) keepLastCourse(owner, null);
  }, [owner, courseId, isThere, isGone]);
  const focused = state?.rows.find((row) => row.node.id === state.selection.focus);
  const course = state?.outline.course;
  const [, goTo] = useLocation();
  const { here, base, comparison, news } = state?.versions ?? {};
  const close = () => show(null);
  const side =
    panel === 'source' && state && news ? (
      <SourcePanel key={news.newest.id} news={news} outline={state} onClose={close} />
    ) : panel === 'changes' && state && here && base ? (
      <ChangesPanel
        {...{ here, base, comparison }}
        onClose={close}
        onShow={(id) => {
          state.fold(
            ancestorsOf(state.byId, id).map((node) => node.id),
            false,
          );
          state.select(selectOne(id));
        }}
      />
    ) : (
      panel === 'history' &&
      history &&
      state && (
        <HistoryPanel node={focused?.node ?? null} course={state.outline.course} onClose={close} history={history} />
      )
    );
  return (
    <Workspace side={side}>
      <TitleBar title={course ? text(course['name']) : 'Curriculum'} count={course ? text(course['code']) : undefined}>
        {toggle}
        {history && (
          <Button
            look="ghost"
            on={panel === 'history'}
            icon={<IconHistory />}
            aria-label="History"
            title="What happened to what is chosen"
            onClick={() => show(panel === 'history' ? null : 'history')}
          />
        )}
        {state && <VersionActions outline={state} onCourse={(id) => goTo(`/curriculum/${id}`)} />}
      </TitleBar>
      {state && (
        <VersionBar
          outline={state}
          isComparing={panel === 'changes'}
          onCompare={(isOpen) => show(isOpen ? 'changes' : null)}
          isTaking={panel === 'source'}
          onTake={(isOpen) => show(isOpen ? 'source' : null)}
        />
      )}
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
  const focused = state.rows.find((row) => row.node.id === state.selection.focus);
  return (
    <>
      <div className={css.outline}>
        <OutlinePanel outline={state} title={title} />
      </div>
      <NodePane
        node={focused?.node ?? null}
        number={focused?.number ?? ''}
        whyNot={state.whyNotAt(state.selection.focus)}
      />
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
