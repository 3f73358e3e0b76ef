import css from './board.module.css';
import type { Seats } from './board-items';

/** Solid: taken. Hatched: taken, not confirmed. Outlined: proposed. Words stand beside it. */
export function SeatBar({ taken, provisional, proposed, of, label }: Seats & { label: string }) {
  const whole = Math.max(of ?? 0, taken + provisional + proposed, 1);
  const width = (part: number) => ({ width: `${(100 * part) / whole}%` });
  const isOver = of !== null && taken + provisional + proposed > of;
  return (
    <span role="img" aria-label={label} className={css.bar}>
      <span className={isOver ? css.barOver : css.barTaken} style={width(taken)} />
      {provisional > 0 && <span className={css.barProvisional} style={width(provisional)} />}
      {proposed > 0 && <span className={css.barProposed} style={width(proposed)} />}
    </span>
  );
}
