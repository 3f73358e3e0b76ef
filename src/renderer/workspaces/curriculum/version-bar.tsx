import { IconLock } from '@tabler/icons-react';
import { useQuestion } from '../../client/hooks';
import { momentText } from '../../ui/moment';
import css from './curriculum.module.css';
import { StatePill } from './outline-row';
import { ancestorsOf, countOf, durationText } from './outline-tree';
import type { OutlineState } from './use-outline';

/** Which curriculum the focus is in, how it stands, how much it holds, and why it cannot be changed where it cannot. */
export function VersionBar({ outline: { outline, nodes, byId, selection } }: { outline: OutlineState }) {
  const focused = selection.focus === null ? undefined : byId.get(selection.focus);
  const top = focused
    ? [focused, ...ancestorsOf(byId, focused.id)].find((node) => node.entity === 'curricula')
    : nodes[0];
  const { data } = useQuestion('rows.read', { entity: 'curricula', ids: top ? [top.id] : [] }, { keep: true });
  const row = data?.find(({ id }) => id === top?.id);
  if (!top?.state) return null;
  const version = row?.['version'];
  return (
    <div className={css.version}>
      <StatePill state={top.state} {...(typeof version === 'number' ? { version } : {})} />
      <span className="medium ellipsis" dir="auto">
        {top.name}
      </span>
      <span className="small muted ellipsis">
        {countOf('lessons', top.lessons)} · {top.minutes > 0 ? durationText(top.minutes) : 'no duration yet'}
        {row?.updatedAt != null && ` · changed ${momentText(row.updatedAt)}`}
      </span>
      {!outline.canEdit && (
        <>
          <span className="grow" />
          <span className={`${css.readOnly} small muted ellipsis`} title={outline.whyNot ?? undefined}>
            <IconLock size={12} aria-hidden /> Read only. {outline.whyNot}
          </span>
        </>
      )}
    </div>
  );
}
