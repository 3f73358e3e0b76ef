import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CurriculumVersion, VersionComparison } from '../../../shared/contract/requests';
import type { NodeChange } from '../../../shared/rules/curriculum-diff';
import { usePanelWidth } from '../../client/panels';
import { Inspector, Section } from '../../ui/inspector';
import { counted } from '../../ui/moment';
import { EmptyState, LoadingState } from '../../ui/states';
import { EditedFields, groups, placeText, type Group } from './change-words';
import css from './changes.module.css';
import { durationText } from './outline-tree';

interface ChangesPanelProps {
  here: CurriculumVersion;
  base: CurriculumVersion;
  comparison: VersionComparison | undefined;
  onClose: () => void;
  /** Goes to a node of the outline. */
  onShow: (id: string) => void;
}

/** What differs between two versions, in the words of the people who made the changes. */
export function ChangesPanel({ here, base, comparison, onClose, onShow }: ChangesPanelProps) {
  const [width, setWidth] = usePanelWidth('curriculum.changes', 304);
  const titles = { draft: 'Draft', published: 'Published', archived: 'Archived' };
  return (
    <Inspector
      label="Changes"
      title="Changes"
      subtitle={`${titles[here.state]} v${here.version} against ${titles[base.state].toLowerCase()} v${base.version}`}
      width={width}
      onWidth={setWidth}
      onClose={onClose}
    >
      {comparison ? <Changes comparison={comparison} onShow={onShow} /> : <LoadingState rows={6} label="Comparing" />}
    </Inspector>
  );
}

function Changes({ comparison, onShow }: { comparison: VersionComparison; onShow: (id: string) => void }) {
  const { changes, from, to } = comparison;
  const of = ({ is }: Group): NodeChange[] => changes.filter((change) => change[is] !== undefined);
  return (
    <>
      <dl className={css.counts}>
        {groups
          .filter(({ is }) => is !== 'edited')
          .map((group) => (
            <div key={group.is} data-tone={of(group).length > 0 ? group.tone : undefined}>
              <dd>{of(group).length}</dd>
              <dt>{group.title.toLowerCase()}</dt>
            </div>
          ))}
      </dl>
      {changes.length === 0 && (
        <EmptyState title="The two versions are the same">What you change in the draft is listed here.</EmptyState>
      )}
      {groups.map((group) => {
        const list = of(group).filter((change) => group.is !== 'edited' || !change.renamed);
        return (
          list.length > 0 && (
            <Section key={group.is} title={group.title}>
              <ul className={css.list}>
                {list.map((change) => (
                  <ChangeItem key={change.key} {...{ change, group, comparison, onShow }} />
                ))}
              </ul>
            </Section>
          )
        );
      })}
      <Section title="In all">
        <dl className={css.totals}>
          <Total
            name="Duration"
            before={from.minutes}
            now={to.minutes}
            text={(minutes) => (minutes ? durationText(minutes) : '0')}
          />
          <Total name="Lessons" before={from.lessons} now={to.lessons} text={(count) => count.toLocaleString()} />
        </dl>
      </Section>
      {to.state === 'draft' && <BeforePublishing comparison={comparison} />}
    </>
  );
}

interface ChangeItemProps {
  change: NodeChange;
  group: Group;
  comparison: VersionComparison;
  onShow: (id: string) => void;
}

function ChangeItem({ change, group: { is, icon: Icon, tone }, comparison, onShow }: ChangeItemProps) {
  const { name, moved, renamed, edited, removed, place, key } = change;
  const learners = comparison.learners[key] ?? 0;
  const title: ReactNode = removed ? (
    <s className="medium">{name}</s>
  ) : (
    <button type="button" className={css.name} dir="auto" onClick={() => onShow(change.id)}>
      {name}
    </button>
  );
  return (
    <li className={css.item} data-tone={tone}>
      <span className={css.mark} aria-hidden>
        <Icon size={14} />
      </span>
      <div className="grow">
        {is === 'renamed' && renamed && <s className="small quiet">{renamed.from}</s>}
        <div>{title}</div>
        <div className="small muted">
          {is === 'moved' && moved ? (
            <>
              {placeText(moved.from)} <br />→ {placeText(moved.to)}
            </>
          ) : (
            placeText(place)
          )}
        </div>
        {(is === 'edited' || is === 'renamed') && edited && <EditedFields edited={edited} />}
        {learners > 0 && (
          <div className="small muted">
            {counted(learners, 'learner')} {removed ? 'have progress on it' : 'keep their progress'}
          </div>
        )}
      </div>
    </li>
  );
}

function Total({
  name,
  before,
  now,
  text,
}: {
  name: string;
  before: number;
  now: number;
  text: (n: number) => string;
}) {
  const difference = now - before;
  return (
    <div>
      <dt className="muted">{name}</dt>
      <dd>
        {difference !== 0 && <s className="quiet">{text(before)}</s>} <b>{text(now)}</b>{' '}
        {difference !== 0 && (
          <span className={css.difference}>
            {difference > 0 ? '+' : '−'}
            {text(Math.abs(difference))}
          </span>
        )}
      </dd>
    </div>
  );
}

/** What somebody should know before this draft takes the place of the published version. */
function BeforePublishing({ comparison: { changes, learners } }: { comparison: VersionComparison }) {
  const touched = (kind: 'removed' | 'moved') =>
    changes.filter((change) => change[kind] !== undefined && (learners[change.key] ?? 0) > 0);
  const removed = touched('removed');
  const kept = Math.max(0, ...touched('moved').map((change) => learners[change.key] ?? 0));
  return (
    <Section title="Before you publish">
      <ul className={css.checks}>
        {removed.length === 0 ? (
          <li data-tone="success">
            <IconCheck size={16} aria-hidden /> No lesson with progress is removed
          </li>
        ) : (
          <li data-tone="warning">
            <IconAlertTriangle size={16} aria-hidden />{' '}
            {removed.length === 1
              ? 'A lesson that learners have progress on is removed. You will be asked where it goes.'
              : `${removed.length} lessons that learners have progress on are removed. You will be asked where it goes.`}
          </li>
        )}
        {kept > 0 && (
          <li data-tone="success">
            <IconCheck size={16} aria-hidden /> {counted(kept, 'learner')} keep their progress on what was moved
          </li>
        )}
        <li data-tone="info">
          <IconInfoCircle size={16} aria-hidden /> The published version is archived, and can be published again
        </li>
      </ul>
    </Section>
  );
}
