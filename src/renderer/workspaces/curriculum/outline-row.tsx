import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview';
import {
  IconArrowsUpDown,
  IconCheck,
  IconChevronDown,
  IconChevronRight,
  IconFilePencil,
  IconGripVertical,
  IconPencil,
  IconPlus,
} from '@tabler/icons-react';
import { memo, useEffect, useRef, type MouseEvent } from 'react';
import type { OutlineNode } from '../../../shared/contract/requests';
import type { NodeChange } from '../../../shared/rules/curriculum-diff';
import { sentenceCase } from '../../../shared/rules/cell-text';
import { markWords } from '../../grid/gutter-cell';
import { Pill, StatusDot } from '../../ui/marks';
import { NameInput } from './name-input';
import { countOf, durationText, durationWords, type TreeRow } from './outline-tree';
import css from './outline.module.css';
import { rowHeight } from '../../ui/window-rows';

export interface RowHandlers {
  onPick: (id: string, event: MouseEvent) => void;
  onFold: (row: TreeRow) => void;
  onRename: (id: string) => void;
  onNamed: (node: OutlineNode, name: string, by: 'enter' | 'leaving') => void;
  onNotNamed: () => void;
  /** What is dragged when a drag begins on this row; null where nothing may be. */
  draggedFrom: (id: string) => string[] | null;
}

interface OutlineRowProps {
  row: TreeRow;
  /** Place among the shown rows, from 0. */
  index: number;
  isSelected: boolean;
  isFocus: boolean;
  isNaming: boolean;
  isDropInto: boolean;
  canEdit: boolean;
  /** How it differs from the version it is compared with. */
  change: NodeChange | undefined;
  handlers: RowHandlers;
}

/** What a drag in the outline carries, and what a row it is over adds. */
export interface Dragged extends Record<string | symbol, unknown> {
  outline: true;
  ids: string[];
}
export const isDragged = (data: Record<string | symbol, unknown>): data is Dragged => data['outline'] === true;
export const halfOf = (data: Record<string | symbol, unknown>): 'upper' | 'lower' =>
  extractClosestEdge(data) === 'bottom' ? 'lower' : 'upper';

/** What hangs at the pointer while something is dragged. */
function dragLabel(text: string): HTMLElement {
  const label = document.createElement('div');
  label.className = css.dragLabel ?? '';
  label.textContent = text;
  return label;
}

const kindClass = { curricula: css.top, modules: css.middle, lessons: '' };

/** One node: where it stands, what it is called, how long it takes. */
export const OutlineRow = memo(function OutlineRow(props: OutlineRowProps) {
  const { row, index, isSelected, isFocus, isNaming, isDropInto, canEdit, change, handlers } = props;
  const { node, level } = row;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = element.current;
    if (!place) return;
    return combine(
      draggable({
        element: place,
        canDrag: () => handlers.draggedFrom(node.id) !== null,
        getInitialData: () => ({ outline: true, ids: handlers.draggedFrom(node.id) ?? [] }),
        onGenerateDragPreview: ({ nativeSetDragImage, source }) => {
          const count = isDragged(source.data) ? source.data.ids.length : 1;
          setCustomNativeDragPreview({
            nativeSetDragImage,
            render: ({ container }) => {
              container.append(dragLabel(count > 1 ? countOf(node.entity, count) : node.name));
            },
          });
        },
      }),
      dropTargetForElements({
        element: place,
        canDrop: ({ source }) => isDragged(source.data),
        getData: ({ input, element: over }) =>
          attachClosestEdge({ id: node.id }, { input, element: over, allowedEdges: ['top', 'bottom'] }),
      }),
    );
  }, [node.id, node.entity, node.name, handlers]);
  const names = [
    css.row,
    kindClass[node.entity],
    isSelected && css.selected,
    isFocus && css.focus,
    isDropInto && css.into,
  ];
  return (
    <div
      ref={element}
      id={`node-${node.id}`}
      role="treeitem"
      aria-level={level}
      aria-setsize={row.of}
      aria-posinset={row.place}
      aria-expanded={row.hasChildren ? row.isOpen : undefined}
      aria-selected={isSelected}
      tabIndex={isFocus ? 0 : -1}
      data-node={node.id}
      className={names.filter(Boolean).join(' ')}
      style={{ top: index * rowHeight, paddingInlineStart: 8 + (level - 1) * 20 }}
      onClick={(event) => handlers.onPick(node.id, event)}
      onDoubleClick={() => handlers.onRename(node.id)}
    >
      <span className={css.handle} aria-hidden>
        {canEdit && <IconGripVertical size={14} />}
      </span>
      <span
        className={css.chevron}
        aria-hidden
        onClick={(event) => {
          if (!row.hasChildren) return;
          event.stopPropagation();
          handlers.onFold(row);
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        {row.hasChildren && (row.isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />)}
      </span>
      <span className={css.number}>{row.number}</span>{' '}
      {isNaming ? (
        <NameInput
          label={`Name of ${node.name}`}
          name={node.name}
          onDone={(name, by) => handlers.onNamed(node, name, by)}
          onCancel={handlers.onNotNamed}
        />
      ) : (
        <span className={`${css.name} ellipsis`} dir="auto" title={node.name}>
          {node.name}
        </span>
      )}
      {node.mark && <StatusDot kind={node.mark} label={markWords[node.mark]} />}
      {node.state && <StatePill state={node.state} {...(node.version === null ? {} : { version: node.version })} />}
      {change && <ChangePills change={change} />}
      <span className="grow" />
      <span className={css.duration}>
        <span aria-hidden>{node.minutes > 0 ? durationText(node.minutes) : '–'}</span>
        <span className="only-read-aloud">{durationWords(node.minutes)}</span>
      </span>
    </div>
  );
});

/** Added, moved, renamed: against the version it is compared with. */
function ChangePills({ change: { added, moved, renamed, edited } }: { change: NodeChange }) {
  if (added) {
    return (
      <Pill tone="success">
        <IconPlus size={10} aria-hidden /> Added
      </Pill>
    );
  }
  return (
    <>
      {moved && (
        <Pill tone="warning">
          <IconArrowsUpDown size={10} aria-hidden />
          {moved.from.parent === moved.to.parent ? 'Moved' : `Moved from ${moved.from.parent || 'the top'}`}
        </Pill>
      )}
      {renamed && (
        <Pill tone="info">
          <IconPencil size={10} aria-hidden /> Renamed
        </Pill>
      )}
      {edited && !renamed && (
        <Pill>
          <IconFilePencil size={10} aria-hidden /> Edited
        </Pill>
      )}
    </>
  );
}

export function StatePill({ state, version }: { state: NonNullable<OutlineNode['state']>; version?: number }) {
  const words = `${sentenceCase(state)}${version === undefined ? '' : ` v${version}`}`;
  if (state === 'draft')
    return (
      <Pill tone="accent">
        <IconPencil size={10} aria-hidden />
        {words}
      </Pill>
    );
  if (state === 'published')
    return (
      <Pill tone="success">
        <IconCheck size={10} aria-hidden />
        {words}
      </Pill>
    );
  return <Pill>{words}</Pill>;
}
