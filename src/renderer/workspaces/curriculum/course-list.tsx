import { useDeferredValue, useRef, useState, type KeyboardEvent } from 'react';
import type { View } from '../../../shared/contract/requests';
import { useChosenPrograms, useQuestion } from '../../client/hooks';
import { usePrograms } from '../../client/programs';
import { objectsOf } from '../../forms/lookups';
import { countText } from '../../ui/moment';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import css from './curriculum.module.css';

interface CourseListProps {
  chosen: string | null;
  onChoose: (courseId: string) => void;
}

/** More than these are found by searching. */
const most = 300;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The courses of the chosen programs. Typing narrows them, arrows move, Enter opens. */
export function CourseList({ chosen, onChoose }: CourseListProps) {
  const programs = useChosenPrograms();
  const known = usePrograms() ?? [];
  // Programs teach courses of one name: beside it stands whose it is.
  const codes = new Map((programs.length === 1 ? [] : known).map(({ id, code }) => [id, code]));
  const [search, setSearch] = useState('');
  const words = useDeferredValue(search.trim());
  const list = useRef<HTMLDivElement>(null);
  const view: View = {
    entity: 'courses',
    programs,
    where: [],
    search: words,
    sort: [{ field: 'name', descending: false }],
  };
  const { data, error, isPending, refetch } = useQuestion('rows.page', { view, from: 0, count: most }, { keep: true });
  const courses = data ? objectsOf(data) : [];
  const at = courses.findIndex(({ id }) => id === chosen);

  const focus = (index: number) => {
    const options = list.current?.querySelectorAll<HTMLElement>('[role=option]');
    options?.[Math.max(0, Math.min(options.length - 1, index))]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const options = [...(list.current?.querySelectorAll<HTMLElement>('[role=option]') ?? [])];
    const here = options.findIndex((option) => option === document.activeElement);
    const steps: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: options.length - 1 };
    const to = steps[event.key];
    if (to !== undefined && (here >= 0 || event.key === 'ArrowDown')) {
      event.preventDefault();
      focus(here < 0 ? Math.max(0, at) : to);
    } else if ((event.key === 'Enter' || event.key === ' ') && here >= 0) {
      event.preventDefault();
      const course = courses[here];
      if (course) onChoose(course.id);
    }
  };
  return (
    <nav className={css.courses} aria-label="Courses" onKeyDown={onKeyDown}>
      <div className={css.courseSearch}>
        <input
          type="search"
          className={css.search}
          aria-label="Search courses"
          placeholder="Search courses"
          data-quick-search
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      {found()}
      {data && data.total > courses.length && (
        <p className={css.more}>
          {countText(courses.length)} of {countText(data.total)} courses. Search to find the others.
        </p>
      )}
    </nav>
  );

  function found() {
    if (error) return <ErrorState problem={error.problem} onRetry={() => void refetch()} />;
    if (isPending) return <LoadingState rows={10} label="Loading courses" />;
    if (courses.length === 0) {
      if (words !== '')
        return <EmptyState title={`No course is called “${words}”`}>Search by name or code.</EmptyState>;
      return <EmptyState title="There are no courses yet">Add one under Courses.</EmptyState>;
    }
    return (
      <div ref={list} role="listbox" aria-label="Courses" className={css.courseRows}>
        {courses.map((course, index) => (
          <div
            key={course.id}
            role="option"
            aria-selected={course.id === chosen}
            tabIndex={index === Math.max(0, at) ? 0 : -1}
            className={css.course}
            title={`${text(course['name'])}, ${text(course['code'])}`}
            onClick={() => onChoose(course.id)}
          >
            <span className="ellipsis" dir="auto">
              {text(course['name'])}
            </span>
            {codes.size > 1 && <span className={css.courseProgram}>{codes.get(text(course['programId']))}</span>}
          </div>
        ))}
      </div>
    );
  }
}
