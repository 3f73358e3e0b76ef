import { useLocation } from 'wouter';
import type { BoardGroup, FacilityOccupancy } from '../../../shared/contract/assignment';
import { entityOf } from '../../../shared/entities';
import { choiceText } from '../../../shared/rules/cell-text';
import { whyNot } from '../../../shared/rules/permit';
import { AsOfNote, useAsOf } from '../../client/as-of';
import { useCommand, useQuestion, useUser } from '../../client/hooks';
import { useOneProgram } from '../../client/one-program';
import { pathOf } from '../../client/paths';
import { Button } from '../../ui/button';
import { confirm } from '../../ui/confirm';
import { Bar, Pill, type Tone } from '../../ui/marks';
import { counted, countText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import { FilterBar, Scroll, TitleBar, Workspace } from '../../ui/workspace';
import css from './occupancy.module.css';

/** How full every facility is on a day, by configuration, what it has, and whether it takes anybody. */
export function OccupancyPage() {
  const { programId, choice } = useOneProgram();
  const { day: asOf, text } = useAsOf();
  const asked = { programId: programId ?? '', asOf };
  const { data, error, refetch } = useQuestion('facilities.occupancy', asked, {
    enabled: !!programId,
    keep: true,
  });
  const taken = (data ?? []).reduce((sum, one) => sum + takenOf(one), 0);
  return (
    <Workspace>
      <TitleBar
        title="Occupancy"
        count={data && `${counted(taken, 'student')} in ${counted(data.length, 'facility', 'facilities')}`}
      />
      {choice && <FilterBar>{choice}</FilterBar>}
      <AsOfNote>Seats as of {text}.</AsOfNote>
      {error && <ErrorState problem={error.problem} onRetry={() => void refetch()} />}
      {programId === null && (
        <EmptyState title="There is no program here yet">Facilities belong to a program. Add one first.</EmptyState>
      )}
      {!error && programId !== null && !data && <LoadingState rows={12} label="Loading facilities" />}
      {data?.length === 0 && (
        <EmptyState title="There is no facility here yet">
          A program admin adds facilities in the grid beside.
        </EmptyState>
      )}
      <Scroll>
        {data?.map((facility) => (
          <Facility key={facility.id} facility={facility} programId={programId ?? ''} />
        ))}
      </Scroll>
    </Workspace>
  );
}

const takenOf = ({ groups }: FacilityOccupancy): number => groups.reduce((sum, { taken }) => sum + taken, 0);

type Status = 'active' | 'maintenance' | 'inactive';
const statusTone: Record<string, Tone> = { active: 'success', maintenance: 'warning', inactive: 'plain' };
const statusWords: Record<string, string> = { active: 'Active', maintenance: 'In maintenance', inactive: 'Not active' };
const typeField = entityOf('facilities').fields['facilityType'];

function Facility({ facility, programId }: { facility: FacilityOccupancy; programId: string }) {
  const { id, name, capacity, status, groups, equipment, amenities, later } = facility;
  const user = useUser();
  const [, goTo] = useLocation();
  const save = useCommand('rows.save');
  const locked = user ? whyNot(user, entityOf('facilities'), 'update', { programId }) : 'Sign in first.';
  const affected = facility.enrollments.length;
  const set = async (to: Status) => {
    const closes = to !== 'active';
    const agreed =
      !closes ||
      affected === 0 ||
      (await confirm({
        title: to === 'maintenance' ? `Take ${name} into maintenance?` : `Close ${name}?`,
        body: (
          <>
            <p>
              It takes no new students from now on. {counted(affected, 'enrollment')} there stay, until they are
              transferred:
            </p>
            <ul>
              {groups.slice(0, 6).map((group) => (
                <li key={group.label}>
                  {group.label}: {counted(group.taken, 'student')}
                </li>
              ))}
            </ul>
            <p>Transfers are offered next, one batch for all; leaving them is as good.</p>
          </>
        ),
        action: to === 'maintenance' ? 'Take into maintenance' : `Close ${name}`,
      }));
    if (!agreed) return;
    const label = `${name}: ${(statusWords[to] ?? to).toLowerCase()}`;
    const edits = [{ op: 'update' as const, entity: 'facilities' as const, id, values: { status: to } }];
    if (!(await save.run({ edits, label, via: 'form' }))) return;
    if (closes && affected > 0)
      notify.info(`${name} takes nobody new. ${counted(affected, 'enrollment')} are still there.`, {
        way: { label: 'Transfer them…', act: () => goTo(`/enrollments/board/${id}`) },
      });
    else notify.done(`${name} ${closes ? 'takes nobody new' : 'takes students again'}.`);
  };
  return (
    <section className={css.facility} aria-label={name}>
      <header className={css.head}>
        <div className={css.about}>
          <a href={`#${pathOf('facilities', id)}`} className={css.name}>
            {name}
          </a>
          <span className="muted small">
            {typeField?.kind === 'choice' ? choiceText(facility.facilityType, typeField.options) : ''}
          </span>
          <Pill tone={statusTone[status] ?? 'plain'}>{statusWords[status] ?? status}</Pill>
          {[...equipment, ...amenities].map((one) => (
            <Pill key={one}>{one}</Pill>
          ))}
        </div>
        <div className={css.acts}>
          <span className="small muted">
            {capacity === null ? 'No limit' : `${countText(capacity)} seats a group`}
            {later > 0 && ` · ${countText(later)} begin later`}
          </span>
          {status !== 'active' && affected > 0 && (
            <Button small onClick={() => goTo(`/enrollments/board/${id}`)}>
              Transfer {counted(affected, 'student')}…
            </Button>
          )}
          <select
            className={css.date}
            aria-label={`Status of ${name}`}
            value={status}
            disabled={locked !== null || save.busy}
            title={locked ?? undefined}
            onChange={(event) => void set(event.target.value as Status)}
          >
            {Object.entries(statusWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </div>
      </header>
      {groups.length === 0 && <p className={`${css.none} muted small`}>Nobody is taught here on this day.</p>}
      <ul className={css.groups}>
        {groups.map((group) => (
          <li key={group.label}>
            <span className="ellipsis" title={group.label}>
              {group.label}
            </span>
            <span className="ellipsis muted small" title={group.courses.join(', ')}>
              {group.courses.join(', ')}
            </span>
            {capacity !== null && (
              <Bar
                part={group.taken}
                of={capacity}
                full={group.taken >= capacity}
                label={`${group.label}: ${group.taken} of ${capacity} seats taken`}
              />
            )}
            {capacity === null && <span />}
            <span className={`figures ${capacity !== null && group.taken > capacity ? 'tone-danger' : ''}`}>
              {countText(group.taken)}
              {capacity !== null && <span className="muted"> / {countText(capacity)}</span>}
            </span>
            <span className="small muted">{wordsOf(group, capacity)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function wordsOf({ taken, provisional, waiting }: BoardGroup, capacity: number | null): string {
  const left = capacity === null ? null : capacity - taken;
  const room =
    left === null
      ? 'no limit'
      : left < 0
        ? `${countText(-left)} over`
        : left === 0
          ? 'full'
          : `${countText(left)} free`;
  const more = [
    provisional > 0 && `${countText(provisional)} provisional`,
    waiting > 0 && `${countText(waiting)} waiting`,
  ];
  return [room, ...more.filter(Boolean)].join(', ');
}
