import { IconLock } from '@tabler/icons-react';
import { useId } from 'react';
import { moneyText } from '../../../shared/rules/number-text';
import type { Lookups } from '../../forms/lookups';
import { Bar, Pill } from '../../ui/marks';
import css from './enroll.module.css';
import { seatsText, type FacilityOffers, type Offer } from './suggest';

interface OfferListProps {
  groups: readonly FacilityOffers[];
  chosen: string | null;
  lookups: Lookups;
  programId: string;
  onChoose: (offer: Offer) => void;
}

/** Every configuration of the course, by facility. Radio buttons of the browser: arrows move, Tab passes on. */
export function OfferList({ groups, chosen, lookups, programId, onChoose }: OfferListProps) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label="Facility and configuration" className={css.offers}>
      {groups.map(({ facilityId, facility, offers }) => (
        <section key={facilityId} aria-label={facility}>
          <h3 className={css.facility}>{facility}</h3>
          {offers.map((offer) => (
            <OfferRow
              key={offer.key}
              {...{ offer, name, lookups, programId }}
              isChosen={offer.key === chosen}
              onChoose={() => onChoose(offer)}
            />
          ))}
        </section>
      ))}
    </div>
  );
}

interface OfferRowProps {
  offer: Offer;
  name: string;
  isChosen: boolean;
  lookups: Lookups;
  programId: string;
  onChoose: () => void;
}

function OfferRow({ offer, name, isChosen, lookups, programId, onChoose }: OfferRowProps) {
  const { blocked, capacity, taken, price, currency } = offer;
  const id = useId();
  return (
    <label className={css.offer} data-chosen={isChosen || undefined} data-blocked={blocked !== null || undefined}>
      <input
        type="radio"
        name={name}
        checked={isChosen}
        disabled={blocked !== null}
        aria-describedby={`${id}-seats`}
        onChange={onChoose}
      />
      <span className={css.offerWords}>
        <span className="row">
          <span className="medium ellipsis proportional">{configurationText(offer, lookups, programId)}</span>
          {offer.fits === true && blocked === null && <Pill tone="accent">For this age</Pill>}
          {offer.fits === false && <Pill tone="warning">Another age</Pill>}
        </span>
        <span id={`${id}-seats`} className={css.seats}>
          {blocked !== null ? (
            <span className="row">
              <IconLock size={12} aria-hidden />
              {blocked}
            </span>
          ) : (
            <>
              {capacity !== null && <Bar part={taken} of={capacity} label="Seats taken" full={taken >= capacity} />}
              <span>{seatsText(offer)}</span>
            </>
          )}
        </span>
      </span>
      <span className={css.price}>{moneyText(price, currency, lookups.locale)}</span>
    </label>
  );
}

interface Configuration {
  ageGroup: string;
  locationType: string;
  sessionType: string;
}

/** `6–8 years · Group · Our facility`. */
export function configurationText(
  { ageGroup, locationType, sessionType }: Configuration,
  lookups: Lookups,
  programId: string,
): string {
  const label = (kind: string, code: string) => lookups.options(programId, kind)[code] ?? code;
  return [label('age_group', ageGroup), label('session_type', sessionType), label('location_type', locationType)].join(
    ' · ',
  );
}
