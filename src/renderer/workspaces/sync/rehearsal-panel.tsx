import { IconAlertTriangle, IconArrowMerge, IconCheck, IconCircleX } from '@tabler/icons-react';
import type { Rehearsal, RehearsedOutcome } from '../../../shared/contract/sync';
import { counted, countText } from '../../ui/moment';
import { Note } from '../../ui/states';
import css from './rehearsal.module.css';

/** What has happened already or changes nothing counts as what will apply: nothing is to be decided about it. */
const groups = [
  { name: 'apply', of: ['apply', 'same', 'sent'], words: 'will apply', icon: IconCheck },
  { name: 'merge', of: ['merge'], words: 'will merge, other fields', icon: IconArrowMerge },
  { name: 'conflict', of: ['conflict'], words: 'will conflict', icon: IconAlertTriangle },
  { name: 'refuse', of: ['refuse'], words: 'will be refused', icon: IconCircleX },
] as const satisfies readonly { name: string; of: readonly RehearsedOutcome[]; words: string; icon: unknown }[];

/** The totals of a rehearsal: four numbers, and how they share a bar. */
export function RehearsalPanel({ rehearsal }: { rehearsal: Rehearsal }) {
  const { counts, more, changes } = rehearsal;
  const totals = groups.map((group) => ({ ...group, count: group.of.reduce((sum, name) => sum + counts[name], 0) }));
  return (
    <section className={css.panel} aria-label="What sending will do">
      <dl className={css.tiles}>
        {totals.map(({ name, words, count, icon: Icon }) => (
          <div key={name} className={css[name]}>
            <dd className={css.number}>{countText(count)}</dd>
            <dt>
              <Icon size={16} aria-hidden /> {words}
            </dt>
          </div>
        ))}
      </dl>
      <div className={css.bar} aria-hidden>
        {totals.map(
          ({ name, count }) =>
            count > 0 && <span key={name} className={css[name]} style={{ flexGrow: count / changes.length }} />,
        )}
      </div>
      {more > 0 && (
        <Note>
          {counted(more, 'later change waits', 'later changes wait')} and can be rehearsed once these are sent.
        </Note>
      )}
    </section>
  );
}
