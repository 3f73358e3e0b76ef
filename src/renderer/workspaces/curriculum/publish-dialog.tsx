import { modals } from '@mantine/modals';
import { useState } from 'react';
import type { CurriculumVersion, OutlineNode, PublishImpact } from '../../../shared/contract/requests';
import { useQuestion } from '../../client/hooks';
import { problemOf, request } from '../../client/request';
import { takeBack } from '../../client/take-back';
import { Button } from '../../ui/button';
import { counted } from '../../ui/moment';
import { notify, ProblemText } from '../../ui/notify';
import { ErrorState, LoadingState, Note } from '../../ui/states';
import type { Problem } from '../../../shared/contract/outcome';
import css from './changes.module.css';

interface PublishProps {
  draft: CurriculumVersion;
  /** The nodes of the course, for choosing where progress goes. */
  nodes: readonly OutlineNode[];
}

/** Asks what becomes of progress on lessons that are gone, says what publishing does, and publishes. */
export function openPublish({ draft, nodes }: PublishProps): void {
  const id = modals.open({
    title: `Publish version ${draft.version} of “${draft.name}”`,
    size: 'lg',
    children: <Publish draft={draft} nodes={nodes} onDone={() => modals.close(id)} />,
  });
}

const letGo = 'let-go';

function Publish({ draft, nodes, onDone }: PublishProps & { onDone: () => void }) {
  const { data, error, refetch } = useQuestion('curriculum.impact', { curriculumId: draft.id });
  const [mapping, setMapping] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (error) return <ErrorState problem={error.problem} onRetry={() => void refetch()} />;
  if (!data) return <LoadingState rows={4} label="Looking at who has progress" />;
  const open = data.lost.filter((lesson) => !mapping[lesson.id]);
  const publish = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const { mutationId } = await request('curriculum.publish', {
        curriculumId: draft.id,
        mapping: data.lost.map(({ id }) => ({ from: id, to: mapping[id] === letGo ? null : (mapping[id] ?? null) })),
      });
      onDone();
      notify.done(`Published version ${draft.version} of “${draft.name}”.`, {
        undo: () => takeBack(mutationId),
      });
    } catch (reason) {
      setProblem(problemOf(reason));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={css.dialog}>
      <p>{whatHappens(draft, data)}</p>
      {data.lost.length > 0 && (
        <Mapping lost={data.lost} targets={targetsIn(nodes, draft.id)} mapping={mapping} onMapping={setMapping} />
      )}
      {problem && (
        <Note tone="danger" role="alert">
          <ProblemText problem={problem} />
        </Note>
      )}
      <div className={css.actions}>
        <Button onClick={onDone}>Cancel</Button>
        <Button
          look="primary"
          busy={isBusy}
          data-autofocus={data.lost.length === 0 || undefined}
          aria-disabled={open.length > 0}
          title={open.length > 0 ? `Say where progress on ${counted(open.length, 'lesson')} goes first` : undefined}
          onClick={() => (open.length > 0 ? undefined : void publish())}
        >
          Publish version {draft.version}
        </Button>
      </div>
    </div>
  );
}

const whatHappens = (draft: CurriculumVersion, { replaces }: PublishImpact): string =>
  `Learners follow version ${draft.version} from now on${replaces ? `; version ${replaces.version} is archived` : ''}. What is in it stays as it is: to change it, the next draft is started. Undo puts everything back, as long as nobody has progress in it.`;

interface Target {
  id: string;
  label: string;
}

/** The lessons of a curriculum, with the module each is in. */
function targetsIn(nodes: readonly OutlineNode[], curriculumId: string): Target[] {
  const modules = new Map(
    nodes.filter((node) => node.entity === 'modules' && node.parentId === curriculumId).map((node) => [node.id, node]),
  );
  return nodes.flatMap((node) => {
    const module = modules.get(node.parentId);
    return node.entity === 'lessons' && module ? [{ id: node.id, label: `${module.name} · ${node.name}` }] : [];
  });
}

interface MappingProps {
  lost: PublishImpact['lost'];
  targets: readonly Target[];
  mapping: Record<string, string>;
  onMapping: (mapping: Record<string, string>) => void;
}

function Mapping({ lost, targets, mapping, onMapping }: MappingProps) {
  return (
    <table className={css.mapping}>
      <thead>
        <tr>
          <th scope="col">No longer in this version</th>
          <th scope="col">Progress on it goes to</th>
        </tr>
      </thead>
      <tbody>
        {lost.map((lesson, at) => (
          <tr key={lesson.id}>
            <td>
              <div className="medium">{lesson.name}</div>
              <div className="small muted">
                {lesson.module} · {counted(lesson.enrollments, 'learner')}
              </div>
            </td>
            <td>
              <select
                className={css.select}
                aria-label={`Progress on ${lesson.name} goes to`}
                data-autofocus={at === 0 || undefined}
                value={mapping[lesson.id] ?? ''}
                onChange={(event) => onMapping({ ...mapping, [lesson.id]: event.target.value })}
              >
                <option value="" disabled>
                  Choose…
                </option>
                <option value={letGo}>Nowhere: it is let go</option>
                {targets.map(({ id, label }) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
              </select>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
