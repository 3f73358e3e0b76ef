import type { Edit } from '../../../shared/contract/requests';
import { newId } from '../../../shared/model';
import type { ViewDefinition } from '../../../shared/rules/view-definition';
import { problemOf, request } from '../../client/request';
import { notify } from '../../ui/notify';
import type { NamedView } from './use-views';

/** Whom a view is for: oneself, or everybody in a program. */
export type ViewFor = { userId: string } | { programId: string };

async function save(edits: Edit[], label: string): Promise<boolean> {
  try {
    await request('rows.save', { edits, label });
    return true;
  } catch (error) {
    notify.problem(problemOf(error));
    return false;
  }
}

const entityFor = (whom: ViewFor): 'saved_views' | 'shared_views' =>
  'userId' in whom ? 'saved_views' : 'shared_views';
const entityOfView = ({ kind }: NamedView): 'saved_views' | 'shared_views' =>
  kind === 'mine' ? 'saved_views' : 'shared_views';

/** @returns the new view's key; null where it was refused, which has then been told */
export async function addView(
  grid: string,
  name: string,
  whom: ViewFor,
  definition: ViewDefinition,
): Promise<string | null> {
  const id = newId();
  const values = { entity: grid, name, definition, ...whom, ...('userId' in whom ? { isDefault: false } : {}) };
  const edit: Edit = { op: 'insert', entity: entityFor(whom), id, values };
  return (await save([edit], `Save the view “${name}”`)) ? id : null;
}

export const changeView = (view: NamedView, values: Record<string, unknown>, label: string): Promise<boolean> =>
  save([{ op: 'update', entity: entityOfView(view), id: view.key, values }], label);

export const removeView = (view: NamedView): Promise<boolean> =>
  save([{ op: 'delete', entity: entityOfView(view), id: view.key }], `Delete the view “${view.name}”`);

/** One view of a grid opens first, or none. */
export function openFirst(views: readonly NamedView[], view: NamedView | null): Promise<boolean> {
  const edits = views
    .filter((one) => one.kind === 'mine' && one.opensFirst !== (one === view))
    .map((one): Edit => ({ op: 'update', entity: 'saved_views', id: one.key, values: { isDefault: one === view } }));
  return save(edits, view ? `Open “${view.name}” first` : 'Open everything first');
}

/** “Paused” taken: “Paused 2”. */
export function freeName(wanted: string, views: readonly NamedView[]): string {
  const taken = new Set(views.map(({ name }) => name.toLowerCase()));
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted} ${n}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}
