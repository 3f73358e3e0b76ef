import { IconDownload, IconShieldCheck } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import type { TrailFilter, TrailGroup } from '../../../shared/contract/trail';
import type { SessionFacts } from '../../../shared/contract/wire';
import { isEntityName } from '../../../shared/entities';
import { rankOf } from '../../../shared/rules/permit';
import { useChosenPrograms, useQuestion } from '../../client/hooks';
import { problemOf } from '../../client/request';
import { useLookups, type Lookups } from '../../forms/lookups';
import { howText } from '../../grid/explain/provenance';
import { Button } from '../../ui/button';
import { counted, momentText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { EmptyState, ErrorState, FilteredState, LoadingState } from '../../ui/states';
import { StatusSlot } from '../../ui/status-slot';
import { FilterBar, Scroll, TitleBar, Workspace } from '../../ui/workspace';
import css from './audit.module.css';
import { BatchPanel } from './batch-panel';
import { exportTrail } from './export-trail';
import { Filters } from './filters';
import { useNames, type Names } from './use-names';
import { useTrail } from './use-trail';
import { VerifyDialog } from './verify-dialog';
import { sentence, sizeText, titleText, who } from './words';

const keyOf = ({ mutationId, entries }: TrailGroup): string => mutationId ?? String(entries[0]?.id);

/**
 * Everything that was done, by anybody, newest first: found, opened, taken back, verified, taken along with proof.
 * @param curriculum begins with what changed in this curriculum
 */
export function AuditPage({ user, curriculum }: { user: SessionFacts; curriculum?: string }) {
  const [asked, setFilter] = useState<TrailFilter>(curriculum ? { curriculumId: curriculum } : {});
  const programs = useChosenPrograms();
  const filter = useMemo(() => (programs.length > 0 ? { ...asked, programs } : asked), [asked, programs]);
  const trail = useTrail(filter);
  const count = useQuestion('audit.count', { filter });
  const lookups = useLookups();
  const names = useNames(useMemo(() => trail.groups.flatMap(({ entries }) => entries), [trail.groups]));
  const [chosen, choose] = useState<string | null>(null);
  const [isVerifying, setVerifying] = useState(false);
  const group = trail.groups.find((one) => keyOf(one) === chosen);
  const desks = useDesks(trail.groups);
  const isFiltered = Object.keys(asked).length > 0;
  const total =
    count.data &&
    (count.data.isMore ? `more than ${counted(count.data.count, 'change')}` : counted(count.data.count, 'change'));
  const toRecord = (entity: string, rowId: string) => {
    choose(null);
    if (isEntityName(entity)) setFilter({ entity, rowId });
  };
  return (
    <Workspace
      side={
        group && (
          <BatchPanel
            key={keyOf(group)}
            {...{ group, lookups }}
            onRecord={toRecord}
            onOnly={(only) => setFilter((now) => ({ ...now, ...only }))}
            onClose={() => choose(null)}
          />
        )
      }
    >
      <TitleBar title="Audit trail" count={total}>
        <Button
          look="ghost"
          on={asked.assigned === true}
          onClick={() => setFilter(asked.assigned ? {} : { assigned: true })}
        >
          Who assigned whom
        </Button>
        <ExportButton filter={filter} />
        {rankOf(user.role) >= 3 && (
          <Button icon={<IconShieldCheck />} onClick={() => setVerifying(true)}>
            Verify
          </Button>
        )}
      </TitleBar>
      <FilterBar
        end={
          isFiltered && (
            <Button small look="link" onClick={() => setFilter({})}>
              Clear filters
            </Button>
          )
        }
      >
        <Filters
          filter={asked}
          {...{ user, desks }}
          recordName={nameOf(asked, trail.groups, names, lookups)}
          onChange={(next) => {
            choose(null);
            setFilter(next);
          }}
        />
      </FilterBar>
      {trail.error ? (
        <Unanswered trail={trail} />
      ) : trail.isPending ? (
        <LoadingState rows={12} label="Loading the audit trail" />
      ) : trail.groups.length === 0 && !trail.hasNextPage ? (
        isFiltered ? (
          <FilteredState title="Nothing was done that matches" onClear={() => setFilter({})}>
            The conditions above leave nothing of the trail.
          </FilteredState>
        ) : (
          <EmptyState title="Nothing is recorded yet">
            Every change to what you may see appears here, once the central database has received it.
          </EmptyState>
        )
      ) : (
        <Scroll>
          <Acts groups={trail.groups} {...{ names, lookups, chosen }} onChoose={choose} />
          {trail.hasNextPage && (
            <div className={css.more}>
              <Button busy={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
                {trail.groups.length === 0 ? 'Nothing so far: look further back' : 'Show older ones'}
              </Button>
            </div>
          )}
        </Scroll>
      )}
      <StatusSlot>
        <span>{counted(trail.groups.length, 'act')} shown</span>
      </StatusSlot>
      {isVerifying && <VerifyDialog lookups={lookups} onClose={() => setVerifying(false)} />}
    </Workspace>
  );
}

function nameOf({ rowId, entity }: TrailFilter, groups: TrailGroup[], names: Names, lookups: Lookups): string {
  const known = rowId && groups.some(({ entries }) => entries.some((entry) => entry.rowId === rowId));
  return known && entity ? titleText({ entity, rowId }, names, lookups) : 'one record';
}

/** Desks that made what was shown so far: they stay to choose from while other conditions change. */
function useDesks(groups: readonly TrailGroup[]): ReadonlyMap<string, string> {
  const [desks, setDesks] = useState<ReadonlyMap<string, string>>(new Map());
  const met = groups.flatMap(({ entries }) =>
    entries.flatMap(({ deviceId, deviceName }) => (deviceId && deviceName ? [[deviceId, deviceName] as const] : [])),
  );
  if (met.some(([id]) => !desks.has(id))) setDesks(new Map([...desks, ...met]));
  return desks;
}

function Unanswered({ trail }: { trail: Pick<ReturnType<typeof useTrail>, 'error' | 'refetch'> }) {
  const problem = problemOf(trail.error);
  const told =
    problem.kind === 'offline'
      ? {
          ...problem,
          message:
            'The audit trail is kept by the central database. What you did on this computer is here all the same: press Ctrl+Alt+Z to see it and take it back.',
        }
      : problem;
  return <ErrorState problem={told} onRetry={() => void trail.refetch()} />;
}

interface ActsProps {
  groups: TrailGroup[];
  names: Names;
  lookups: Lookups;
  chosen: string | null;
  onChoose: (key: string) => void;
}

function Acts({ groups, names, lookups, chosen, onChoose }: ActsProps) {
  return (
    <table className={css.table}>
      <thead>
        <tr>
          {['When', 'Who', 'What', 'Changes', 'How', 'Desk'].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => {
          const [first] = group.entries;
          if (!first) return null;
          const key = keyOf(group);
          return (
            <tr key={key} data-chosen={key === chosen || undefined}>
              <td className={css.when}>{momentText(first.at)}</td>
              <td>{who(first)}</td>
              <td className={css.what}>
                <button type="button" className={css.open} onClick={() => onChoose(key)}>
                  {sentence(first, names, lookups)}
                </button>
              </td>
              <td className="muted">{group.count > 1 ? sizeText(group) : ''}</td>
              <td className="muted">{first.via ? howText(first.via) : '–'}</td>
              <td className="muted">{first.deviceName ?? '–'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Takes what is filtered along, with proof; pressed again, it stops. */
function ExportButton({ filter }: { filter: TrailFilter }) {
  const [done, setDone] = useState<number | null>(null);
  const isStopped = useRef(false);
  const start = async () => {
    isStopped.current = false;
    setDone(0);
    try {
      if (await exportTrail(filter, setDone, () => isStopped.current))
        notify.done('The audit trail was exported, with proof.');
    } catch (error) {
      notify.problem(problemOf(error));
    } finally {
      setDone(null);
    }
  };
  return (
    <Button
      look="ghost"
      icon={<IconDownload />}
      onClick={() => (done === null ? void start() : (isStopped.current = true))}
    >
      {done === null ? 'Export with proof' : `${counted(done, 'entry', 'entries')} – stop`}
    </Button>
  );
}
