import { modals } from '@mantine/modals';
import { request, problemOf } from '../../client/request';
import { Button } from '../../ui/button';
import type { Removal } from '../../../shared/contract/requests';
import { entityOf, type EntityName } from '../../../shared/entities';
import { confirm } from '../../ui/confirm';
import { counted } from '../../ui/moment';
import { notify } from '../../ui/notify';
import css from './entity-page.module.css';

const named = (entity: EntityName, count: number): string => {
  const { one, many } = entityOf(entity).labels;
  return counted(count, one.toLowerCase(), many.toLowerCase());
};

const listed = (parts: string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

interface Doomed {
  id: string;
  title: string;
}

/**
 * Deletes rows. What stands against it is listed and nothing happens; what goes with them is named before; otherwise it is done at once, with the
 * way back offered.
 * @returns whether the rows were deleted
 */
export async function removeRows(entity: EntityName, rows: readonly Doomed[]): Promise<boolean> {
  const [first] = rows;
  if (!first) return false;
  const ids = rows.map(({ id }) => id);
  const what = rows.length === 1 ? first.title : named(entity, rows.length);
  try {
    const removal = await request('rows.removal', { entity, ids });
    if (removal.blockers.length > 0) {
      modals.open({ title: `${what} cannot be deleted yet`, children: <Blockers removal={removal} /> });
      return false;
    }
    const contents = removal.contents.filter(({ count }) => count > 0);
    const with_ = listed(contents.map((one) => named(one.entity, one.count)));
    if (contents.length > 0) {
      const agreed = await confirm({
        title: `Delete ${what}?`,
        body: `${with_} ${contents.length === 1 && contents[0]?.count === 1 ? 'is' : 'are'} deleted with it. You can undo this.`,
        action: `Delete ${what}`,
        dangerous: true,
      });
      if (!agreed) return false;
    }
    const { mutationId } = await request('rows.save', {
      edits: ids.map((id) => ({ op: 'delete' as const, entity, id })),
      label: `Delete ${what}`.slice(0, 200),
      via: 'typed',
    });
    notify.done(`Deleted ${what}${with_ ? `, with ${with_}` : ''}.`, { undo: () => undoAct(mutationId) });
    return true;
  } catch (error) {
    notify.problem(problemOf(error));
    return false;
  }
}

/** Takes one act back, whatever was done since. */
export function undoAct(mutationId: string): void {
  request('history.undo', { id: mutationId }).then(
    ({ label, skipped }) => {
      if (label === null) return notify.info('This was undone already.');
      const left =
        skipped.length > 0
          ? ` Left alone, because it was changed since: ${listed(skipped.map(({ title }) => title))}.`
          : '';
      notify.info(`Undone: ${label}.${left}`);
    },
    (error: unknown) => notify.problem(problemOf(error)),
  );
}

const shownBlockers = 8;

function Blockers({ removal: { blockers } }: { removal: Removal }) {
  return (
    <>
      <p>This stands against it:</p>
      <ul className={css.blockers}>
        {blockers.slice(0, shownBlockers).map(({ entity, id, title, why }) => (
          <li key={id}>
            <span className="medium">
              {entityOf(entity).labels.one} {title}
            </span>
            : {why}
          </li>
        ))}
      </ul>
      {blockers.length > shownBlockers && <p className="muted">and {blockers.length - shownBlockers} more.</p>}
      <p className="muted">Nothing was deleted.</p>
      <div className={css.close}>
        <Button data-autofocus onClick={() => modals.closeAll()}>
          Close
        </Button>
      </div>
    </>
  );
}
