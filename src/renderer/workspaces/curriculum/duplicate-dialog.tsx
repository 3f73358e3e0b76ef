import { modals } from '@mantine/modals';
import { useState } from 'react';
import type { Copyable } from '../../../shared/contract/curriculum';
import type { Problem } from '../../../shared/contract/outcome';
import type { CurriculumVersion } from '../../../shared/contract/requests';
import type { AnyRow } from '../../../shared/model';
import { useQuestion } from '../../client/hooks';
import { usePrograms } from '../../client/programs';
import { problemOf, request } from '../../client/request';
import { takeBack } from '../../client/take-back';
import { objectsOf } from '../../forms/lookups';
import { Button } from '../../ui/button';
import { counted } from '../../ui/moment';
import { notify, ProblemText } from '../../ui/notify';
import { LoadingState, Note } from '../../ui/states';
import css from './changes.module.css';
import { LabelledField } from './draft-fields';
import { durationText } from './outline-tree';

interface DuplicateProps {
  version: CurriculumVersion;
  course: AnyRow;
  /** Goes to the course the copy is in. */
  onShow: (courseId: string) => void;
}

/** Asks where a copy of a curriculum goes, says what it holds, and makes it. */
export function openDuplicate(props: DuplicateProps): void {
  const id = modals.open({
    title: `Duplicate “${props.version.name}”, version ${props.version.version}`,
    size: 'lg',
    children: <Duplicate {...props} onDone={() => modals.close(id)} />,
  });
}

const newCourse = 'new';
/** More courses than these are found in the list of courses, not in a menu. */
const most = 500;

function Duplicate({ version, course, onShow, onDone }: DuplicateProps & { onDone: () => void }) {
  const programs = usePrograms();
  const [programId, setProgram] = useState(String(course['programId']));
  const [chosen, setCourse] = useState<string>(newCourse);
  const [name, setName] = useState(version.name);
  const [prices, setPrices] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const view = {
    ...{ entity: 'courses' as const, programs: [programId], where: [], search: '' },
    sort: [{ field: 'name', descending: false }],
  };
  const page = useQuestion('rows.page', { view, from: 0, count: most }, { keep: true }).data;
  const courseId = chosen === newCourse ? null : chosen;
  const asked = { curriculumId: version.id, programId, courseId };
  const { data } = useQuestion('curriculum.copyable', asked, { keep: true });
  if (!programs || !data) return <LoadingState rows={5} label="Looking at what is in it" />;
  const withPrices = prices && data.prices.whyNot === null;
  const why = data.whyNot ?? (name.trim() === '' ? 'Give the copy a name.' : null);
  const copy = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const { ids, mutationId } = await request('curriculum.duplicate', {
        ...asked,
        ...{ name: name.trim(), prices: withPrices },
      });
      onDone();
      notify.done(`Copied “${version.name}”.`, {
        undo: () => takeBack(mutationId),
      });
      if (ids[1]) onShow(ids[1]);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <div className={css.dialog}>
      <LabelledField label="Program">
        {(input) => (
          <select
            {...input}
            className={css.select}
            value={programId}
            onChange={(event) => {
              setProgram(event.target.value);
              setCourse(newCourse);
            }}
          >
            {programs.map((program) => (
              <option key={program.id} value={program.id}>
                {program.name}
              </option>
            ))}
          </select>
        )}
      </LabelledField>
      <LabelledField label="Course">
        {(input) => (
          <select {...input} className={css.select} value={chosen} onChange={(event) => setCourse(event.target.value)}>
            <option value={newCourse}>A new course like “{String(course['name'])}”</option>
            {page &&
              objectsOf(page).map((row) => (
                <option key={row.id} value={row.id}>
                  {String(row['name'])}
                  {row.id === course.id ? ' (this one)' : ''}
                </option>
              ))}
          </select>
        )}
      </LabelledField>
      <LabelledField label="Name of the copy">
        {(input) => (
          <input
            {...input}
            className={css.select}
            dir="auto"
            maxLength={255}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </LabelledField>
      <label className={css.tick}>
        <input
          type="checkbox"
          checked={withPrices}
          disabled={data.prices.whyNot !== null}
          onChange={(event) => setPrices(event.target.checked)}
        />
        <span>
          Prices of the course
          <span className="small muted"> · {pricesText(data.prices)}</span>
        </span>
      </label>
      <p className="muted">{whatIsMade(data)}</p>
      {data.whyNot && <Note tone="warning">{data.whyNot}</Note>}
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
          aria-disabled={why !== null}
          title={why ?? undefined}
          onClick={() => (why === null ? void copy() : undefined)}
        >
          Duplicate
        </Button>
      </div>
    </div>
  );
}

const pricesText = ({ count, skipped, whyNot }: Copyable['prices']): string =>
  whyNot ??
  `${counted(count, 'price')} from today on${skipped > 0 ? `; ${counted(skipped, 'price')} the course has already` : ''}`;

const whatIsMade = ({ modules, lessons, minutes, isTracked }: Copyable): string =>
  `A draft of ${counted(modules, 'module')} and ${counted(lessons, 'lesson')}${minutes > 0 ? `, ${durationText(minutes)}${minutes < 60 ? ' min' : ''} in all` : ''}: all new, nothing shared.${
    isTracked
      ? ' It remembers this version: when a newer one is published, its changes can be taken one by one.'
      : ' It is a plain copy. To be told of later changes, copy a published version.'
  }`;
