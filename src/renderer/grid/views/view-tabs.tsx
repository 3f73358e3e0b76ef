import { Menu } from '@mantine/core';
import { IconDots, IconPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { countedTo } from '../../../shared/contract/requests';
import { entityOf, type EntityName } from '../../../shared/entities';
import type { SessionFacts } from '../../../shared/contract/wire';
import type { Entity } from '../../../shared/model';
import { whyNot } from '../../../shared/rules/permit';
import type { ViewDefinition } from '../../../shared/rules/view-definition';
import { useQuestion } from '../../client/hooks';
import { everything } from '../../client/paths';
import { Button } from '../../ui/button';
import { countText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { Tabs } from '../../ui/tabs';
import type { GridView } from '../grid-view';
import { NameDialog } from './name-dialog';
import { addView, changeView, freeName, openFirst, removeView, type ViewFor } from './save-view';
import type { NamedView } from './use-views';

interface ViewTabsProps {
  entity: Entity;
  user: SessionFacts;
  views: readonly NamedView[];
  chosen: NamedView;
  view: GridView;
  /** The chosen view as it stands, columns included. */
  now: () => ViewDefinition;
  programs: readonly { id: string; name: string }[];
  /** Programs on show; empty means all. */
  shown: readonly string[];
  onChoose: (key: string) => void;
}

/** The views of a grid: to choose one, and to keep what was changed. */
export function ViewTabs({ entity, user, views, chosen, view, now, programs, shown, onChoose }: ViewTabsProps) {
  const [asking, ask] = useState<'save' | 'rename' | null>(null);
  const counts = useCounts(entity, views, shown);
  const isOwn = chosen.kind !== 'built-in';
  const locked =
    chosen.kind === 'shared' ? whyNot(user, entityOf('shared_views'), 'update', chosen.row ?? undefined) : null;
  const add = async (name: string, whom: ViewFor, definition: ViewDefinition) => {
    const key = await addView(entity.name, name, whom, definition);
    if (key === null) return;
    view.revert();
    onChoose(key);
  };
  const save = async () => {
    if (locked) return notify.info(locked);
    if (await changeView(chosen, { definition: now() }, `Save the view “${chosen.name}”`)) {
      notify.done(`Saved the view “${chosen.name}”.`);
    }
  };
  const remove = async () => {
    if (locked) return notify.info(locked);
    onChoose(everything);
    if (await removeView(chosen)) notify.done(`Deleted the view “${chosen.name}”.`);
  };
  return (
    <>
      <Tabs
        label="Views"
        tabs={views.map(({ key, name, kind }, i) => ({
          name: key,
          label: name,
          count: counts[i],
          after: (
            <>
              {kind === 'shared' && <IconUsers size={12} role="img" aria-label="shared" />}
              {key === chosen.key && view.isModified && <span className="quiet small">changed</span>}
            </>
          ),
        }))}
        chosen={chosen.key}
        onChoose={onChoose}
        end={
          <>
            {view.isModified && (
              <Button small look="link" onClick={view.revert} title="Back to the view as it was saved">
                Revert
              </Button>
            )}
            {view.isModified && isOwn && (
              <Button small aria-disabled={locked !== null} title={locked ?? ''} onClick={() => void save()}>
                Save
              </Button>
            )}
            <Button small look="ghost" icon={<IconPlus />} onClick={() => ask('save')}>
              {isOwn ? 'Save as' : 'Save view'}
            </Button>
            {isOwn && (
              <Menu position="bottom-end" withinPortal>
                <Menu.Target>
                  <Button small look="ghost" icon={<IconDots />} aria-label={`More for the view ${chosen.name}`} />
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item disabled={locked !== null} onClick={() => ask('rename')}>
                    Rename
                  </Menu.Item>
                  <Menu.Item
                    onClick={() => void add(freeName(chosen.name, views), { userId: user.userId }, chosen.definition)}
                  >
                    Duplicate for me
                  </Menu.Item>
                  {chosen.kind === 'mine' && (
                    <Menu.Item onClick={() => void openFirst(views, chosen.opensFirst ? null : chosen)}>
                      {chosen.opensFirst ? 'No longer open first' : 'Open first'}
                    </Menu.Item>
                  )}
                  <Menu.Divider />
                  <Menu.Item color="red" disabled={locked !== null} onClick={() => void remove()}>
                    Delete
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </>
        }
      />
      {asking && (
        <NameDialog
          title={asking === 'save' ? 'Save this view' : `Rename the view “${chosen.name}”`}
          action={asking === 'save' ? 'Save view' : 'Rename'}
          first={asking === 'save' ? freeName('My view', views) : chosen.name}
          taken={views.filter((one) => one !== chosen || asking === 'save').map(({ name }) => name)}
          choices={asking === 'save' ? choicesFor(user, programs) : []}
          onClose={() => ask(null)}
          onDone={(name, whom) => {
            ask(null);
            if (asking === 'save') void add(name, whom ?? { userId: user.userId }, now());
            else void changeView(chosen, { name }, `Rename the view “${chosen.name}” to “${name}”`);
          }}
        />
      )}
    </>
  );
}

const mostCounted = 60;

/** How many rows each view holds, in words; nothing beside a view that stands alone. */
function useCounts(entity: Entity, views: readonly NamedView[], programs: readonly string[]): (string | undefined)[] {
  const asked = views.slice(0, mostCounted).map(({ definition: { filters, search } }) => ({
    ...{ entity: entity.name as EntityName, programs: [...programs], search: search.trim() },
    where: filters.flatMap(({ filter, isOff }) => (isOff ? [] : [filter])),
  }));
  const { data } = useQuestion('rows.counts', { views: asked }, { enabled: views.length > 1, keep: true });
  if (data?.length !== asked.length) return [];
  return data.map((count) =>
    count === null ? undefined : count > countedTo ? `${countText(countedTo)}+` : countText(count),
  );
}

/** Oneself, and every program one may share with. */
function choicesFor(
  user: SessionFacts,
  programs: ViewTabsProps['programs'],
): { label: string; whom: ViewFor; why: string | null }[] {
  return [
    { label: 'Only me', whom: { userId: user.userId }, why: null },
    ...programs.map(({ id, name }) => ({
      label: `Everybody in ${name}`,
      whom: { programId: id },
      why: whyNot(user, entityOf('shared_views'), 'create', { programId: id }),
    })),
  ];
}
