import css from './bar-chart.module.css';

export interface BarOf {
  key: string;
  /** Under the bar. */
  label: string;
  value: number;
  /** Over the bar, short. */
  text: string;
  /** Still going on: drawn paler. */
  isOpen?: boolean;
}

interface BarChartProps {
  label: string;
  bars: readonly BarOf[];
  onChoose?: (key: string) => void;
  chosen?: string | null;
}

/** A few bars with their numbers over them. The same numbers stand in a table one click away. */
export function BarChart({ label, bars, onChoose, chosen = null }: BarChartProps) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <ul className={css.chart} aria-label={label}>
      {bars.map(({ key, label: name, value, text, isOpen }) => {
        const drawn = (
          <>
            <span className={css.text}>{text}</span>
            <span
              className={css.bar}
              data-open={isOpen || undefined}
              style={{ height: `${Math.max(value > 0 ? 1 : 0, Math.round((value / most) * 100))}%` }}
            />
          </>
        );
        return (
          <li key={key}>
            {onChoose ? (
              <button
                type="button"
                className={css.column}
                aria-pressed={key === chosen}
                aria-label={`${name}: ${text}`}
                onClick={() => onChoose(key)}
              >
                {drawn}
              </button>
            ) : (
              <span className={css.column}>{drawn}</span>
            )}
            <span className={css.name}>{name}</span>
          </li>
        );
      })}
    </ul>
  );
}
