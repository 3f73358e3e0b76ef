import type { StoreTrouble } from '../../shared/contract/requests';
import { useCommand, useQuestion } from '../client/hooks';
import { Button } from '../ui/button';
import { counted } from '../ui/moment';
import { ErrorState } from '../ui/states';
import css from './gate.module.css';

/** The data of the last person cannot be opened: what happened, what is safe, and the ways on. */
export function StoreTroubleScreen({ trouble, onElsewhere }: { trouble: StoreTrouble; onElsewhere: () => void }) {
  const { run, busy } = useCommand('session.retry');
  const app = useQuestion('app.info', {}).data;
  const { problem, unsent } = trouble;
  const isLocked = problem.reason === 'key-lost' || problem.reason === 'no-keychain';
  return (
    <main className={css.gate}>
      <div className={css.trouble}>
        <ErrorState problem={problem} />
        {!isLocked && <p className="small">{savedWords(unsent)}</p>}
        {app && <p className="small quiet">Provost keeps its data in {app.dataDir}</p>}
        <div className={css.ways}>
          <Button look="primary" busy={busy} onClick={() => void run({})}>
            Try again
          </Button>
          <Button onClick={onElsewhere}>
            {isLocked ? 'Sign in to load it again' : 'Sign in to another server or account'}
          </Button>
        </div>
      </div>
    </main>
  );
}

function savedWords(unsent: number | null): string {
  if (unsent === null) return 'Whatever was saved is still in the data folder; nothing was deleted.';
  if (unsent === 0) return 'No change was waiting to be sent: everything you saved is on the server.';
  const [subject, pronoun] = unsent === 1 ? ['1 change', 'It is'] : [counted(unsent, 'change'), 'They are'];
  return `${subject} of yours ${unsent === 1 ? 'waits' : 'wait'} to be sent. ${pronoun} safe in the data folder.`;
}
