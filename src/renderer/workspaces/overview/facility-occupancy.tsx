import { useState } from 'react';
import { Link } from 'wouter';
import type { Overview } from '../../../shared/contract/answers';
import { pathOf } from '../../client/paths';
import { Button } from '../../ui/button';
import { Bar } from '../../ui/marks';
import { countText } from '../../ui/moment';
import { EmptyState } from '../../ui/states';
import css from './overview.module.css';

/** From here on a bar turns amber; the number beside it says the same. */
const nearlyFull = 0.95;
const atFirst = 6;

/** How full the fullest group of each place is, the fullest first. */
export function FacilityOccupancy({ places }: { places: Overview['occupancy'] }) {
  const [all, setAll] = useState(false);
  const sorted = [...places].sort((a, b) => share(b) - share(a));
  const shown = all ? sorted : sorted.slice(0, atFirst);
  return (
    <section className={css.places} aria-labelledby="occupancy">
      <header className={css.head}>
        <h2 id="occupancy" className="grow">
          Occupancy by facility <span className="quiet small">its fullest group</span>
        </h2>
        {sorted.length > atFirst && (
          <Button small look="ghost" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show all ${countText(sorted.length)}`}
          </Button>
        )}
        <Link href="/facilities/occupancy" className={css.link}>
          <span className="small">All groups</span>
        </Link>
      </header>
      {shown.length === 0 && (
        <EmptyState title="No facility has a capacity yet">
          Give a facility a capacity to see how full it is.
        </EmptyState>
      )}
      <ul className={css.list}>
        {shown.map((place) => (
          <li key={place.facilityId} className={css.place}>
            <Link
              href={pathOf('facilities', place.facilityId)}
              className={`ellipsis ${css.link ?? ''}`}
              title={`${place.facility}, ${place.group}`}
            >
              {place.facility} <span className="quiet">{place.group}</span>
            </Link>
            <Bar
              part={place.taken}
              of={place.capacity}
              full={share(place) >= nearlyFull}
              label={`${place.facility}, ${place.group}: ${place.taken} of ${place.capacity} taken`}
            />
            <b className={`${css.number ?? ''} ${share(place) > 1 ? 'tone-danger' : ''}`}>
              {Math.round(share(place) * 100)} %
            </b>
            <span className={`quiet ${css.number ?? ''}`}>
              {countText(place.taken)} / {countText(place.capacity)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const share = ({ taken, capacity }: { taken: number; capacity: number }) => (capacity > 0 ? taken / capacity : 0);
