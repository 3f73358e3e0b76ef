import { IconArrowsSplit2 } from '@tabler/icons-react';
import { entityOf } from '../../../shared/entities';
import { mayRead } from '../../../shared/rules/permit';
import { useChosenPrograms, useQuestion, useSync, useUser } from '../../client/hooks';
import { TableExport } from '../../exchange/table-export';
import { Button } from '../../ui/button';
import { counted, countText, momentText } from '../../ui/moment';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import { StatusSlot } from '../../ui/status-slot';
import { Scroll, TitleBar, Workspace } from '../../ui/workspace';
import { FacilityOccupancy } from './facility-occupancy';
import { needsMe, type Need } from './needs-me';
import { NeedsList } from './needs-list';
import { OverviewStrip, sum } from './overview-strip';
import css from './overview.module.css';
import { programTexts, ProgramTable } from './program-table';
import { RevenueChart } from './revenue-chart';

const settledHere: readonly Need['kind'][] = ['refused', 'conflict', 'waiting'];

/** What needs me, how full the places are, what came in, and the programs side by side. */
export function OverviewPage() {
  const chosen = useChosenPrograms();
  const sync = useSync();
  const user = useUser();
  const overview = useQuestion('overview.read', { programs: chosen }, { keep: true });
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
  const { programs, occupancy, revenue, at } = overview.data;
  const isLoading = sync?.loading != null;
  // What is not here yet would be told as missing.
  const needs = needsMe(overview.data, sync, user).filter(({ kind }) => !isLoading || settledHere.includes(kind));
  const seesMoney = mayRead(user, entityOf('payments'));
  if (programs.length === 0) {
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
  const compare = () => {
    const table = document.getElementById('side-by-side');
    table?.scrollIntoView({ block: 'start' });
    table?.focus({ preventScroll: true });
  };
  return (
    <Workspace>
      <TitleBar
        title="Overview"
        count={programs.length === 1 ? programs[0]?.name : `${countText(programs.length)} programs`}
      >
        <span className="quiet small">Counted {momentText(at).replace(/^Today/, 'today')}</span>
        <TableExport title="Programs" texts={() => programTexts(programs, seesMoney)} />
        {programs.length > 1 && (
          <Button icon={<IconArrowsSplit2 />} onClick={compare}>
            Compare programs
          </Button>
        )}
      </TitleBar>
      <OverviewStrip overview={overview.data} seesMoney={seesMoney} />
      <Scroll>
        <div className={css.halves}>
          <NeedsList {...{ needs, isLoading }} />
          <div>
            {isLoading && occupancy.length === 0 ? (
              <LoadingState rows={6} label="The enrollments are on their way to this computer" />
            ) : (
              <FacilityOccupancy places={occupancy} />
            )}
            {isLoading && seesMoney && revenue.length === 0 ? (
              <LoadingState rows={6} label="The payments are on their way to this computer" />
            ) : (
              seesMoney && <RevenueChart {...{ revenue, programs }} />
            )}
          </div>
        </div>
        {programs.length > 1 && <ProgramTable {...{ programs, seesMoney }} />}
      </Scroll>
      <StatusSlot>
        <span>
          <b>{countText(programs.length)}</b> {programs.length === 1 ? 'program' : 'programs'}
        </span>
        <span>
          Students <b>{countText(sum(programs, 'students'))}</b>
        </span>
        <span>
          Enrollments <b>{countText(sum(programs, 'enrollments'))}</b>
        </span>
        <span>{counted(needs.length, 'thing needs', 'things need')} you</span>
      </StatusSlot>
    </Workspace>
  );
}
