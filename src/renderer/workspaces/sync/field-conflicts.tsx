import { IconPencil } from '@tabler/icons-react';
import { Fragment, useId } from 'react';
import type { NeedsYou } from '../../../shared/contract/needs-you';
import { Button } from '../../ui/button';
import { momentText } from '../../ui/moment';
import { whoIs } from './consequence';
import { choiceOf, keyOf, untouched, type Conflict, type Decisions, type FieldChoice } from './settlement';
import css from './sync.module.css';
import { labelOf, useValueTexts } from './value-texts';
import { ValueEditor } from './value-editor';

/** A paste of many cells shows this many of those nobody else touched. */
const fewKept = 4;

interface FieldConflictsProps {
  item: NeedsYou;
  decisions: Decisions;
  onDecide: (decisions: Decisions) => void;
}

/** Field by field what stood before, what I typed and what they saved; each is chosen, or typed anew. */
export function FieldConflicts({ item, decisions, onDecide }: FieldConflictsProps) {
  const group = useId();
  const { conflicts } = item;
  const kept = untouched(item);
  const text = useValueTexts([
    ...conflicts.flatMap(({ entity, id, field, base, mine, theirs }) =>
      [base, mine, theirs].map((value) => ({ entity, id, field, value })),
    ),
    ...kept.slice(0, fewKept),
  ]);
  const [first] = conflicts;
  const isMany = new Set(conflicts.map(({ id }) => id)).size > 1;
  const decide = (conflict: Conflict, choice: FieldChoice) =>
    onDecide({ ...decisions, fields: { ...decisions.fields, [keyOf(conflict)]: choice } });
  return (
    <table className={css.sides}>
      <colgroup>
        <col className={css.narrow} />
        <col className={css.before} />
        <col />
        <col />
        <col className={css.pencil} />
      </colgroup>
      <thead>
        <tr>
          <td />
          <SideHead title="Before" detail="what you saw" />
          <SideHead title="Mine" detail={`You, this desk · ${momentText(item.at)}`} />
          <SideHead title="Theirs" detail={theirsText(first)} />
          <td className={css.bare} />
        </tr>
      </thead>
      <tbody>
        {conflicts.map((conflict) => {
          const choice = choiceOf(decisions, conflict);
          const label = labelOf(conflict.entity, conflict.field);
          const named = isMany ? `${label} of ${conflict.title}` : label;
          return (
            <Fragment key={keyOf(conflict)}>
              <tr>
                <th scope="row">
                  {label}
                  {isMany && <span className="quiet micro"> {conflict.title}</span>}
                </th>
                <td>{text({ ...conflict, value: conflict.base })}</td>
                {(['mine', 'theirs'] as const).map((side) => (
                  <td key={side} data-picked={choice.take === side || undefined}>
                    <label className={css.choice}>
                      <input
                        type="radio"
                        name={`${group}-${keyOf(conflict)}`}
                        checked={choice.take === side}
                        onChange={() => decide(conflict, { take: side })}
                      />
                      <span>
                        {text({ ...conflict, value: conflict[side] })}
                        <span className="only-read-aloud">
                          , {side}, {named}
                        </span>
                      </span>
                    </label>
                  </td>
                ))}
                <td className={`${css.edit ?? ''} ${css.bare ?? ''}`}>
                  <Button
                    small
                    look="ghost"
                    icon={<IconPencil />}
                    on={choice.take === 'other'}
                    aria-label={`Type another value for ${named}`}
                    title="Neither: type another value"
                    onClick={() =>
                      decide(
                        conflict,
                        choice.take === 'other'
                          ? { take: 'mine' }
                          : { take: 'other', value: conflict.mine, problem: null },
                      )
                    }
                  />
                </td>
              </tr>
              {choice.take === 'other' && (
                <tr>
                  <th scope="row">Instead</th>
                  <td colSpan={4} data-picked>
                    <ValueEditor
                      {...{ entity: conflict.entity, id: conflict.id, field: conflict.field }}
                      label={`Another value for ${named}`}
                      value={choice.value}
                      problem={choice.problem}
                      autoFocus
                      onChange={(value, problem) => decide(conflict, { take: 'other', value, problem })}
                    />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
        {kept.slice(0, fewKept).map((one) => (
          <tr key={keyOf(one)}>
            <th scope="row">{labelOf(one.entity, one.field)}</th>
            <td className="quiet">nobody else changed it</td>
            <td>{text(one)}</td>
            <td className="quiet">unchanged</td>
            <td className={css.bare} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const theirsText = (conflict: Conflict | undefined): string =>
  [whoIs(conflict?.theirsName ?? null), conflict?.theirsAt != null && momentText(conflict.theirsAt)]
    .filter(Boolean)
    .join(' · ');

export const SideHead = ({ title, detail }: { title: string; detail: string }) => (
  <th scope="col">
    <span className="medium">{title}</span>
    <br />
    <span className="quiet">{detail}</span>
  </th>
);
