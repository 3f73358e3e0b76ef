import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import type { Problem } from '../../shared/contract/outcome';
import { Button } from './button';

interface Way {
  /** What the button says. */
  label: string;
  act: () => void;
}

interface Options {
  /** Offers to take the act back. */
  undo?: () => void;
  /** Any other next step. */
  way?: Way;
}

const readingTime = 6_000;

/** Says that something happened. `done` goes away by itself; a problem stays until it is closed. */
export const notify = {
  done(message: ReactNode, options: Options = {}): void {
    show('success', message, readingTime, options);
  },
  info(message: ReactNode, options: Options = {}): void {
    show('info', message, readingTime, options);
  },
  problem(problem: Problem, options: Options = {}): void {
    show(
      problem.kind === 'offline' || problem.kind === 'busy' ? 'warning' : 'danger',
      <ProblemText problem={problem} />,
      false,
      options,
    );
  },
};

function show(
  tone: 'success' | 'info' | 'warning' | 'danger',
  message: ReactNode,
  autoClose: number | false,
  { undo, way }: Options,
): void {
  const next = undo ? { label: 'Undo', act: undo } : way;
  const id = notifications.show({
    autoClose,
    'data-tone': tone,
    role: tone === 'success' || tone === 'info' ? 'status' : 'alert',
    closeButtonProps: { 'aria-label': 'Close this message' },
    message: next ? (
      <span className="row">
        <span className="grow">{message}</span>
        <Button
          small
          onClick={() => {
            notifications.hide(id);
            next.act();
          }}
        >
          {next.label}
        </Button>
      </span>
    ) : (
      message
    ),
  });
}

/** A problem in words: what happened, and for each field what cannot stand. */
export function ProblemText({ problem }: { problem: Problem }) {
  const shown = problem.kind === 'invalid' ? problem.issues.slice(0, 5) : [];
  const hidden = problem.kind === 'invalid' ? problem.issues.length - shown.length : 0;
  return (
    <>
      {problem.message}
      {shown.map((issue) => (
        <span key={issue.path} className="small muted" style={{ display: 'block' }}>
          {issue.message}
        </span>
      ))}
      {hidden > 0 && <span className="small muted">and {hidden} more</span>}
      {problem.kind === 'forbidden' && problem.needs && (
        <span className="small muted" style={{ display: 'block' }}>
          {problem.needs}
        </span>
      )}
      {problem.kind === 'bug' && (
        <span className="small muted" style={{ display: 'block' }}>
          Reference: {problem.reference}
        </span>
      )}
    </>
  );
}
