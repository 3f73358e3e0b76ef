import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { ProvablePart, ProvenPart } from '../../../shared/contract/sync';
import { problemOf, request } from '../../client/request';
import { Button } from '../../ui/button';
import { Section } from '../../ui/inspector';
import { Bar, StatusDot } from '../../ui/marks';
import { countText, counted, timeText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { Note } from '../../ui/states';
import css from './sync-panel.module.css';

interface Proof {
  of: number;
  found: (ProvenPart & ProvablePart)[];
  endedAt: number | null;
}

/** Compares what this desk holds with the server, program by program. */
export function ProofSection({ online }: { online: boolean }) {
  const [proof, setProof] = useState<Proof | null>(null);
  const isRunning = proof !== null && proof.endedAt === null;
  const prove = async () => {
    try {
      const parts = (await request('sync.parts', {})).filter(({ isLoaded }) => isLoaded);
      const found: Proof['found'] = [];
      setProof({ of: parts.length, found, endedAt: null });
      for (const part of parts) {
        found.push({ ...part, ...(await request('sync.prove', { scope: part.scope })) });
        setProof({ of: parts.length, found: [...found], endedAt: null });
      }
      setProof({ of: parts.length, found, endedAt: Date.now() });
    } catch (error) {
      setProof(null);
      notify.problem(problemOf(error));
    }
  };
  const rows = proof?.found.reduce((sum, part) => sum + part.rows, 0) ?? 0;
  const wrong = proof?.found.filter(({ differing }) => differing > 0) ?? [];
  return (
    <Section title="Proof">
      <p className="small muted">
        Compares every row this desk holds with the server. What differs is fetched anew; your own changes stay.
      </p>
      {isRunning && (
        <div className={css.progress} role="status">
          <Bar part={proof.found.length} of={proof.of} label="How much is compared" thin />
          <span className="small quiet">
            {countText(proof.found.length)} of {countText(proof.of)} parts, {counted(rows, 'row')}
          </span>
        </div>
      )}
      {proof?.endedAt != null && (
        <>
          <Note tone={wrong.length === 0 ? 'plain' : 'warning'}>
            {wrong.length === 0
              ? `All ${counted(rows, 'row')} here equal the server’s, compared at ${timeText(proof.endedAt)}.`
              : `${counted(wrong.length, 'part')} differed and ${wrong.length === 1 ? 'was' : 'were'} fetched anew. Compare once more to be sure.`}
          </Note>
          <ul className={css.list} aria-label="Compared parts">
            {proof.found.map(({ scope, program, part, rows: held, differing }) => (
              <li key={scope} className={css.proven}>
                <StatusDot kind={differing === 0 ? 'ok' : 'conflict'} />
                <span className={`${css.words} small`}>{program ? `${program}: ${part}` : part}</span>
                <span className="quiet small">{differing === 0 ? counted(held, 'row') : 'differed'}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Button
        small
        icon={<IconShieldCheck />}
        busy={isRunning}
        disabled={!online}
        title={online ? undefined : 'The server is needed for this'}
        onClick={() => void prove()}
      >
        {proof?.endedAt != null ? 'Prove it again' : 'Prove it'}
      </Button>
    </Section>
  );
}
