import { Menu } from '@mantine/core';
import { IconLayoutList, IconSum, IconX } from '@tabler/icons-react';
import type { View } from '../../../shared/contract/requests';
import type { Entity, Field } from '../../../shared/model';
import type { Figure } from '../../../shared/rules/view-definition';
import { useQuestion } from '../../client/hooks';
import type { Lookups } from '../../forms/lookups';
import { Button } from '../../ui/button';
import { countText } from '../../ui/moment';
import { gridFields } from '../columns';
import type { GridView } from '../grid-view';
import { sumsOf } from '../selection-numbers';
import css from './views.module.css';

const names: Record<Figure['of'], string> = {
  filled: 'Filled in',
  sum: 'Sum',
  average: 'Average',
  min: 'Least',
  max: 'Greatest',
};

/** What can be told of a column over all rows, the likeliest first. */
const figuresFor = ({ kind }: Field): Figure['of'][] =>
  kind === 'integer' || kind === 'money' || kind === 'percent'
    ? ['sum', 'average', 'min', 'max', 'filled']
    : kind === 'date'
      ? ['min', 'max', 'filled']
      : ['filled'];

interface FiguresBarProps {
  entity: Entity;
  lookups: Lookups;
  view: GridView;
  asked: View;
}

/** Under the grid: what columns come to over all rows of the view. */
export function FiguresBar({ view, ...rest }: FiguresBarProps) {
  if (view.figures.length === 0) return null;
  const put = (figures: Figure[]) => view.change({ figures });
  return (
    <section className={css.figures} aria-label="Figures over all rows">
      {view.figures.map((figure, at) => (
        <OneFigure
          key={at}
          {...rest}
          figure={figure}
          onChange={(next) => put(next ? view.figures.with(at, next) : view.figures.toSpliced(at, 1))}
        />
      ))}
    </section>
  );
}

interface OneFigureProps extends Omit<FiguresBarProps, 'view'> {
  figure: Figure;
  onChange: (figure: Figure | null) => void;
}

function OneFigure({ entity, lookups, asked, figure, onChange }: OneFigureProps) {
  const field = gridFields(entity)[figure.field];
  const parts = [{ from: 0, to: Number.MAX_SAFE_INTEGER, fields: [figure.field] }];
  const { data } = useQuestion('sheet.numbers', { view: asked, parts }, { keep: true });
  if (!field) return null;
  const { label } = field.options;
  return (
    <span className={css.figure}>
      {label}
      <select
        className={css.of}
        aria-label={`Figure of ${label}`}
        value={figure.of}
        onChange={({ target }) => onChange({ ...figure, of: target.value as Figure['of'] })}
      >
        {figuresFor(field).map((of) => (
          <option key={of} value={of}>
            {names[of].toLowerCase()}
          </option>
        ))}
      </select>
      <b>{data ? textOf(figure.of, data, lookups.locale) : '…'}</b>
      <Button
        small
        look="ghost"
        icon={<IconX size={12} />}
        aria-label={`Remove the figure of ${label}`}
        onClick={() => onChange(null)}
      />
    </span>
  );
}

function textOf(of: Figure['of'], data: Parameters<typeof sumsOf>[0], locale: string): string {
  if (of === 'filled') return countText(data.filled);
  const { numbers } = sumsOf(data, locale) ?? {};
  if (data.groups.length > 1) return 'several currencies';
  return numbers?.[of] ?? '–';
}

/** Groups the rows by a column, and adds figures: the two menus at the right end of the filters. */
export function ViewMenus({ entity, view }: Pick<FiguresBarProps, 'entity' | 'view'>) {
  const fields = Object.entries(gridFields(entity)).filter(([, { kind }]) => kind !== 'sensitive' && kind !== 'json');
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button small look="ghost" on={view.group !== null} icon={<IconLayoutList />}>
            Group
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
          {view.group !== null && (
            <>
              <Menu.Item onClick={() => view.change({ group: null })}>No groups</Menu.Item>
              <Menu.Divider />
            </>
          )}
          {fields.map(([name, { options }]) => (
            <Menu.Item key={name} onClick={() => view.change({ group: name })}>
              {options.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button small look="ghost" on={view.figures.length > 0} icon={<IconSum />} title="Figures over all rows">
            Figures
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
          {fields
            .toSorted(([, a], [, b]) => figuresFor(b).length - figuresFor(a).length)
            .map(([name, field]) => (
              <Menu.Item
                key={name}
                onClick={() => view.change({ figures: [...view.figures, { field: name, of: figuresFor(field)[0]! }] })}
              >
                {field.options.label}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
