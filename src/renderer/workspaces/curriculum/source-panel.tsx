import { useState } from 'react';
import type { SourceNews } from '../../../shared/contract/curriculum';
import type { Problem } from '../../../shared/contract/outcome';
import type { SourceChange } from '../../../shared/rules/curriculum-merge';
import { usePanelWidth } from '../../client/panels';
import { problemOf, request } from '../../client/request';
import { takeBack } from '../../client/take-back';
import { Button } from '../../ui/button';
import { Inspector, Section } from '../../ui/inspector';
import { counted } from '../../ui/moment';
import { notify, ProblemText } from '../../ui/notify';
import { Note } from '../../ui/states';
import { EditedFields, groups, placeText } from './change-words';
import css from './changes.module.css';
import { selectOne } from './outline-selection';
import type { OutlineState } from './use-outline';

type Choice = 'take' | 'keep';

interface SourcePanelProps {
  news: SourceNews;
  outline: OutlineState;
  onClose: () => void;
}

/** What changed in the version a curriculum was copied from: taken or not, node by node. */
export function SourcePanel({ news, outline, onClose }: SourcePanelProps) {
  const [width, setWidth] = usePanelWidth('curriculum.changes', 304);
  const [chosen, choose] = useState<Record<string, Choice>>({});
  const { source, newest, changes } = news;
  const choiceOf = (change: SourceChange): Choice | undefined =>
    change.held ? 'keep' : (chosen[change.key] ?? (change.conflict ? undefined : 'take'));
  const chooseAll = (choice: Choice) => choose(Object.fromEntries(changes.map(({ key }) => [key, choice])));
  return (
    <Inspector
      label="Source changed"
      title="Source changed"
      subtitle={`“${source.name}” of ${source.course}, v${source.version} → v${newest.version}`}
      width={width}
      onWidth={setWidth}
      onClose={onClose}
    >
      <div className={css.all}>
        <Button small onClick={() => chooseAll('take')}>
          Take all
        </Button>
        <Button small onClick={() => chooseAll('keep')}>
          Keep all mine
        </Button>
      </div>
      {groups.map((group) => {
        const list = changes.filter((change) => kindOf(change) === group.is);
        return (
          list.length > 0 && (
            <Section key={group.is} title={group.title}>
              <ul className={css.list}>
                {list.map((change) => (
                  <SourceItem
                    key={change.key}
                    change={change}
                    choice={choiceOf(change)}
                    onChoice={(choice) => choose({ ...chosen, [change.key]: choice })}
                  />
                ))}
              </ul>
            </Section>
          )
        );
      })}
      <TakeBar
        {...{ news, outline, onClose }}
        open={changes.filter((change) => choiceOf(change) === undefined).length}
        take={changes.filter((change) => choiceOf(change) === 'take').map(({ key }) => key)}
      />
    </Inspector>
  );
}

/** Under which heading a node is listed: once, whatever all happened to it. */
const kindOf = (change: SourceChange) =>
  (['added', 'removed', 'moved', 'renamed', 'edited'] as const).find((kind) => change[kind] !== undefined);

interface SourceItemProps {
  change: SourceChange;
  choice: Choice | undefined;
  onChoice: (choice: Choice) => void;
}

function SourceItem({ change, choice, onChoice }: SourceItemProps) {
  const { key, name, moved, renamed, edited, removed, place, conflict, held } = change;
  const group = groups.find(({ is }) => is === kindOf(change))!;
  const { icon: Icon } = group;
  return (
    <li className={css.item} data-tone={group.tone}>
      <span className={css.mark} aria-hidden>
        <Icon size={14} />
      </span>
      <div className="grow">
        {renamed && <s className="small quiet">{renamed.from}</s>}
        <div className="medium" dir="auto">
          {removed ? <s>{name}</s> : name}
        </div>
        <div className="small muted">
          {moved ? (
            <>
              {placeText(moved.from)} <br />→ {placeText(moved.to)}
            </>
          ) : (
            placeText(place)
          )}
        </div>
        {edited && <EditedFields edited={edited} />}
        {(held ?? conflict) && <div className={css.conflict}>{held ?? conflict}</div>}
        {!held && (
          <fieldset className={css.choice}>
            <legend className="only-read-aloud">{name}</legend>
            {(['take', 'keep'] as const).map((one) => (
              <label key={one}>
                <input type="radio" name={`source-${key}`} checked={choice === one} onChange={() => onChoice(one)} />
                {one === 'take' ? 'Take' : 'Keep mine'}
              </label>
            ))}
          </fieldset>
        )}
      </div>
    </li>
  );
}

interface TakeBarProps extends SourcePanelProps {
  take: string[];
  /** How many still wait for a choice. */
  open: number;
}

function TakeBar({ news, outline, onClose, take, open }: TakeBarProps) {
  const { here, draft } = outline.versions;
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isReady = open === 0 && outline.outline.canEdit;
  const apply = async () => {
    if (!here) return;
    setBusy(true);
    setProblem(null);
    try {
      const target = draft?.id ?? (await request('curriculum.draft', { curriculumId: here.id })).ids[0]!;
      const asked = { curriculumId: target, sourceId: news.newest.id, take };
      const { mutationId } = await request('curriculum.adopt', asked);
      await outline.refresh();
      outline.select(selectOne(target));
      onClose();
      notify.done(`Took ${counted(take.length, 'change')} of “${news.source.name}”.`, {
        undo: () => takeBack(mutationId),
      });
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  const why = open > 0 ? `Choose for ${counted(open, 'change')} that you changed too` : outline.outline.whyNot;
  return (
    <div className={css.takeBar}>
      {problem && (
        <Note tone="danger" role="alert">
          <ProblemText problem={problem} />
        </Note>
      )}
      {why && !isReady && <p className="small muted">{why}.</p>}
      <Button
        look="primary"
        busy={isBusy}
        aria-disabled={!isReady}
        title={why ?? undefined}
        onClick={() => (isReady ? void apply() : undefined)}
      >
        {take.length === 0 ? 'Keep everything as it is' : `Take ${counted(take.length, 'change')}`}
        {draft ? '' : ' into a new draft'}
      </Button>
      <p className="small muted">What is taken becomes ordinary edits of the draft. What is kept is not asked again.</p>
    </div>
  );
}
