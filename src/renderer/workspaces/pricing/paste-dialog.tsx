import { modals } from '@mantine/modals';
import { Button } from '../../ui/button';
import { counted } from '../../ui/moment';
import type { PastedCell } from './pasted';
import { dayText, priceText } from './price-text';
import css from './pricing.module.css';

interface PasteQuestion {
  block: readonly (readonly PastedCell[])[];
  currency: string;
  from: string;
}

/** Shows what was understood before anything is written. Resolves to false when it is closed. */
export function askPaste({ block, currency, from }: PasteQuestion): Promise<boolean> {
  const cells = block.flat();
  const bad = cells.filter(({ problem }) => problem !== null);
  const good = cells.length - bad.length;
  return new Promise((resolve) => {
    let answer = false;
    const close = (said: boolean) => {
      answer = said;
      modals.close(id);
    };
    const id = modals.open({
      title: `Paste ${counted(cells.length, 'price')}`,
      size: 'auto',
      onClose: () => resolve(answer),
      children: (
        <>
          <p>
            {counted(good, 'price')} will hold from {dayText(from)}.
            {bad.length > 0 &&
              ` ${counted(bad.length, 'cell')} cannot be read and ${bad.length === 1 ? 'is' : 'are'} left as ${bad.length === 1 ? 'it is' : 'they are'}.`}
          </p>
          <div className={css.pasted} tabIndex={0} role="group" aria-label="What was understood">
            <table>
              <tbody>
                {block.slice(0, 50).map((row, at) => (
                  <tr key={at}>
                    {row.slice(0, 30).map((cell, column) => (
                      <td key={column} data-bad={cell.problem !== null || undefined} title={cell.problem ?? cell.text}>
                        {cell.problem !== null
                          ? cell.text || '(empty)'
                          : cell.price === null
                            ? 'no price'
                            : priceText(cell.price, currency)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {bad[0] && <p className="small muted">{bad[0].problem}</p>}
          <div className={css.actions}>
            <Button onClick={() => close(false)}>Cancel</Button>
            <Button look="primary" data-autofocus aria-disabled={good === 0} onClick={() => good > 0 && close(true)}>
              Set {counted(good, 'price')}
            </Button>
          </div>
        </>
      ),
    });
  });
}
