import { useState } from 'react';
import { useLocation } from 'wouter';
import type { AccessPerson } from '../../../shared/contract/requests';
import { useChosenPrograms, useQuestion, useSync, useUser } from '../../client/hooks';
import { Pill, StatusDot } from '../../ui/marks';
import { counted, momentText } from '../../ui/moment';
import { EmptyState, ErrorState, FilteredState, LoadingState } from '../../ui/states';
import { StatusSlot } from '../../ui/status-slot';
import { FilterBar, Scroll, TitleBar, Workspace } from '../../ui/workspace';
import { Tabs } from '../../ui/tabs';
import css from './access.module.css';
import { PersonPanel } from './person-panel';
import { roleText } from './role-text';
import { SignIns } from './sign-ins';
import { StoredData } from './stored-data';

const statuses = {
  active: ['ok', 'Active'],
  suspended: ['off', 'Suspended'],
  pending_verification: ['waiting', 'Not verified yet'],
} as const;

/** Who may sign in, as what, where, since when, and who decided it. */
export function AccessPage({ person }: { person: string | null }) {
  const programs = useChosenPrograms();
  const access = useQuestion('access.read', { programs }, { keep: true });
  const sync = useSync();
  const user = useUser();
  const [, goTo] = useLocation();
  const [words, setWords] = useState('');
  const isSignIns = person === 'sign-ins';
  const title = (
    <>
      <TitleBar title="Who has access" count={access.data && counted(access.data.people.length, 'person', 'people')}>
        {user?.role === 'super_admin' && <StoredData />}
      </TitleBar>
      <Tabs
        label="Access"
        tabs={[
          { name: 'people', label: 'People' },
          { name: 'sign-ins', label: 'Sign-ins' },
        ]}
        chosen={isSignIns ? 'sign-ins' : 'people'}
        onChoose={(name) => goTo(name === 'people' ? '/access' : '/access/sign-ins')}
      />
    </>
  );
  if (isSignIns) {
    return (
      <Workspace>
        {title}
        <SignIns />
      </Workspace>
    );
  }
  if (!access.data || !user) {
    return (
      <Workspace>
        {title}
        {access.error ? (
          <ErrorState problem={access.error.problem} onRetry={() => void access.refetch()} />
        ) : (
          <LoadingState rows={12} label="Loading people" />
        )}
      </Workspace>
    );
  }
  const { people } = access.data;
  const shown = people.filter((one) => matches(one, words));
  const chosen = people.find(({ id }) => id === person);
  const suspended = people.filter(({ status }) => status === 'suspended').length;
  return (
    <Workspace
      side={
        chosen && (
          <PersonPanel
            key={chosen.id}
            person={chosen}
            programs={access.data.programs}
            onClose={() => goTo('/access')}
          />
        )
      }
    >
      {title}
      <FilterBar>
        <input
          type="search"
          className={css.search}
          placeholder="Name, email, role or program"
          aria-label="Find a person"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </FilterBar>
      {people.length === 0 ? (
        <EmptyState title={sync?.loading ? 'The people are still on their way' : 'Nobody here has access yet'}>
          {sync?.loading
            ? 'This desk is receiving its data for the first time. They appear here as they arrive.'
            : 'People appear here once they have a role of the console and are assigned to a program.'}
        </EmptyState>
      ) : shown.length === 0 ? (
        <FilteredState title="Nobody matches" onClear={() => setWords('')}>
          Filtered by “{words.trim()}”.
        </FilteredState>
      ) : (
        <Scroll>
          <table className={css.table}>
            <thead>
              <tr>
                {['Name', 'Email', 'Role', 'Status', 'Programs', 'Last sign-in', 'Account since', 'Made by'].map(
                  (name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <tr key={one.id} data-chosen={one.id === person || undefined}>
                  <th scope="row">
                    <button type="button" className={css.name} onClick={() => goTo(`/access/${one.id}`)}>
                      {one.fullName}
                    </button>
                    {one.id === user.userId && <Pill>You</Pill>}
                  </th>
                  <td className="muted">{one.email}</td>
                  <td>{roleText(one.role)}</td>
                  <td>
                    <span className={css.status}>
                      <StatusDot kind={statuses[one.status][0]} />
                      {statuses[one.status][1]}
                    </span>
                  </td>
                  <td title={one.programs.map(({ name }) => name).join(', ')}>{placesText(one)}</td>
                  <td className="muted">{one.lastLoginAt ? momentText(one.lastLoginAt) : 'Never'}</td>
                  <td className="muted">{one.since ? momentText(one.since) : '–'}</td>
                  <td className="muted">{one.by ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <StatusSlot>
        <span>{counted(shown.length, 'person', 'people')}</span>
        {suspended > 0 && <span>{counted(suspended, 'person', 'people')} suspended</span>}
      </StatusSlot>
    </Workspace>
  );
}

function placesText({ role, programs }: AccessPerson): string {
  if (role === 'super_admin') return 'All programs';
  if (programs.length === 0) return 'None';
  return programs.map(({ code }) => code).join(', ');
}

function matches(person: AccessPerson, words: string): boolean {
  const text = [
    person.fullName,
    person.email,
    roleText(person.role),
    ...person.programs.map(({ name, code }) => `${name} ${code}`),
  ]
    .join(' ')
    .toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
