import { Modal } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { BrokenLink } from '../../../shared/contract/trail';
import type { Problem } from '../../../shared/contract/outcome';
import { entityOf, isEntityName } from '../../../shared/entities';
import { problemOf, request } from '../../client/request';
import type { Lookups } from '../../forms/lookups';
import { Button } from '../../ui/button';
import { Bar } from '../../ui/marks';
import { countText, momentText } from '../../ui/moment';
import { ErrorState } from '../../ui/states';
import css from './audit.module.css';

interface Broken {
  program: string;
  problem: string;
  link: BrokenLink | null;
}
interface State {
  done: number;
  of: number;
  chains: number;
  broken: Broken[];
  isOver: boolean;
  problem: Problem | null;
}
const atFirst: State = { done: 0, of: 0, chains: 0, broken: [], isOver: false, problem: null };

/** Walks every chain this person may verify, slice by slice; what does not fit is named. */
export function VerifyDialog({ lookups, onClose }: { lookups: Lookups; onClose: () => void }) {
  const [state, setState] = useState(atFirst);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    walk(lookups, setState, () => isGone.current).catch((error: unknown) =>
      setState((now) => ({ ...now, problem: problemOf(error) })),
    );
    return () => {
      isGone.current = true;
    };
  }, [lookups]);
  const { done, of, chains, broken, isOver, problem } = state;
  return (
    <Modal opened onClose={onClose} title="Verify the audit trail" size={560} yOffset={64} centered={false}>
      {problem ? (
        <ErrorState problem={problem} />
      ) : (
        <>
          <p className="muted">
            Every entry holds the fingerprint of the one before it. Whoever alters or removes one breaks the chain
            there.
          </p>
          <div className={css.progress} role="status">
            <Bar part={done} of={of} label="Entries verified" />
            <span>
              {countText(done)} of {countText(of)} entries
            </span>
          </div>
          {isOver && broken.length === 0 && (
            <p className="tone-success" role="status">
              {chains === 0
                ? 'There is no chain you may verify. Program admins verify the trail of their programs.'
                : `The audit trail is whole: ${countText(done)} entries in ${countText(chains)} ${chains === 1 ? 'chain' : 'chains'}.`}
            </p>
          )}
          {broken.map((one) => (
            <p key={one.program} className="tone-danger" role="alert">
              {brokenText(one)}
            </p>
          ))}
        </>
      )}
      <div className={css.buttons}>
        <Button onClick={onClose}>{isOver || problem ? 'Close' : 'Stop'}</Button>
      </div>
    </Modal>
  );
}

function brokenText({ program, problem, link }: Broken): string {
  if (!link) return `${program}: ${problem}.`;
  const thing = link.entity && isEntityName(link.entity) ? entityOf(link.entity).labels.one.toLowerCase() : 'record';
  const what = link.at === null ? '' : ` (${momentText(link.at)}, ${link.userName ?? 'nobody known'}, a ${thing})`;
  return `${program}: the chain breaks at entry ${countText(link.id)}${what}: ${problem}.`;
}

type Set = (change: (now: State) => State) => void;

async function walk(lookups: Lookups, set: Set, isGone: () => boolean): Promise<void> {
  const chains = await request('audit.chains', {});
  set(() => ({ ...atFirst, chains: chains.length, of: chains.reduce((sum, { from, to }) => sum + to - from, 0) }));
  let before = 0;
  for (const { programId, from, to } of chains) {
    const program = lookups.program(programId)?.name ?? 'Outside programs';
    for (let after: number | null = from; after !== null;) {
      if (isGone()) return;
      const slice: { next: number | null; problem: string | null; broken: BrokenLink | null } = await request(
        'audit.verify',
        { programId, after },
      );
      const { next, problem, broken } = slice;
      const done = before + (next ?? to) - from;
      set((now) => ({
        ...now,
        done,
        broken: problem === null ? now.broken : [...now.broken, { program, problem, link: broken }],
      }));
      after = next;
    }
    before += to - from;
  }
  set((now) => ({ ...now, isOver: true }));
}
