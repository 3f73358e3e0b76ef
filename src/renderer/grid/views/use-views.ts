import { useMemo } from 'react';
import type { RowPage } from '../../../shared/contract/requests';
import type { SessionFacts } from '../../../shared/contract/wire';
import type { AnyRow, Entity } from '../../../shared/model';
import { entityOf, type EntityName } from '../../../shared/entities';
import { factsOf } from '../../../shared/rules/facts';
import { mayRead } from '../../../shared/rules/permit';
import { plainView, readDefinition, type ViewColumn, type ViewDefinition } from '../../../shared/rules/view-definition';
import { everything } from '../../client/paths';
import { useQuestion, useUser } from '../../client/hooks';
import { objectsOf } from '../../forms/lookups';
import { gridFields } from '../columns';
import type { GridView } from '../grid-view';

/** A view with a name: one the console brings, one's own, or one a program shares. */
export interface NamedView {
  /** As it stands in the address. */
  key: string;
  name: string;
  kind: 'built-in' | 'mine' | 'shared';
  definition: ViewDefinition;
  /** The row that holds it; null for what the console brings. */
  row: AnyRow | null;
  opensFirst: boolean;
}

const most = 1000;
const whole = (entity: EntityName) => ({ view: { entity, programs: [] }, from: 0, count: most });

/** The views of a grid, in the order of their tabs; undefined until known. */
export function useViews(entity: Entity, programs: readonly string[]): NamedView[] | undefined {
  const own = useQuestion('rows.page', whole('saved_views'), { keep: true }).data;
  const shared = useQuestion('rows.page', whole('shared_views'), { keep: true }).data;
  const role = useUser()?.role ?? 'tutor';
  return useMemo(
    () =>
      own && shared
        ? [...builtIn(entity, role), ...kept(entity, own, 'mine'), ...ofPrograms(entity, shared, programs)]
        : undefined,
    [entity, own, shared, programs, role],
  );
}

function builtIn(entity: Entity, role: SessionFacts['role']): NamedView[] {
  const view = (key: string, name: string, definition: ViewDefinition): NamedView => ({
    ...{ key, name, definition, kind: 'built-in', row: null, opensFirst: false },
  });
  return [
    view(everything, 'All', plainView),
    ...factsOf(entity.name)
      .filter(([, { needs }]) => mayRead({ role }, entityOf(needs)))
      .map(([fact, { label }]) => view(fact, label, { ...plainView, filters: [{ filter: { fact }, isOff: false }] })),
  ];
}

/** Where several programs share the very same view, it is one tab. */
function ofPrograms(entity: Entity, page: RowPage, programs: readonly string[]): NamedView[] {
  const views = kept(entity, page, 'shared').filter(
    ({ row }) => programs.length === 0 || programs.includes(String(row?.['programId'])),
  );
  const seen = new Set<string>();
  return views.filter(({ name, definition }) => {
    const what = JSON.stringify([name, definition]);
    return !seen.has(what) && seen.add(what);
  });
}

function kept(entity: Entity, page: RowPage, kind: 'mine' | 'shared'): NamedView[] {
  const fields = new Set(Object.keys(gridFields(entity)));
  return objectsOf(page)
    .filter((row) => row['entity'] === entity.name)
    .map((row) => ({
      ...{ key: row.id, name: String(row['name']), kind, row, opensFirst: row['isDefault'] === true },
      definition: readDefinition(entity, fields, row['definition']),
    }));
}

/** The view an address names, or the one that opens first; undefined until the views are known. */
export const viewFor = (views: readonly NamedView[] | undefined, key: string | null): NamedView | undefined =>
  views?.find((one) => (key === null ? one.opensFirst : one.key === key)) ?? views?.[0];

/** A view as it stands, to be kept. */
export const definitionOf = (view: GridView, columns: ViewColumn[] | null): ViewDefinition => ({
  columns,
  sort: view.sort,
  filters: view.filters,
  search: view.search,
  group: view.group,
  figures: view.figures,
});
