import type { Quote } from '../../../shared/contract/requests';
import { dateText } from '../../../shared/rules/date-text';
import { moneyText } from '../../../shared/rules/number-text';
import { Note } from '../../ui/states';
import { AddPrice, type Combination } from './add-price';
import css from './enroll.module.css';

interface QuotePanelProps {
  quote: Quote;
  combination: Combination;
  date: string;
  locale: string;
  currency: string;
}

/** The price in force for what is chosen, since when and until when; or the name of the combination that has none, and the way to one. */
export function QuotePanel({ quote, combination, date, locale, currency }: QuotePanelProps) {
  if (!quote.found) {
    return (
      <Note tone="warning" role="status">
        <p className="medium">
          {sentence(quote.missing)} has no price on {dateText(date, locale)}.
        </p>
        {quote.canAdd ? (
          <AddPrice combination={combination} date={date} locale={locale} currency={currency} />
        ) : (
          <p>An enrollment needs one. {sentence(quote.whoCan)} can add it.</p>
        )}
      </Note>
    );
  }
  const { price, from, until, next } = quote;
  return (
    <div className={css.quote} role="status">
      <span className={css.quotePrice}>{moneyText(price, quote.currency, locale)}</span>
      <span className="small muted">
        In force from {dateText(from, locale)} {until ? `until ${dateText(until, locale)}` : 'until further notice'}.
        {next && ` From ${dateText(next.from, locale)}: ${moneyText(next.price, quote.currency, locale)}.`} The price
        agreed today stays on the enrollment.
      </span>
    </div>
  );
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
