import { useId, type ReactNode } from 'react';
import type { NeedsYou, RowClash } from '../../../shared/contract/needs-you';
import { entityOf } from '../../../shared/entities';
import { counted, momentText } from '../../ui/moment';
import { oneOf, whoIs } from './consequence';
import { SideHead } from './field-conflicts';
import { rowKeyOf, sideOf, whoRestores, type Decisions, type Side } from './settlement';
import css from './sync.module.css';
import { labelOf, useValueTexts } from './value-texts';

const few = 5;

interface RowClashesProps {
  item: NeedsYou;
  decisions: Decisions;
  onDecide: (decisions: Decisions) => void;
}

/** Record by record: one of us deletes it, the other works on it. */
export function RowClashes({ item, decisions, onDecide }: RowClashesProps) {
  const group = useId();
  const [first] = item.clashes;
  return (
    <table className={css.sides}>
      <colgroup>
        <col className={css.wide} />
        <col />
        <col />
      </colgroup>
      <thead>
        <tr>
          <td />
          <SideHead title="Mine" detail={`You, this desk · ${momentText(item.at)}`} />
          <SideHead
            title="Theirs"
            detail={[whoIs(first?.theirsName ?? null), first?.theirsAt != null && momentText(first.theirsAt)]
              .filter(Boolean)
              .join(' · ')}
          />
        </tr>
      </thead>
      <tbody>
        {item.clashes.map((clash) => {
          const needs = whoRestores(clash);
          return (
            <tr key={rowKeyOf(clash)}>
              <th scope="row">
                {entityOf(clash.entity).labels.one} <b className="medium">{clash.title}</b>
              </th>
              {(['mine', 'theirs'] as const).map((side) => (
                <td key={side} data-picked={sideOf(decisions, clash) === side || undefined}>
                  <label className={css.choice}>
                    <input
                      type="radio"
                      name={`${group}-${rowKeyOf(clash)}`}
                      disabled={side === 'mine' && needs !== null}
                      checked={sideOf(decisions, clash) === side}
                      onChange={() => onDecide({ ...decisions, rows: { ...decisions.rows, [rowKeyOf(clash)]: side } })}
                    />
                    <span>
                      <SideText {...{ item, clash, side }} />
                      {side === 'mine' && needs !== null && (
                        <span className="quiet small"> Only {needs} can restore it.</span>
                      )}
                    </span>
                  </label>
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function SideText({ item, clash, side }: { item: NeedsYou; clash: RowClash; side: Side }): ReactNode {
  const doing =
    clash.kind === 'changed'
      ? { mine: 'Deleted', theirs: <News clash={clash} /> }
      : { mine: <Wanted item={item} clash={clash} />, theirs: 'Deleted' };
  return doing[side];
}

/** What they did to what I delete. */
function News({ clash }: { clash: Extract<RowClash, { kind: 'changed' }> }) {
  const { news, total } = clash;
  return (
    <span className={css.lines}>
      {news.slice(0, few).map(({ entity, id, title, isNew, fields, byName, at }) => (
        <span key={id}>
          {isNew ? `Added ${oneOf(entity)} ` : 'Changed '}
          {!isNew && <b className="medium">{fields.join(', ') || 'it'}</b>}
          {!isNew && id !== clash.id && ' of '}
          {(isNew || id !== clash.id) && <b className="medium">“{title}”</b>}{' '}
          <span className="quiet small">
            {whoIs(byName)} · {momentText(at)}
          </span>
        </span>
      ))}
      {total > few && <span className="quiet small">and {counted(total - few, 'more change')}</span>}
    </span>
  );
}

/** What I did to what they deleted. */
function Wanted({ item, clash }: { item: NeedsYou; clash: RowClash }) {
  const rows = item.rows.filter(
    ({ id, values }) => id === clash.id || Object.values(values).some((value) => value === clash.id),
  );
  const text = useValueTexts(
    rows.flatMap(({ entity, id, values }) =>
      Object.entries(values).map(([field, value]) => ({ entity, id, field, value })),
    ),
  );
  return (
    <span className={css.lines}>
      {rows.slice(0, few).map(({ entity, id, title, op, values }) =>
        op === 'insert' ? (
          <span key={id}>
            Added {oneOf(entity)} <b className="medium">“{title}”</b>
          </span>
        ) : (
          Object.entries(values)
            .slice(0, few)
            .map(([field, value]) => (
              <span key={`${id} ${field}`}>
                {labelOf(entity, field)} <b className="medium">{text({ entity, id, field, value, wanted: values })}</b>
              </span>
            ))
        ),
      )}
      {rows.length > few && <span className="quiet small">and {counted(rows.length - few, 'more record')}</span>}
    </span>
  );
}
