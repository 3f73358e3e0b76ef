import type { Lookups } from '../../forms/lookups';
import type { EnrollDraft } from './enroll-draft';
import css from './enroll.module.css';
import { facilityField, optionField, PickField } from './pick-field';

interface ByHandProps {
  draft: EnrollDraft;
  lookups: Lookups;
  programId: string;
  facility: string;
  issues: Readonly<Record<string, string>>;
  onChange: (changes: Partial<EnrollDraft>) => void;
}

const parts = [
  { name: 'ageGroup', field: optionField('Age group', 'age_group'), kind: 'age_group' },
  { name: 'sessionType', field: optionField('Session', 'session_type'), kind: 'session_type' },
  { name: 'locationType', field: optionField('Location', 'location_type'), kind: 'location_type' },
] as const;

/** Any facility and configuration, with a price or without: what has none is named, and a price can be added. */
export function ByHand({ draft, lookups, programId, facility, issues, onChange }: ByHandProps) {
  return (
    <div className={css.four}>
      <PickField
        field={facilityField}
        value={draft.facilityId}
        text={facility}
        issue={issues['facilityId']}
        onChange={(facilityId) => onChange({ facilityId })}
        {...{ lookups, programId }}
      />
      {parts.map(({ name, field, kind }) => (
        <PickField
          key={name}
          field={field}
          value={draft[name]}
          text={draft[name] ? (lookups.options(programId, kind)[draft[name]] ?? draft[name]) : ''}
          issue={issues[name]}
          onChange={(value) => onChange({ [name]: value })}
          {...{ lookups, programId }}
        />
      ))}
    </div>
  );
}
