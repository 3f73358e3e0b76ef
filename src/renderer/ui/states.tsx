import {
  IconAlertTriangle,
  IconCircleOff,
  IconDatabaseX,
  IconFilterOff,
  IconInbox,
  IconLock,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import type { Problem, StorageTrouble } from '../../shared/contract/outcome';
import { Button } from './button';
import { ProblemText } from './notify';
import css from './states.module.css';

type Icon = ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>;

interface StateProps {
  icon: Icon;
  title: string;
  children?: ReactNode;
  /** The one next step. */
  action?: ReactNode;
  role?: 'status' | 'alert';
}

function State({ icon: Icon, title, children, action, role = 'status' }: StateProps) {
  return (
    <div className={css.state} role={role}>
      <Icon size={24} stroke={1.4} aria-hidden />
      <p className="medium">{title}</p>
      {children && <p className="muted small">{children}</p>}
      {action && <div className={css.action}>{action}</div>}
    </div>
  );
}

/** Nothing here yet: one sentence, one action. */
export const EmptyState = ({ title, children, action }: Omit<StateProps, 'icon' | 'role'>) => (
  <State icon={IconInbox} title={title} action={action}>
    {children}
  </State>
);

/** Filtered to nothing: says what filters, and clears it. */
export const FilteredState = ({
  title,
  children,
  onClear,
}: {
  title: string;
  children?: ReactNode;
  onClear: () => void;
}) => (
  <State icon={IconFilterOff} title={title} action={<Button onClick={onClear}>Clear filters</Button>}>
    {children}
  </State>
);

/** What happened, what was saved, what to do. */
export function ErrorState({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  if (problem.kind === 'forbidden') return <NoPermission needs={problem.needs}>{problem.message}</NoPermission>;
  const [icon, title] =
    problem.kind === 'storage'
      ? ([IconDatabaseX, storageTitles[problem.reason]] as const)
      : (looks[problem.kind] ?? [IconAlertTriangle, 'This could not be shown']);
  return (
    <State icon={icon} title={title} role="alert" action={onRetry && <Button onClick={onRetry}>Try again</Button>}>
      <ProblemText problem={problem} />
    </State>
  );
}
const storageTitles: Record<StorageTrouble, string> = {
  'disk-full': 'The disk of this computer is full',
  'read-only': 'This computer cannot save changes',
  corrupt: 'The data on this computer is damaged',
  'newer-version': 'This console is older than its data',
  'not-updated': 'The data on this computer could not be brought up to date',
  'in-use': 'Provost is already open',
  'key-lost': 'Your data on this computer is locked',
  'no-keychain': 'This computer cannot keep data encrypted',
};
const looks: Partial<Record<Problem['kind'], [Icon, string]>> = {
  offline: [IconPlugConnectedX, 'This needs a connection'],
  'not-found': [IconCircleOff, 'This is no longer here'],
};

/** Not theirs to see: says who can. */
export const NoPermission = ({ children, needs }: { children?: ReactNode; needs?: string | undefined }) => (
  <State icon={IconLock} title="Your role does not open this">
    {children} {needs}
  </State>
);

/** Holds the place of rows that are on their way; what comes moves nothing. */
export function LoadingState({ rows = 8, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <div className={css.skeleton} role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, at) => (
        <span key={at} className={css.bone} style={{ width: `${[92, 78, 85, 70, 88, 64][at % 6]}%` }} />
      ))}
    </div>
  );
}

/** A few words in a frame. */
export const Note = ({
  tone = 'plain',
  children,
  role,
}: {
  tone?: 'plain' | 'info' | 'warning' | 'danger';
  children: ReactNode;
  role?: 'status' | 'alert';
}) => (
  <div className={`${css.note} ${css[tone] ?? ''}`} role={role}>
    {children}
  </div>
);
