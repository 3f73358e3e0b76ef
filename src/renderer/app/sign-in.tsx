import { PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { DemoAccount, Input } from '../../shared/contract/requests';
import { useCommand, useQuestion, useSettings } from '../client/hooks';
import { shownAddress } from '../client/server-address';
import { Button } from '../ui/button';
import { LoadingState, Note } from '../ui/states';
import { refusalWords, type RefusalWords } from './sign-in-refusals';
import css from './sign-in.module.css';
import { NothingKept, StaySignedIn, useStayChoice, type StayChoice } from './stay-signed-in';
import { BrandMark } from './top-bar';

export function SignIn({ lastEmail, notice }: { lastEmail: string; notice: string | null }) {
  const app = useQuestion('app.info', {});
  const settings = useQuestion('settings.read', {});
  return (
    <main className={css.page}>
      <div className={css.card} data-wide={(app.data?.demo && !settings.isPending) || undefined}>
        <div className={css.brand}>
          <BrandMark size={28} />
          <span>Provost</span>
        </div>
        {app.isPending || settings.isPending ? (
          <LoadingState rows={5} label="Opening" />
        ) : (
          <Form
            lastEmail={lastEmail}
            notice={notice}
            accounts={app.data?.demo?.accounts ?? []}
            demoServer={app.data?.demo?.server ?? ''}
          />
        )}
        {app.data && <p className="quiet micro">Version {app.data.version}</p>}
      </div>
    </main>
  );
}

interface FormProps {
  lastEmail: string;
  notice: string | null;
  accounts: DemoAccount[];
  demoServer: string;
}

function Form({ lastEmail, notice, accounts, demoServer }: FormProps) {
  const { settings } = useSettings();
  const [email, setEmail] = useState(lastEmail);
  const [password, setPassword] = useState('');
  const known = settings.server || demoServer;
  const [server, setServer] = useState(known);
  const [serverShown, setServerShown] = useState(known === '');
  const [missing, setMissing] = useState<Partial<Record<'email' | 'password' | 'server', string>>>({});
  const { run, busy, problem, clear } = useCommand('session.sign-in', { quiet: true });
  const answer = useCommand('settings.write', { quiet: true });
  const kept = useStayChoice();
  const [chosen, setChosen] = useState<StayChoice | null>(null);
  const stay = kept.choice && (chosen ?? kept.choice);
  const form = useRef<HTMLFormElement>(null);
  const refused = problem && refusalWords(problem);
  const field = refused?.field;
  const serverOpen = serverShown || field === 'server';

  useEffect(() => {
    if (!field) return;
    form.current?.querySelector<HTMLInputElement>(`[name=${field}]`)?.select();
  }, [problem, field]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const empty = {
      ...(email.trim() ? {} : { email: 'Type your email' }),
      ...(password ? {} : { password: 'Type your password' }),
      ...(server.trim() ? {} : { server: 'Type the server’s address' }),
    };
    setMissing(empty);
    const [first] = Object.keys(empty);
    if (first === 'server') setServerShown(true);
    if (first) return form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
    await signIn(false);
  };
  /** The answer first: the session is kept, or not, as soon as there is one. */
  const send = async (input: Input<'session.sign-in'>) => {
    if (stay) await answer.run({ staySignedIn: stay === 'stay' });
    await run(input);
  };
  const signIn = (anew: boolean) => send({ email: email.trim(), password, server: server.trim(), anew });

  const enter = async (account: DemoAccount) => {
    setEmail(account.email);
    setPassword(account.password);
    setServer(demoServer);
    await send({ email: account.email, password: account.password, server: demoServer });
  };
  const typed =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      clear();
      setMissing({});
      set(value);
    };

  return (
    <>
      <form ref={form} className={css.form} onSubmit={(event) => void submit(event)} noValidate aria-busy={busy}>
        <h1>Sign in</h1>
        {notice && !refused && <Note tone="info">{notice}</Note>}
        {refused && <Refused words={refused} />}
        {problem?.kind === 'storage' && problem.reason === 'key-lost' && (
          <Button type="button" look="danger" disabled={busy} onClick={() => void signIn(true)}>
            Give up the locked data and load everything again
          </Button>
        )}
        <TextInput
          name="email"
          label="Email"
          type="email"
          autoComplete="username"
          autoFocus={lastEmail === ''}
          value={email}
          error={missing.email}
          disabled={busy}
          onChange={(event) => typed(setEmail)(event.currentTarget.value)}
        />
        <PasswordInput
          name="password"
          label="Password"
          autoComplete="current-password"
          autoFocus={lastEmail !== ''}
          value={password}
          error={missing.password}
          disabled={busy}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password', tabIndex: 0 }}
          onChange={(event) => typed(setPassword)(event.currentTarget.value)}
        />
        {serverOpen ? (
          <TextInput
            name="server"
            label="Server"
            description="The address you were given, such as db.school.org/provost"
            autoComplete="off"
            spellCheck={false}
            value={server}
            error={missing.server}
            disabled={busy}
            onChange={(event) => typed(setServer)(event.currentTarget.value)}
          />
        ) : (
          <div className="row small">
            <span className="quiet ellipsis">Server: {shownAddress(server)}</span>
            <Button small look="link" type="button" onClick={() => setServerShown(true)}>
              Change
            </Button>
          </div>
        )}
        {stay && <StaySignedIn value={stay} isAnswered={kept.isAnswered} disabled={busy} onChange={setChosen} />}
        {kept.isNone && <NothingKept />}
        <Button look="primary" type="submit" busy={busy}>
          Sign in
        </Button>
      </form>
      {accounts.length > 0 && (
        <Demonstration accounts={accounts} busy={busy} onEnter={(account) => void enter(account)} />
      )}
    </>
  );
}

const Refused = ({ words: { title, wayOut } }: { words: RefusalWords }) => (
  <Note tone="danger" role="alert">
    <p className="medium">{title}</p>
    {wayOut && <p>{wayOut}</p>}
  </Note>
);

interface DemonstrationProps {
  accounts: DemoAccount[];
  busy: boolean;
  onEnter: (account: DemoAccount) => void;
}

function Demonstration({ accounts, busy, onEnter }: DemonstrationProps) {
  return (
    <section className={css.demo} aria-labelledby="demonstration">
      <h2 id="demonstration">Look around the demonstration as</h2>
      <div className={css.accounts}>
        {accounts.map((account) => (
          <button
            key={account.email}
            type="button"
            className={css.account}
            disabled={busy}
            onClick={() => onEnter(account)}
          >
            <span className="medium">{account.role}</span>
            <span className="small muted ellipsis">{account.name}</span>
            <span className="micro quiet">{account.note}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
