import { useChosenPrograms, useQuestion, useSync, useUser } from '../../client/hooks';
import { Button } from '../../ui/button';
import { counted, countText } from '../../ui/moment';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import { StatusSlot } from '../../ui/status-slot';
import { Scroll, TitleBar, Workspace } from '../../ui/workspace';
import { FacilityOccupancy } from './facility-occupancy';
import { needsMe, seesGuardians } from './needs-me';
import { NeedsList } from './needs-list';
import css from './overview.module.css';
import { ProgramTable, totalsOf } from './program-table';

/** What needs me, how full the places are, and the programs side by side. */
export function OverviewPage() {
  const programs = useChosenPrograms();
  const sync = useSync();
  const user = useUser();
  const overview = useQuestion('overview.read', { programs }, { keep: true });
  if (!overview.data || !user) {
    return (
      <Workspace>
        <TitleBar title="Overview" />
        {overview.error ? (
          <ErrorState problem={overview.error.problem} onRetry={() => void overview.refetch()} />
        ) : (
          <LoadingState rows={12} />
        )}
      </Workspace>
    );
  }
  const totals = totalsOf(overview.data.programs);
  const needs = needsMe(overview.data, sync, user);
  const shown = overview.data.programs.length;
  if (shown === 0) {
    return (
      <Workspace>
        <TitleBar title="Overview" />
        {sync?.loading ? (
          <LoadingState rows={12} label="Your programs are on their way to this computer" />
        ) : (
          <EmptyState
            title="No program is on this computer yet"
            action={<Button onClick={() => void overview.refetch()}>Look again</Button>}
          >
            You see the programs you are assigned to. A super admin can assign you to one, or create the first.
          </EmptyState>
        )}
      </Workspace>
    );
  }
  return (
    <Workspace>
      <TitleBar
        title="Overview"
        count={shown === 1 ? overview.data.programs[0]?.name : `${countText(shown)} programs`}
      />
      <dl className={css.strip}>
        <Number name="Students" value={totals.students} />
        <Number name="Enrollments now" value={totals.enrollments} />
        <Number name="Courses" value={totals.courses} />
        <Number name="Without a price" value={overview.data.unpricedCombinations} beside="combinations" />
        {seesGuardians(user) && (
          <Number name="Without a guardian" value={overview.data.studentsWithoutGuardian} beside="students" />
        )}
      </dl>
      <Scroll>
        <div className={css.halves}>
          <NeedsList needs={needs} />
          <FacilityOccupancy places={overview.data.occupancy} />
        </div>
        {shown > 1 && <ProgramTable programs={overview.data.programs} />}
      </Scroll>
      <StatusSlot>
        <span>
          <b>{countText(shown)}</b> {shown === 1 ? 'program' : 'programs'}
        </span>
        <span>{counted(needs.length, 'thing needs', 'things need')} you</span>
      </StatusSlot>
    </Workspace>
  );
}

const Number = ({ name, value, beside }: { name: string; value: number; beside?: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <b>{countText(value)}</b> {beside && <span className="quiet small">{beside}</span>}
    </dd>
  </div>
);
