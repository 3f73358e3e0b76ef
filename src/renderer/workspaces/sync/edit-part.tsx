import { useState } from 'react';
import type { NeedsYou } from '../../../shared/contract/needs-you';
import { entityOf, type EntityName } from '../../../shared/entities';
import { Button } from '../../ui/button';
import { wantedValues } from './change-text';
import { keyOf } from './settlement';
import css from './sync.module.css';
import { labelOf, type NamedValue } from './value-texts';
import { ValueEditor } from './value-editor';

export type Edited = Readonly<
  Record<string, { entity: EntityName; id: string; field: string; value: unknown; problem: string | null }>
>;

const fewRows = 5;

/** What was wanted, to be corrected: first what the server found fault with, the rest on demand. */
export function EditPart({
  item,
  edited,
  onEdit,
}: {
  item: NeedsYou;
  edited: Edited;
  onEdit: (edited: Edited) => void;
}) {
  const [isAll, setAll] = useState(false);
  const editable = item.rows.filter(({ op }) => op === 'insert' || op === 'update');
  const faults = new Set(item.refusal?.fields ?? []);
  const isAtFault = ({ id, field }: NamedValue): boolean =>
    faults.has(field) && (item.refusal?.id === undefined || item.refusal.id === id);
  const rows = editable.map((row) => ({ row, values: withMissing(row, item) }));
  const found = rows.some(({ values }) => values.some(isAtFault));
  const shown = rows
    .map(({ row, values }) => ({ row, values: isAll || !found ? values : values.filter(isAtFault) }))
    .filter(({ values }) => values.length > 0)
    .slice(0, fewRows);
  return (
    <>
      {shown.map(({ row, values }, at) => (
        <fieldset key={row.id} className={css.edits}>
          <legend className="small muted">
            {entityOf(row.entity).labels.one} {row.title}
          </legend>
          {values.map(({ field, value, wanted }, place) => {
            const { entity, id } = row;
            const key = keyOf({ entity, id, field });
            const label = labelOf(entity, field);
            return (
              <div key={key} className={css.edited}>
                <span className="small muted" aria-hidden>
                  {label}
                </span>
                <ValueEditor
                  {...{ entity, id, field, wanted, label }}
                  value={key in edited ? edited[key]?.value : value}
                  problem={edited[key]?.problem ?? null}
                  autoFocus={at === 0 && place === 0}
                  onChange={(next, problem) =>
                    onEdit({ ...edited, [key]: { entity, id, field, value: next, problem } })
                  }
                />
              </div>
            );
          })}
        </fieldset>
      ))}
      {found && !isAll && (
        <Button small look="link" onClick={() => setAll(true)}>
          Show all of what you wanted
        </Button>
      )}
    </>
  );
}

/** The values of a row that can be typed, and those the server missed, empty. */
function withMissing(row: NeedsYou['rows'][number], { refusal }: NeedsYou): NamedValue[] {
  const { fields } = entityOf(row.entity);
  const values = wantedValues(row).filter(({ field }) => {
    const declared = fields[field];
    return declared && !declared.options.readOnly && (row.op === 'insert' || !declared.options.fixed);
  });
  const missing = (refusal?.id === row.id ? (refusal.fields ?? []) : []).filter(
    (field) => fields[field] && field !== 'programId' && !(field in row.values),
  );
  return [
    ...missing.map((field) => ({ entity: row.entity, id: row.id, field, value: null, wanted: row.values })),
    ...values,
  ];
}
