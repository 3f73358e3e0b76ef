import { IconArrowBackUp, IconExternalLink, IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { RestoreWhat, TrailEntry, TrailFilter, TrailGroup } from '../../../shared/contract/trail';
import { isEntityName } from '../../../shared/entities';
import { useQuestion } from '../../client/hooks';
import { usePanelWidth } from '../../client/panels';
import { pathOf } from '../../client/paths';
import type { Lookups } from '../../forms/lookups';
import { howText } from '../../grid/explain/provenance';
import { Button } from '../../ui/button';
import { Inspector, KeyValues, Section } from '../../ui/inspector';
import { momentText } from '../../ui/moment';
import { ErrorState, LoadingState } from '../../ui/states';
import css from './audit.module.css';
import { RestoreDialog } from './restore-dialog';
import { useNames, type Names } from './use-names';
import { endedText } from '../../../shared/rules/ended-text';
import { acts, changeWords, entityIn, sizeText, titleText, who } from './words';

interface BatchPanelProps {
  group: TrailGroup;
  lookups: Lookups;
  onRecord: (entity: string, id: string) => void;
  /** Narrows the trail down. */
  onOnly: (filter: Pick<TrailFilter, 'deviceId' | 'mutationId'>) => void;
  onClose: () => void;
}

/** One act: who, when, where and how, and everything it changed, with the ways back. */
export function BatchPanel({ group, lookups, onRecord, onOnly, onClose }: BatchPanelProps) {
  const [width, setWidth] = usePanelWidth('audit.batch', 420);
  const [asked, ask] = useState<{ what: RestoreWhat; title: string } | null>(null);
  const [first] = group.entries;
  const { mutationId } = group;
  const batch = useQuestion('audit.batch', { mutationId: mutationId ?? '' }, { enabled: mutationId !== null });
  const entries = mutationId === null ? group.entries : batch.data?.entries;
  const names = useNames(entries ?? []);
  if (!first) return null;
  return (
    <Inspector
      label="What was done"
      title={sizeText(group)}
      subtitle={`${who(first)} · ${momentText(first.at)}`}
      width={width}
      onWidth={setWidth}
      onClose={onClose}
    >
      <Section>
        <KeyValues
          items={[
            { key: 'how', name: 'How', value: first.via ? howText(first.via) : '–' },
            { key: 'desk', name: 'Desk', value: first.deviceName ?? '–' },
            ...(first.reason ? [{ key: 'why', name: 'Reason', value: first.reason }] : []),
          ]}
        />
        {mutationId !== null && (
          <div className={css.buttons}>
            <Button
              small
              icon={<IconArrowBackUp />}
              onClick={() => ask({ what: { kind: 'batch', mutationId }, title: `Take back what ${who(first)} did` })}
            >
              Take all of it back…
            </Button>
            <Button small onClick={() => onOnly({ mutationId })}>
              Only this act
            </Button>
            {first.deviceId && (
              <Button small onClick={() => onOnly({ deviceId: first.deviceId ?? undefined })}>
                Only this desk
              </Button>
            )}
          </div>
        )}
      </Section>
      <Section title="What changed">
        {batch.error ? (
          <ErrorState problem={batch.error.problem} onRetry={() => void batch.refetch()} />
        ) : !entries ? (
          <LoadingState rows={4} label="Loading the changes" />
        ) : (
          <ol className={css.entries}>
            {entries.map((entry) => (
              <Entry
                key={entry.id}
                {...{ entry, names, lookups, onRecord }}
                onRestore={(what, title) => ask({ what, title })}
              />
            ))}
            {batch.data && batch.data.next !== null && <li className="muted">The newest 1,000 are shown.</li>}
          </ol>
        )}
      </Section>
      {asked && <RestoreDialog {...asked} lookups={lookups} onClose={() => ask(null)} />}
    </Inspector>
  );
}

interface EntryProps {
  entry: TrailEntry;
  names: Names;
  lookups: Lookups;
  onRecord: (entity: string, id: string) => void;
  onRestore: (what: RestoreWhat, title: string) => void;
}

function Entry({ entry, names, lookups, onRecord, onRestore }: EntryProps) {
  const [, goTo] = useLocation();
  const title = titleText(entry, names, lookups);
  const entity = entityIn(entry);
  const name = isEntityName(entry.entity) ? entry.entity : null;
  const here = { id: entry.rowId, from: entry.id };
  return (
    <li>
      <div className="row">
        <span className="grow ellipsis">
          <span className="medium">{title}</span>{' '}
          <span className="muted">
            {entry.action === 'sign-out' ? endedText(entry, title) : acts[entry.action].toLowerCase()}
          </span>
        </span>
        <Button
          small
          look="ghost"
          icon={<IconHistory />}
          aria-label={`Everything that happened to ${title}`}
          title="Everything that happened to it"
          onClick={() => onRecord(entry.entity, entry.rowId)}
        />
        {name && entry.action !== 'delete' && (
          <Button
            small
            look="ghost"
            icon={<IconExternalLink />}
            aria-label={`Open ${title}`}
            title="Open the record"
            onClick={() => goTo(pathOf(name, entry.rowId))}
          />
        )}
        {name && entry.action === 'update' && (
          <Button
            small
            look="ghost"
            icon={<IconArrowBackUp />}
            aria-label={`Take ${title} back to before this`}
            title="Take the record back to before this"
            onClick={() => onRestore({ kind: 'record', entity: name, ...here }, `Take ${title} back`)}
          />
        )}
      </div>
      {entry.action !== 'delete' &&
        changeWords(entry, names, lookups)
          .filter(({ now }) => entry.action === 'update' || now !== '')
          .map(({ field, label, old, now }) => (
            <p key={field} className={css.change}>
              <span className="grow">
                <span className="muted">{label}</span> {entry.action === 'update' && <del>{old || 'nothing'}</del>}{' '}
                {now || 'nothing'}
              </span>
              {name && entry.action === 'update' && !entity?.fields[field]?.options.readOnly && (
                <Button
                  small
                  look="link"
                  aria-label={`Put back ${label.toLowerCase()} of ${title}`}
                  onClick={() =>
                    onRestore(
                      { kind: 'field', entity: name, ...here, field },
                      `Put back ${label.toLowerCase()} of ${title}`,
                    )
                  }
                >
                  Put back
                </Button>
              )}
            </p>
          ))}
    </li>
  );
}
