import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { CellKey, PriceMatrix, Simulation } from '../../../shared/contract/pricing';
import type { Input } from '../../../shared/contract/requests';
import { minorDigits, parseMoney } from '../../../shared/rules/number-text';
import { useQuestion } from '../../client/hooks';
import { usePanelWidth } from '../../client/panels';
import { problemOf, request } from '../../client/request';
import { takeBack } from '../../client/take-back';
import { Button } from '../../ui/button';
import { Inspector, Section } from '../../ui/inspector';
import { counted, countText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { ErrorState, LoadingState, Note } from '../../ui/states';
import { dayText, priceText, wholePriceText } from './price-text';
import css from './pricing.module.css';

export type BatchKind = 'change' | 'facility' | 'course';
type Batch = Input<'pricing.simulate'>;

interface SimulatePanelProps {
  matrix: PriceMatrix;
  programId: string;
  /** What is selected; those are the cells where that is chosen. */
  selected: readonly CellKey[];
  /** All cells on show. */
  shown: readonly CellKey[];
  kind: BatchKind;
  onKind: (kind: BatchKind) => void;
  onClose: () => void;
}

interface Draft {
  scope: 'shown' | 'selected';
  by: 'percent' | 'amount';
  value: string;
  rounding: string;
  way: 'up' | 'down' | 'nearest';
  from: string;
  keepFuture: boolean;
  source: string;
  target: string;
}

/** A change to many prices: what it would do is shown as one writes it; nothing is written until it is applied. */
export function SimulatePanel(props: SimulatePanelProps) {
  const { matrix, programId, selected, shown, kind, onKind, onClose } = props;
  const [width, setWidth] = usePanelWidth('pricing.simulate', 320);
  const [draft, setDraft] = useState<Draft>(() => ({
    ...{ scope: selected.length > 1 ? 'selected' : 'shown', by: 'percent', value: '', rounding: '', way: 'nearest' },
    ...{ from: matrix.asOf, keepFuture: true, source: '', target: '' },
  }));
  const set = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const read = useMemo(
    () =>
      batchOf(draft, kind, {
        programId,
        currency: matrix.currency,
        cells: draft.scope === 'selected' ? selected : shown,
      }),
    [draft, kind, programId, matrix.currency, selected, shown],
  );
  const batch = 'problem' in read ? null : read.batch;
  const { data, error, isFetching } = useQuestion('pricing.simulate', batch ?? nothing, {
    enabled: batch !== null,
    keep: true,
  });
  // What is on show while other figures are being worked out is not what would be applied.
  const plan = batch && !isFetching ? data : undefined;
  const isOpen = plan !== undefined && plan.changed > 0 && matrix.canEdit;
  const [isBusy, setBusy] = useState(false);
  const apply = async () => {
    if (!batch || !plan || !isOpen) return;
    setBusy(true);
    try {
      const { mutationId } = await request('pricing.apply', batch);
      notify.done(`${counted(plan.changed, 'price')} from ${dayText(batch.from)} saved.`, {
        undo: () => takeBack(mutationId),
      });
      onClose();
    } catch (reason) {
      notify.problem(problemOf(reason));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Inspector
      label="Simulate a change"
      title={kind === 'change' ? 'Simulate a change' : 'Copy prices'}
      subtitle="Nothing is written until you apply"
      width={width}
      onWidth={setWidth}
      onClose={onClose}
    >
      <Section>
        <Fields {...{ matrix, draft, set, kind, onKind }} selected={selected.length} shown={shown.length} />
      </Section>
      {'problem' in read && (
        <Section>
          <Note>{read.problem}</Note>
        </Section>
      )}
      {batch && error && <ErrorState problem={error.problem} />}
      {batch && !data && !error && <LoadingState rows={5} label="Working out what would change" />}
      {batch && data && <Consequences data={data} matrix={matrix} />}
      <div className={css.foot}>
        <Button
          look={isOpen ? 'primary' : 'plain'}
          busy={isBusy}
          aria-disabled={!isOpen}
          title={matrix.whyNot ?? undefined}
          onClick={() => void apply()}
        >
          {plan ? `Apply ${counted(plan.changed, 'price')} as one batch` : 'Apply'}
        </Button>
        <p className="small muted">
          {matrix.whyNot ?? 'One undo takes all of it back. Prices agreed on enrollments stay.'}
        </p>
      </div>
    </Inspector>
  );
}

const nothing: Batch = { programId: '00000000-0000-7000-8000-000000000000', change: {}, from: '2000-01-01' };

interface Around {
  programId: string;
  currency: string;
  cells: readonly CellKey[];
}

function batchOf(
  draft: Draft,
  kind: BatchKind,
  { programId, currency, cells }: Around,
): { batch: Batch } | { problem: string } {
  const { value, by, rounding, way, from, keepFuture, source, target } = draft;
  if (!/^\d{4}-\d\d-\d\d$/.test(from)) return { problem: 'Choose the day the prices are to hold from.' };
  const change: Batch['change'] = {};
  if (value.trim() !== '') {
    const amount =
      by === 'percent' ? readPercent(value) : parseMoney(value.replace(/^\s*\+/, ''), currency, navigator.language);
    if ('problem' in amount) return amount;
    if (by === 'percent') change.percent = amount.value;
    else change.amount = amount.value;
  } else if (kind === 'change') {
    return { problem: 'Write by how much: +12.5 for a percentage, or an amount. A minus sign lowers prices.' };
  }
  if (rounding !== '') change.rounding = { to: Number(rounding), way };
  const base = { programId, change, from, keepFuture };
  if (kind === 'change') return { batch: { ...base, cells: [...cells] } };
  if (source === '' || target === '') return { problem: `Choose the ${kind} to copy from and the one to copy to.` };
  if (source === target) return { problem: `Choose two different ones: a ${kind} cannot be copied to itself.` };
  return {
    batch:
      kind === 'facility'
        ? { ...base, facilities: [source], to: { facilityId: target } }
        : { ...base, courses: [source], to: { courseId: target } },
  };
}

/** `+12.5` or `-3` as hundredths of a percent. */
function readPercent(text: string): { value: number } | { problem: string } {
  const match = /^([+−-])?\s*(\d{1,4})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim());
  if (!match) return { problem: `“${text.trim()}” is not a percentage. Write it like +12.5.` };
  const hundredths = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
  const value = match[1] === '-' || match[1] === '−' ? -hundredths : hundredths;
  return value < -10_000 ? { problem: 'No price can fall by more than 100 %.' } : { value };
}

interface FieldsProps {
  matrix: PriceMatrix;
  draft: Draft;
  set: (part: Partial<Draft>) => void;
  kind: BatchKind;
  onKind: (kind: BatchKind) => void;
  selected: number;
  shown: number;
}

function Fields({ matrix, draft, set, kind, onKind, selected, shown }: FieldsProps) {
  const places = kind === 'facility' ? matrix.facilities : matrix.courses;
  const unit = 10 ** minorDigits(matrix.currency);
  const pick = (label: string, value: string, onChange: (value: string) => void) => (
    <label>
      {label}
      <select className={css.field} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">Choose…</option>
        {places.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div className={css.panel}>
      <label>
        What
        <select className={css.field} value={kind} onChange={(event) => onKind(event.target.value as BatchKind)}>
          <option value="change">Change prices</option>
          <option value="facility">Copy a facility’s prices to another</option>
          <option value="course">Copy a course’s prices to another</option>
        </select>
      </label>
      {kind === 'change' ? (
        <label>
          Cells
          <select
            className={css.field}
            value={draft.scope}
            onChange={(event) => set({ scope: event.target.value as Draft['scope'] })}
          >
            <option value="shown">All shown, {counted(shown, 'price')}</option>
            <option value="selected">Selected, {counted(selected, 'cell')}</option>
          </select>
        </label>
      ) : (
        <div className={css.pair}>
          {pick('From', draft.source, (source) => set({ source }))}
          {pick('To', draft.target, (target) => set({ target }))}
        </div>
      )}
      <div className={css.pair}>
        <label>
          Change
          <input
            className={css.field}
            value={draft.value}
            placeholder={draft.by === 'percent' ? '+12.5' : '+1,000'}
            inputMode="decimal"
            data-autofocus
            onChange={(event) => set({ value: event.target.value })}
          />
        </label>
        <label>
          In
          <select
            className={css.field}
            value={draft.by}
            onChange={(event) => set({ by: event.target.value as Draft['by'] })}
          >
            <option value="percent">percent</option>
            <option value="amount">{matrix.currency}</option>
          </select>
        </label>
      </div>
      <div className={css.pair}>
        <label>
          Round
          <select
            className={css.field}
            value={draft.way}
            onChange={(event) => set({ way: event.target.value as Draft['way'] })}
          >
            <option value="up">up to</option>
            <option value="down">down to</option>
            <option value="nearest">to the nearest</option>
          </select>
        </label>
        <label>
          Step
          <select
            className={css.field}
            value={draft.rounding}
            onChange={(event) => set({ rounding: event.target.value })}
          >
            <option value="">not rounded</option>
            {[1, 5, 10, 50, 100, 500, 1000].map((step) => (
              <option key={step} value={step * unit}>
                {wholePriceText(step * unit, matrix.currency)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <label>
        From
        <input
          type="date"
          className={css.field}
          value={draft.from}
          onChange={(event) => set({ from: event.target.value })}
        />
      </label>
      <label className={css.tick}>
        <input
          type="checkbox"
          checked={draft.keepFuture}
          onChange={(event) => set({ keepFuture: event.target.checked })}
        />
        Keep prices that are set for later
      </label>
    </div>
  );
}

function Consequences({ data, matrix }: { data: Simulation; matrix: PriceMatrix }) {
  const total = data.monthly.reduce((sum, { difference }) => sum + difference, 0);
  const most = Math.max(1, ...data.monthly.map(({ difference }) => Math.abs(difference)));
  return (
    <>
      <Section title="Consequences">
        <dl className={css.facts}>
          <Fact name="Prices changed" value={data.changed} />
          {data.same > 0 && <Fact name="The same already" value={data.same} />}
          {data.unusual.length > 0 && <Fact name="Outside the usual range" value={data.unusual.length} warns />}
          <Fact name="Later prices replaced" value={data.futureReplaced} warns={data.futureReplaced > 0} />
          <Fact name="Enrollments touched now" value={0} />
          <Fact name="Learners there, for their next enrollment" value={data.learners} />
        </dl>
      </Section>
      {data.monthly.length > 0 && (
        <Section title={`Difference at today’s numbers: ${signed(total, data.currency)}`}>
          <div className={css.bars}>
            {data.monthly.slice(0, 8).map(({ facilityId, facility, difference }) => (
              <MonthlyBar key={facilityId} {...{ facility, difference, most }} currency={data.currency} />
            ))}
          </div>
        </Section>
      )}
      {data.sample.length > 0 && (
        <Section title="Sample">
          <table className={css.sample}>
            <tbody>
              {data.sample.slice(0, 6).map((one) => (
                <tr key={`${one.facilityId}/${one.courseId}/${one.ageGroup}/${one.locationType}/${one.sessionType}`}>
                  <td>{one.label}</td>
                  <td className="muted">{one.before === null ? 'none' : priceText(one.before, matrix.currency)}</td>
                  <td className="medium">{priceText(one.after, matrix.currency)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
    </>
  );
}

const signed = (amount: number, currency: string): string =>
  `${amount > 0 ? '+' : ''}${wholePriceText(amount, currency)}`;

function Fact({ name, value, warns = false }: { name: string; value: number; warns?: boolean }) {
  return (
    <div data-tone={warns ? 'warning' : undefined}>
      {warns && <IconAlertTriangle size={14} aria-hidden />}
      <dt>{name}</dt>
      <dd>{countText(value)}</dd>
    </div>
  );
}

interface MonthlyBarProps {
  facility: string;
  difference: number;
  most: number;
  currency: string;
}

function MonthlyBar({ facility, difference, most, currency }: MonthlyBarProps) {
  return (
    <>
      <span className="ellipsis">{facility}</span>
      <span className={css.bar} aria-hidden>
        <i style={{ width: `${(Math.abs(difference) / most) * 100}%` }} />
      </span>
      <span className={css.amount}>{signed(difference, currency)}</span>
    </>
  );
}
