import { Menu } from '@mantine/core';
import { IconCopy, IconDots, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { RowMark } from '../../../shared/contract/requests';
import type { SessionFacts } from '../../../shared/contract/wire';
import type { AnyRow, Entity } from '../../../shared/model';
import { cellText } from '../../../shared/rules/cell-text';
import { usePanelWidth } from '../../client/panels';
import { problemOf } from '../../client/request';
import { EntityForm } from '../../forms/entity-form';
import { contextOf, type Lookups } from '../../forms/lookups';
import type { SavedRow } from '../../forms/use-draft';
import { markWords } from '../../grid/gutter-cell';
import { Button } from '../../ui/button';
import { Inspector } from '../../ui/inspector';
import { StatusDot } from '../../ui/marks';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import { Tabs } from '../../ui/tabs';
import { companionsOf } from './companions';
import { CompanionTab } from './companion-tab';
import css from './entity-page.module.css';
import { History } from './history';
import { Timeline, timelineOf } from './timeline';
import { useRecord } from './use-record';

interface RecordPanelProps {
  entity: Entity;
  /** Null: a new row is being added. */
  id: string | null;
  mark: RowMark | null;
  given: Record<string, unknown>;
  user: SessionFacts;
  lookups: Lookups;
  focus: string | null;
  onSaved: (saved: SavedRow, name: string, isNew: boolean) => void;
  /** Back to the grid; the panel stays. */
  onBack: () => void;
  onClose: () => void;
  onDuplicate: () => void;
  onRemove: () => void;
}

/** The panel at the right: one record with its details, what belongs to it, and its history; or a new one. */
export function RecordPanel(props: RecordPanelProps) {
  const { entity, id, mark, given, user, lookups, focus, onSaved, onBack, onClose, onDuplicate, onRemove } = props;
  const [width, setWidth] = usePanelWidth('inspector');
  const [chosen, choose] = useState('details');
  const record = useRecord(entity, id);
  const frame = { label: `${entity.labels.one} details`, width, onWidth: setWidth, onClose };
  const thing = entity.labels.one.toLowerCase();

  if (id === null) {
    return (
      <Inspector {...frame} title={`New ${thing}`} subtitle={entity.meaning}>
        <div className={css.side}>
          <EntityForm
            {...{ entity, user, lookups, given, onSaved }}
            focus={focus ?? 'first'}
            row={null}
            titles={{}}
            title=""
            onCancel={onClose}
          />
        </div>
      </Inspector>
    );
  }
  if (record.error) {
    return (
      <Inspector {...frame} title={entity.labels.one}>
        <ErrorState problem={problemOf(record.error)} onRetry={() => void record.refetch()} />
      </Inspector>
    );
  }
  if (!record.data) {
    return (
      <Inspector {...frame} title={entity.labels.one}>
        <LoadingState rows={8} />
      </Inspector>
    );
  }
  const { row, titles } = record.data;
  if (!row) {
    return (
      <Inspector {...frame} title={entity.labels.one}>
        <EmptyState title="This record is no longer here">
          It was deleted, or it belongs to a program you no longer see.
        </EmptyState>
      </Inspector>
    );
  }
  const title = titleOfRow(entity, row, titles, lookups);
  const companions = companionsOf(entity, user);
  const timeline = timelineOf(entity, row);
  const tabs = [
    { name: 'details', label: 'Details' },
    ...companions.map((one) => ({ name: one.entity.name, label: shortLabel(one.entity) })),
    ...(timeline ? [{ name: 'timeline', label: 'Timeline' }] : []),
    { name: 'history', label: 'History' },
  ];
  const companion = companions.find((one) => one.entity.name === chosen);
  const shown = tabs.some(({ name }) => name === chosen) ? chosen : 'details';
  return (
    <Inspector
      {...frame}
      title={title}
      subtitle={<Standing entity={entity} row={row} mark={mark} lookups={lookups} />}
      actions={<Actions thing={thing} onDuplicate={onDuplicate} onRemove={onRemove} />}
    >
      <div className={css.side}>
        <Tabs label={`About ${title}`} tabs={tabs} chosen={shown} onChoose={choose} />
        <div
          key={`${row.id}:${shown}`}
          className={shown === 'history' || shown === 'timeline' ? `${css.pane} ${css.scroll}` : css.pane}
        >
          {shown === 'details' && (
            <EntityForm {...{ entity, row, titles, title, user, lookups, focus, onSaved }} onCancel={onBack} />
          )}
          {companion && <CompanionTab {...{ companion, row, user, lookups, onBack }} />}
          {shown === 'timeline' && timeline && <Timeline of={timeline} locale={lookups.locale} />}
          {shown === 'history' && <History {...{ entity, row, lookups }} />}
        </div>
      </div>
    </Inspector>
  );
}

const shortLabel = (entity: Entity): string =>
  entity.dataClass === 'confidential' ? 'Confidential' : entity.labels.one;

export function titleOfRow(
  entity: Entity,
  row: AnyRow,
  titles: Readonly<Record<string, string>>,
  lookups: Lookups,
): string {
  const words = entity.title.flatMap((name) => {
    const field = entity.fields[name];
    return field ? [cellText(field, row[name], contextOf(lookups, entity, field, row, titles))] : [];
  });
  const isName = entity.title.every((name) => entity.fields[name]?.kind === 'text');
  return words.filter(Boolean).join(isName ? ' ' : ' · ') || entity.labels.one;
}

/** Under the title: the program, and what has not arrived at the central database. */
function Standing({
  entity,
  row,
  mark,
  lookups,
}: {
  entity: Entity;
  row: AnyRow;
  mark: RowMark | null;
  lookups: Lookups;
}) {
  const program = entity.scope === 'program' ? lookups.program(row['programId'])?.name : undefined;
  return (
    <>
      <span className="ellipsis">{program ?? entity.labels.one}</span>
      {mark === 'waiting' && (
        <span className="row" title={markWords.waiting}>
          <StatusDot kind="waiting" /> Waiting to be sent
        </span>
      )}
      {(mark === 'conflict' || mark === 'refused') && (
        <Link href="/sync" className={`row ${css.link}`} title={markWords[mark]}>
          <StatusDot kind={mark} /> {mark === 'conflict' ? 'In conflict' : 'Refused'}
        </Link>
      )}
    </>
  );
}

function Actions({ thing, onDuplicate, onRemove }: { thing: string; onDuplicate: () => void; onRemove: () => void }) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button small look="ghost" icon={<IconDots />} aria-label={`More for this ${thing}`} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconCopy size={14} />}
          rightSection={<kbd className="micro quiet">Ctrl D</kbd>}
          onClick={onDuplicate}
        >
          Duplicate
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTrash size={14} />}
          rightSection={<kbd className="micro quiet">Ctrl Del</kbd>}
          onClick={onRemove}
        >
          Delete…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
