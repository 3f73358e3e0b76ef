import { useId, useState } from 'react';
import { useQuestion } from '../../../client/hooks';
import { Button } from '../../../ui/button';
import { counted } from '../../../ui/moment';
import css from './board.module.css';

interface StudentPickerProps {
  programId: string;
  ids: readonly string[];
  onChange: (ids: string[]) => void;
}

const most = 50;

/** Any number of active students, found by name or number. */
export function StudentPicker({ programId, ids, onChange }: StudentPickerProps) {
  const id = useId();
  const [search, setSearch] = useState('');
  const asked = { entity: 'students' as const, search, programId, where: { status: ['active'] }, limit: most };
  const { data } = useQuestion('rows.choices', asked, { keep: true });
  const found = data ?? [];
  const held = new Set(ids);
  const more = found.filter((one) => !held.has(one.id));
  return (
    <div className={css.picker}>
      <label htmlFor={id}>Students</label>
      <input
        id={id}
        className={css.input}
        type="search"
        placeholder="Name or number"
        value={search}
        data-autofocus
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={(event) => {
          const [first] = more;
          if (event.key !== 'Enter' || !first) return;
          event.preventDefault();
          onChange([...ids, first.id]);
        }}
      />
      <ul className={css.found} aria-label="Students found">
        {found.map((one) => (
          <li key={one.id}>
            <label>
              <input
                type="checkbox"
                checked={held.has(one.id)}
                onChange={() => onChange(held.has(one.id) ? ids.filter((other) => other !== one.id) : [...ids, one.id])}
              />
              <span className="ellipsis">{one.title}</span>
              <span className={`${css.end} muted small`}>{one.hint}</span>
            </label>
          </li>
        ))}
        {data && found.length === 0 && <li className="muted small">Nobody active is called that.</li>}
      </ul>
      <span className="row small">
        <span className="grow muted">{counted(ids.length, 'student')} chosen</span>
        {more.length > 1 && (
          <Button small look="link" onClick={() => onChange([...ids, ...more.map((one) => one.id)])}>
            Add these {more.length}
          </Button>
        )}
        {ids.length > 0 && (
          <Button small look="link" onClick={() => onChange([])}>
            Clear
          </Button>
        )}
      </span>
    </div>
  );
}
