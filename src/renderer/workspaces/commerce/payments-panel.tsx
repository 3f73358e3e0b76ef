import { Link } from 'wouter';
import type { PaymentLine } from '../../../shared/contract/answers';
import type { Input } from '../../../shared/contract/requests';
import { entityOf } from '../../../shared/entities';
import { moneyText } from '../../../shared/rules/number-text';
import { whyNot } from '../../../shared/rules/permit';
import { useCommand, useQuestion, useUser } from '../../client/hooks';
import { usePanelWidth } from '../../client/panels';
import { everything, pathOf } from '../../client/paths';
import { takeBack } from '../../client/take-back';
import { Button } from '../../ui/button';
import { Inspector } from '../../ui/inspector';
import { Pill, type Tone } from '../../ui/marks';
import { counted, momentText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import css from './commerce.module.css';

interface PaymentsPanelProps {
  title: string;
  asked: Input<'commerce.payments'>;
  onClose: () => void;
}

/** The payments a sum is made of, the newest first. */
export function PaymentsPanel({ title, asked, onClose }: PaymentsPanelProps) {
  const [width, setWidth] = usePanelWidth('commerce.payments', 344);
  const { data, error, refetch } = useQuestion('commerce.payments', asked, { keep: true });
  return (
    <Inspector
      label="Payments"
      title={title}
      subtitle={data && counted(data.total, 'payment')}
      {...{ width, onClose }}
      onWidth={setWidth}
    >
      {error && <ErrorState problem={error.problem} onRetry={() => void refetch()} />}
      {!error && !data && <LoadingState rows={8} label="Loading payments" />}
      {data?.total === 0 && (
        <EmptyState title="No payment here">Nothing was paid or asked for in this time.</EmptyState>
      )}
      <ul className={css.payments}>
        {data?.payments.map((payment) => (
          <Payment key={payment.id} payment={payment} currency={asked.currency} />
        ))}
      </ul>
      {data && data.total > data.payments.length && (
        <p className={`${css.more} small muted`}>
          The newest {data.payments.length}. All of them are under Payments, where they can be filtered.
        </p>
      )}
    </Inspector>
  );
}

const tones: Record<PaymentLine['status'], [Tone, string]> = {
  succeeded: ['success', 'Received'],
  pending: ['warning', 'Waited for'],
  failed: ['danger', 'Failed'],
  refunded: ['plain', 'Given back'],
};

function Payment({ payment, currency }: { payment: PaymentLine; currency: string }) {
  const user = useUser();
  const save = useCommand('rows.save');
  const money = moneyText(payment.amount, currency, navigator.language);
  const [tone, word] = tones[payment.status];
  const locked = user
    ? whyNot(user, entityOf('payments'), 'update', { programId: payment.programId })
    : 'Sign in first.';
  const refund = async () => {
    const edits = [
      { op: 'update' as const, entity: 'payments' as const, id: payment.id, values: { status: 'refunded' } },
    ];
    const label = `${money} given back to ${payment.payer}`;
    const saved = await save.run({ edits, label, via: 'form' });
    if (saved)
      notify.done(`Recorded: ${label}. The money itself goes back by ${payment.provider || 'the way it came'}.`, {
        undo: () => takeBack(saved.mutationId),
      });
  };
  return (
    <li>
      <div className="row">
        <Link href={pathOf('payments', payment.id, everything)} className={`${css.link ?? ''} ellipsis grow`}>
          {payment.payer}
        </Link>
        <b className="figures">{money}</b>
      </div>
      <div className="row small muted">
        <span className="ellipsis grow">
          {momentText(payment.at)}
          {payment.of && ` · ${payment.of}`}
        </span>
        <Pill tone={tone}>{word}</Pill>
      </div>
      {payment.status === 'succeeded' && (
        <div className="row small">
          <span className="quiet grow ellipsis">{payment.provider}</span>
          <Button
            small
            look="ghost"
            aria-label={`Record a refund of ${money} to ${payment.payer}`}
            disabled={save.busy}
            aria-disabled={locked !== null}
            title={locked ?? undefined}
            onClick={() => (locked ? notify.info(locked) : void refund())}
          >
            Record refund
          </Button>
        </div>
      )}
    </li>
  );
}
