import { useState } from 'react';
import type { ImportMapping, ImportRecipe } from '../../shared/contract/exchange';
import { newId, type Entity, type Json } from '../../shared/model';
import { useCommand, useUser } from '../client/hooks';
import { Button } from '../ui/button';
import { notify } from '../ui/notify';
import css from './exchange.module.css';
import type { Opened } from './import-draft';

interface RecipeBarProps {
  entity: Entity;
  opened: Opened;
  mapping: ImportMapping;
  setMapping: (mapping: ImportMapping) => void;
}

/** The mapping under a name, for the next file of the same kind. */
export function RecipeBar({ entity, opened, mapping, setMapping }: RecipeBarProps) {
  const user = useUser();
  const { recipes, suggested, roundTrip } = opened.columns;
  const [kept, setKept] = useState<ImportRecipe[]>([]);
  const all = [...kept, ...recipes.filter(({ name }) => !kept.some((one) => one.name === name))];
  const [chosen, setChosen] = useState(roundTrip ? '' : (recipes[0]?.name ?? ''));
  const [name, setName] = useState('');
  const { run, busy } = useCommand('rows.save');
  const save = async () => {
    const title = name.trim();
    if (!user || title === '') return;
    const known = all.find((one) => one.id !== null && one.name === title);
    const id = known?.id ?? newId();
    const values = known
      ? { mapping: mapping as unknown as Json }
      : { userId: user.userId, entity: entity.name, name: title, mapping };
    const edit = known
      ? ({ op: 'update', entity: 'import_recipes', id, values } as const)
      : ({ op: 'insert', entity: 'import_recipes', id, values } as const);
    if (!(await run({ edits: [edit], label: `Keep the recipe “${title}”`, via: 'typed' }))) return;
    setKept((now) => [{ id, name: title, mapping }, ...now.filter((one) => one.name !== title)]);
    setChosen(title);
    setName('');
    notify.done(`The recipe “${title}” is kept.`);
  };
  return (
    <div className={css.options}>
      {all.length > 0 && (
        <label className={css.inline}>
          Recipe
          <select
            value={chosen}
            onChange={({ currentTarget }) => {
              setChosen(currentTarget.value);
              setMapping(all.find((one) => one.name === currentTarget.value)?.mapping ?? suggested);
            }}
          >
            <option value="">as suggested</option>
            {all.map((one) => (
              <option key={one.name} value={one.name}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <span className="grow" />
      <label className={css.inline}>
        Keep these choices as
        <input
          value={name}
          maxLength={100}
          placeholder="name of a recipe"
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <Button small disabled={name.trim() === ''} busy={busy} onClick={() => void save()}>
        Keep recipe
      </Button>
    </div>
  );
}
