import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Fragment } from 'react';
import { Link, useLocation } from 'wouter';
import type { SyncState } from '../../shared/contract/requests';
import type { SessionFacts } from '../../shared/contract/wire';
import { useSync } from '../client/hooks';
import { Kbd } from '../ui/marks';
import { countText } from '../ui/moment';
import { areaOf, areasFor, type Area } from './areas';
import css from './rail.module.css';
import { keysText } from '../ui/keys';

/** The areas at the left: a word and an icon, or the icon alone. */
export function Rail({ user, narrow, onToggle }: { user: SessionFacts; narrow: boolean; onToggle: () => void }) {
  const [path] = useLocation();
  const sync = useSync();
  const here = areaOf(path);
  return (
    <nav className={css.rail} aria-label="Areas" data-narrow={narrow || undefined}>
      {areasFor(user).map((area, at) => {
        const count = needing(area, sync);
        const Icon = area.icon;
        return (
          <Fragment key={area.path}>
            {area.parted && <hr className={css.line} />}
            <Link
              href={area.path}
              className={css.item}
              aria-current={area === here ? 'page' : undefined}
              title={narrow ? `${area.label} (${keysText(`alt+${at + 1}`)})` : undefined}
            >
              <Icon size={16} stroke={1.6} aria-hidden />
              <span className={css.word}>{area.label}</span>
              {count > 0 && (
                <span className={css.count}>
                  {countText(count)}
                  <span className="only-read-aloud"> need you</span>
                </span>
              )}
            </Link>
          </Fragment>
        );
      })}
      <span className="grow" />
      <button
        type="button"
        className={css.item}
        aria-expanded={!narrow}
        title={narrow ? 'Unfold the areas' : 'Fold the areas'}
        onClick={onToggle}
      >
        {narrow ? <IconChevronRight size={16} aria-hidden /> : <IconChevronLeft size={16} aria-hidden />}
        <span className={css.word}>Collapse</span>
        <span className={css.keys}>
          <Kbd>{keysText('mod+b')}</Kbd>
        </span>
      </button>
    </nav>
  );
}

const needing = (area: Area, sync: SyncState | undefined): number =>
  area.name === 'sync' && sync ? sync.conflicts + sync.refused : 0;
