import { useState } from 'react';
import { Link } from 'wouter';
import type { Access, AccessPerson, Input } from '../../../shared/contract/requests';
import { newId } from '../../../shared/model';
import { reachOf } from '../../../shared/rules/role-words';
import { whyReadOnly } from '../../forms/locks';
import { useCommand, useSync } from '../../client/hooks';
import { usePanelWidth } from '../../client/panels';
import { pathOf } from '../../client/paths';
import { Button } from '../../ui/button';
import { confirm } from '../../ui/confirm';
import { Inspector, KeyValues, Section } from '../../ui/inspector';
import { ProgramMark } from '../../ui/marks';
import { momentText } from '../../ui/moment';
import css from './access.module.css';
import { PersonSessions } from './person-sessions';
import { roleText } from './role-text';

interface PersonPanelProps {
  person: AccessPerson;
  programs: Access['programs'];
  onClose: () => void;
}

/** One person: where they work and who decided it, what their role opens, and what can be done about it. */
export function PersonPanel({ person, programs, onClose }: PersonPanelProps) {
  const [width, setWidth] = usePanelWidth('access.person', 344);
  const save = useCommand('rows.save');
  const sync = useSync();
  const readOnly = whyReadOnly(sync);
  const isOffline = sync?.connection === 'offline';
  const isActive = person.status === 'active';
  const refusal = readOnly ?? person.whyNotTurn;
  const act = (label: string, edit: Input<'rows.save'>['edits'][number]) => void save.run({ label, edits: [edit] });
  const turn = async () => {
    if (isActive) {
      const agreed = await confirm({
        title: `Suspend ${person.fullName}?`,
        body: `Every session of theirs ends at once, and they cannot sign in until they are let in again. What they have not sent yet stays on their desks until then. Their role and programs stay as they are.${isOffline ? ' You are offline: it takes effect once this is sent.' : ''}`,
        action: 'Suspend',
        dangerous: true,
      });
      if (!agreed) return;
    }
    act(`${isActive ? 'Suspend' : 'Let in'} ${person.fullName}`, {
      op: 'update',
      entity: 'users',
      id: person.id,
      values: { status: isActive ? 'suspended' : 'active' },
    });
  };
  return (
    <Inspector
      label={person.fullName}
      title={person.fullName}
      subtitle={`${roleText(person.role)} · ${person.email}`}
      width={width}
      onWidth={setWidth}
      onClose={onClose}
    >
      <Section>
        <KeyValues
          items={[
            {
              key: 'login',
              name: 'Last sign-in',
              value: person.lastLoginAt ? momentText(person.lastLoginAt) : 'Never',
            },
            { key: 'since', name: 'Account since', value: person.since ? momentText(person.since) : '–' },
            { key: 'by', name: 'Made by', value: person.by ?? 'Somebody outside your programs' },
          ]}
        />
        <div className={css.acts}>
          <Button
            small
            look={isActive ? 'danger' : 'plain'}
            aria-disabled={refusal !== null}
            title={refusal ?? undefined}
            busy={save.busy}
            onClick={() => refusal === null && void turn()}
          >
            {isActive ? 'Suspend' : 'Let in'} {person.fullName}
          </Button>
          <Link href={pathOf('users', person.id)} className={css.link}>
            Open the account
          </Link>
        </div>
        <p className="small muted">
          {refusal ??
            (isActive
              ? 'Suspending ends every session at once. Let in again, they sign in anew and have exactly what they had.'
              : 'Somebody suspended or not verified cannot sign in.')}
        </p>
      </Section>
      <Places {...{ person, programs, readOnly, act }} />
      <PersonSessions person={person} />
      <Reach role={person.role} />
    </Inspector>
  );
}

interface PlacesProps extends Omit<PersonPanelProps, 'onClose'> {
  readOnly: string | null;
  act: (label: string, edit: Input<'rows.save'>['edits'][number]) => void;
}

function Places({ person, programs, readOnly, act }: PlacesProps) {
  const [chosen, choose] = useState('');
  if (person.role === 'super_admin') {
    return (
      <Section title="Programs">
        <p className="small muted">A super admin works in every program; nobody has to assign them.</p>
      </Section>
    );
  }
  const open = programs.filter(({ programId }) => !person.programs.some((one) => one.programId === programId));
  const target = open.find(({ programId }) => programId === chosen) ?? open[0];
  const refusal = readOnly ?? target?.whyNotAssign ?? null;
  return (
    <Section title="Programs">
      {person.programs.length === 0 && <p className="small muted">Assigned to none: nothing is open to them.</p>}
      <ul className={css.places}>
        {person.programs.map((place) => {
          const why = readOnly ?? place.whyNotEnd;
          return (
            <li key={place.assignmentId}>
              <ProgramMark code={place.code} />
              <span className="grow ellipsis">
                <span className="medium">{place.name}</span>
                <span className={`${css.detail ?? ''} small muted ellipsis`} title={givenText(place)}>
                  {givenText(place)}
                </span>
              </span>
              <Button
                small
                look="ghost"
                aria-disabled={why !== null}
                title={why ?? `End the assignment to ${place.name}`}
                aria-label={`Remove from ${place.name}`}
                onClick={() =>
                  why === null &&
                  act(`Remove ${person.fullName} from ${place.name}`, {
                    op: 'delete',
                    entity: 'user_program_assignments',
                    id: place.assignmentId,
                  })
                }
              >
                Remove
              </Button>
            </li>
          );
        })}
      </ul>
      {target && (
        <div className={css.acts}>
          <select
            className={css.select}
            aria-label="Program to assign to"
            value={target.programId}
            onChange={(event) => choose(event.target.value)}
          >
            {open.map(({ programId, name }) => (
              <option key={programId} value={programId}>
                {name}
              </option>
            ))}
          </select>
          <Button
            small
            aria-disabled={refusal !== null}
            title={refusal ?? undefined}
            onClick={() =>
              refusal === null &&
              act(`Assign ${person.fullName} to ${target.name}`, {
                op: 'insert',
                entity: 'user_program_assignments',
                id: newId(),
                values: { programId: target.programId, userId: person.id },
              })
            }
          >
            Assign
          </Button>
        </div>
      )}
      {refusal && <p className="small muted">{refusal}</p>}
    </Section>
  );
}

const givenText = ({ since, by }: AccessPerson['programs'][number]): string =>
  since === null ? 'Not sent yet' : `Since ${momentText(since)}, by ${by ?? 'somebody outside your programs'}`;

/** What the role opens, straight from the matrix that the database enforces. */
function Reach({ role }: { role: string }) {
  if (role === 'super_admin') {
    return (
      <Section title="What this role opens">
        <p className="small">Everything, in every program.</p>
      </Section>
    );
  }
  const reach = reachOf(role);
  const parts: [string, string[]][] = [
    ['Changes', reach.changes],
    ['Changes, of the courses they teach', reach.changesTaught],
    ['Sees', reach.sees.filter((name) => !reach.changes.includes(name))],
    ['Sees, of the courses they teach', reach.seesTaught.filter((name) => !reach.changesTaught.includes(name))],
  ];
  return (
    <Section title="What this role opens, in those programs">
      {parts.map(([title, names]) =>
        names.length === 0 ? null : (
          <div key={title} className={css.reach}>
            <p className="small medium">{title}</p>
            <p className="small muted">{names.join(', ')}.</p>
          </div>
        ),
      )}
    </Section>
  );
}
