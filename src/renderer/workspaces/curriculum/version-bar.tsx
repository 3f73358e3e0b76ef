import { Menu } from '@mantine/core';
import { IconArrowRight, IconChevronDown, IconGitMerge, IconLock } from '@tabler/icons-react';
import type { CurriculumVersion } from '../../../shared/contract/requests';
import { inForceAt } from '../../../shared/rules/curriculum';
import { AsOfNote, useAsOf } from '../../client/as-of';
import { Button } from '../../ui/button';
import { counted, momentText } from '../../ui/moment';
import { changesText } from './change-words';
import css from './curriculum.module.css';
import { StatePill } from './outline-row';
import { selectOne } from './outline-selection';
import { countOf, durationText } from './outline-tree';
import type { OutlineState } from './use-outline';

interface VersionBarProps {
  outline: OutlineState;
  isComparing: boolean;
  onCompare: (isOpen: boolean) => void;
  isTaking: boolean;
  onTake: (isOpen: boolean) => void;
}

/** Which curriculum the focus is in, how it stands against the published version, and why it cannot be changed where it cannot. */
export function VersionBar({
  outline: { outline, versions, select },
  isComparing,
  onCompare,
  isTaking,
  onTake,
}: VersionBarProps) {
  const { current, here, published, base, comparison, news } = versions;
  const asOf = useAsOf();
  if (!current?.state) return null;
  const then = asOf.isToday ? null : inForceAt(versions.list, endOf(asOf.day));
  const count = comparison && here?.state === 'draft' ? comparison.changes.length : null;
  return (
    <>
      <AsOfNote>
        {then === null
          ? `No version of “${current.name}” was in force on ${asOf.text}.`
          : `On ${asOf.text} version ${then.version} was in force${then.id === here?.id ? ': this one' : ''}.`}
        {then !== null && then.id !== here?.id && (
          <Button small look="link" onClick={() => select(selectOne(then.id))}>
            Show version {then.version}
          </Button>
        )}
      </AsOfNote>
      <div className={css.version}>
        <StatePill state={current.state} {...(current.version === null ? {} : { version: current.version })} />
        <span className="medium ellipsis" dir="auto">
          {current.name}
        </span>
        <span className="small muted ellipsis">
          {here?.startedBy ? `Started by ${here.startedBy}` : countOf('lessons', current.lessons)}
          {here?.startedBy && here.startedAt !== null && `, ${momentText(here.startedAt)}`}
          {count === null
            ? ` · ${current.minutes > 0 ? durationText(current.minutes) : 'no duration yet'}`
            : ` · ${counted(count, 'change')}`}
        </span>
        {here?.state === 'draft' && published && (
          <span className={`${css.against} small muted`}>
            <IconArrowRight size={14} aria-label="takes the place of" />
            <StatePill state="published" version={published.version} />
            <span className={`${css.readOnly} ellipsis`}>
              <IconLock size={12} aria-hidden /> read only · {learnersText(published)}
            </span>
          </span>
        )}
        <span className="grow" />
        {here && here.state !== 'draft' && (
          <span className={`${css.readOnly} small muted ellipsis`}>
            <IconLock size={12} aria-hidden /> Read only · {learnersText(here)}
          </span>
        )}
        {!outline.canEdit && here?.state === 'draft' && (
          <span className={`${css.readOnly} small muted ellipsis`} title={outline.whyNot ?? undefined}>
            <IconLock size={12} aria-hidden /> Read only. {outline.whyNot}
          </span>
        )}
        {news && (
          <Button
            small
            on={isTaking}
            icon={<IconGitMerge />}
            className={css.news}
            title={`“${news.source.name}”, which this was copied from, has a newer version`}
            onClick={() => onTake(!isTaking)}
          >
            Source changed: {changesText(news.changes) || 'nothing you do not have'}
          </Button>
        )}
        {base && (
          <span className={css.compare}>
            <Button small on={isComparing} onClick={() => onCompare(!isComparing)}>
              Compare with v{base.version}
            </Button>
            {versions.list.length > 2 && <Others versions={versions} onChosen={() => onCompare(true)} />}
          </span>
        )}
      </div>
    </>
  );
}

/** The last moment of a day, by this computer's clock. */
function endOf(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + 1).getTime() - 1;
}

const learnersText = (version: CurriculumVersion): string =>
  version.learners === 0 ? 'no progress recorded' : `${counted(version.learners, 'learner')} with progress`;

function Others({ versions, onChosen }: { versions: OutlineState['versions']; onChosen: () => void }) {
  const { list, here, base, compareWith } = versions;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button small icon={<IconChevronDown />} aria-label="Compare with another version" />
      </Menu.Target>
      <Menu.Dropdown>
        {list
          .filter(({ id }) => id !== here?.id)
          .map((version) => (
            <Menu.Item
              key={version.id}
              aria-current={version.id === base?.id}
              onClick={() => {
                compareWith(version.id);
                onChosen();
              }}
            >
              Version {version.version} · {version.state} · {countOf('lessons', version.lessons)}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
