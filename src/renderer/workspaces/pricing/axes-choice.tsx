import { dimensionNames, dimensions, pairs, type Axes, type Dimension } from './matrix';
import css from './pricing.module.css';

const text = ([a, b]: readonly [Dimension, Dimension]): string => `${dimensionNames[a]}, ${dimensionNames[b]}`;

/** Which two of the five dimensions go down and which two across. */
export function AxesChoice({ axes, onAxes }: { axes: Axes; onAxes: (axes: Axes) => void }) {
  const rest = dimensions.filter((dimension) => !axes.rows.includes(dimension));
  const choose = (rows: [Dimension, Dimension]) => {
    const left = dimensions.filter((dimension) => !rows.includes(dimension));
    const kept = axes.columns.every((dimension) => left.includes(dimension));
    onAxes({ rows, columns: kept ? axes.columns : [left[0]!, left.at(-1)!] });
  };
  return (
    <>
      <label className="small muted">
        <span className={css.spare}>Rows</span>{' '}
        <Pairs label="Rows" of={pairs(dimensions)} chosen={axes.rows} onChosen={choose} />
      </label>
      <label className="small muted">
        <span className={css.spare}>Columns</span>{' '}
        <Pairs
          label="Columns"
          of={pairs(rest)}
          chosen={axes.columns}
          onChosen={(columns) => onAxes({ ...axes, columns })}
        />
      </label>
    </>
  );
}

interface PairsProps {
  label: string;
  of: readonly [Dimension, Dimension][];
  chosen: readonly [Dimension, Dimension];
  onChosen: (pair: [Dimension, Dimension]) => void;
}

function Pairs({ label, of, chosen, onChosen }: PairsProps) {
  return (
    <select
      className={css.select}
      aria-label={label}
      value={text(chosen)}
      onChange={(event) => {
        const pair = of.find((one) => text(one) === event.target.value);
        if (pair) onChosen(pair);
      }}
    >
      {of.map((pair) => (
        <option key={text(pair)}>{text(pair)}</option>
      ))}
    </select>
  );
}
