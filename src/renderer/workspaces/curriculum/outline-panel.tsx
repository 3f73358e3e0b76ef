import { IconChevronsDown, IconChevronsUp, IconPlus, IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { keysText } from '../../ui/keys';
import { Button } from '../../ui/button';
import { EmptyState, FilteredState } from '../../ui/states';
import { FilterBar } from './filter-bar';
import { OutlineList } from './outline-list';
import { countOf, type NodeKind } from './outline-tree';
import css from './outline.module.css';
import { SelectionBar } from './selection-bar';
import type { OutlineState } from './use-outline';

/** The outline of a course: its head, the tree, and what is selected. */
export function OutlinePanel({ outline, title }: { outline: OutlineState; title: string }) {
  const { nodes, begin } = outline;
  const { canEdit, whyNot } = outline.outline;
  const count = (kind: NodeKind) => nodes.filter((node) => node.entity === kind).length;
  const holders = nodes.filter((node) => node.entity !== 'lessons').map((node) => node.id);
  const add = (kind: NodeKind, label: string) => (
    <Button
      small
      look="ghost"
      icon={<IconPlus />}
      aria-disabled={!canEdit}
      title={canEdit ? `Add a ${label.toLowerCase()}` : (whyNot ?? undefined)}
      onClick={() => begin(kind)}
    >
      {label}
    </Button>
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f') return;
    event.preventDefault();
    event.stopPropagation();
    outline.setFilter(outline.filter ?? '');
  };
  return (
    <section className={css.panel} aria-label="Outline" onKeyDown={onKeyDown}>
      <div className={css.head}>
        <h2 className="medium">Outline</h2>
        <span className="quiet ellipsis">
          {countOf('modules', count('modules'))} · {countOf('lessons', count('lessons'))}
        </span>
        <span className="grow" />
        {add('lessons', 'Lesson')}
        {add('modules', 'Module')}
        <Button
          small
          look="ghost"
          on={outline.filter !== null}
          icon={<IconSearch />}
          aria-label="Filter the outline"
          title={`Filter (${keysText('mod+f')})`}
          onClick={() => outline.setFilter(outline.filter === null ? '' : null)}
        />
        <Button
          small
          look="ghost"
          icon={<IconChevronsUp />}
          aria-label="Fold all"
          title="Fold all"
          onClick={() => outline.fold(holders, true)}
        />
        <Button
          small
          look="ghost"
          icon={<IconChevronsDown />}
          aria-label="Unfold all"
          title="Unfold all"
          onClick={() => outline.fold(holders, false)}
        />
      </div>
      {nodes.length === 0 && outline.typing === null ? (
        <EmptyState
          title="No curriculum yet"
          action={
            <Button aria-disabled={!canEdit} title={whyNot ?? undefined} onClick={() => begin('curricula')}>
              Add a curriculum
            </Button>
          }
        >
          A curriculum is one way through the course: modules, and lessons in them.{canEdit ? '' : ` ${whyNot ?? ''}`}
        </EmptyState>
      ) : (
        <>
          <div className={css.columns} aria-hidden>
            <span>Name</span>
            <span className="grow" />
            <span>Duration</span>
          </div>
          <FilterBar outline={outline} />
          {outline.rows.length === 0 && outline.filter !== null && (
            <FilteredState
              title={`Nothing here is called “${outline.filter}”`}
              onClear={() => outline.setFilter(null)}
            />
          )}
          <OutlineList outline={outline} label={`Outline of ${title}`} />
          <SelectionBar outline={outline} />
        </>
      )}
    </section>
  );
}
