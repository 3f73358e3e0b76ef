import { Menu } from '@mantine/core';
import {
  IconArchive,
  IconCopy,
  IconDots,
  IconMarkdown,
  IconPlus,
  IconPrinter,
  IconRotate,
  IconShieldSearch,
} from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { CurriculumVersion } from '../../../shared/contract/requests';
import { mayBecome, versionText } from '../../../shared/rules/curriculum';
import { problemOf, request } from '../../client/request';
import { takeBack } from '../../client/take-back';
import { Button } from '../../ui/button';
import { notify } from '../../ui/notify';
import { openDuplicate } from './duplicate-dialog';
import { selectOne } from './outline-selection';
import { openPublish } from './publish-dialog';
import { openSyllabus } from './syllabus-dialog';
import type { OutlineState } from './use-outline';

/** What can be done with the version in focus: publish a draft, start the next draft, and the rest behind a menu. */
export function VersionActions({ outline, onCourse }: { outline: OutlineState; onCourse: (id: string) => void }) {
  const { canEdit, whyNot } = outline.outline;
  const { here, draft } = outline.versions;
  const [, goTo] = useLocation();
  const addCurriculum = () => outline.begin('curricula');
  if (!here) {
    return (
      <Button
        look={canEdit ? 'primary' : 'plain'}
        icon={<IconPlus />}
        aria-disabled={!canEdit}
        title={whyNot ?? 'Another way through the course'}
        onClick={addCurriculum}
      >
        Add a curriculum
      </Button>
    );
  }
  return (
    <>
      <Main outline={outline} here={here} draft={draft} />
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button look="ghost" icon={<IconDots />} aria-label="More for this curriculum" />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPlus size={14} />} onClick={addCurriculum}>
            Add a curriculum
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy size={14} />}
            onClick={() => openDuplicate({ version: here, course: outline.outline.course, onShow: onCourse })}
          >
            Duplicate to…
          </Menu.Item>
          <Menu.Item leftSection={<IconShieldSearch size={14} />} onClick={() => goTo(`/audit/curriculum/${here.id}`)}>
            What changed since a date…
          </Menu.Item>
          <Menu.Item leftSection={<IconPrinter size={14} />} onClick={() => openSyllabus(here, 'print')}>
            Print syllabus…
          </Menu.Item>
          <Menu.Item leftSection={<IconMarkdown size={14} />} onClick={() => openSyllabus(here, 'markdown')}>
            Save syllabus as Markdown…
          </Menu.Item>
          {here.state === 'archived' && (
            <Menu.Item leftSection={<IconRotate size={14} />} onClick={() => setState(here, 'published')}>
              Publish version {here.version} again
            </Menu.Item>
          )}
          {here.state === 'published' && here.learners === 0 && (
            <Menu.Item leftSection={<IconRotate size={14} />} onClick={() => setState(here, 'draft')}>
              Make version {here.version} a draft again
            </Menu.Item>
          )}
          {mayBecome(here.state, 'archived') && here.state !== 'archived' && (
            <Menu.Item leftSection={<IconArchive size={14} />} onClick={() => setState(here, 'archived')}>
              Archive version {here.version}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

interface MainProps {
  outline: OutlineState;
  here: CurriculumVersion;
  draft: CurriculumVersion | undefined;
}

function Main({ outline, here, draft }: MainProps) {
  const { canEdit, whyNot } = outline.outline;
  const locked = { 'aria-disabled': !canEdit, ...(whyNot ? { title: whyNot } : {}) };
  if (here.state === 'draft') {
    return (
      <Button
        look={canEdit ? 'primary' : 'plain'}
        {...locked}
        onClick={() => (canEdit ? openPublish({ draft: here, nodes: outline.nodes }) : outline.mayEdit(null))}
      >
        Publish version {here.version}…
      </Button>
    );
  }
  if (draft) {
    return (
      <Button look="primary" onClick={() => outline.select(selectOne(draft.id))}>
        Go to draft v{draft.version}
      </Button>
    );
  }
  return (
    <Button
      look={canEdit ? 'primary' : 'plain'}
      {...locked}
      onClick={() => outline.mayEdit(null) && void startDraft(outline, here)}
    >
      Start the next draft
    </Button>
  );
}

async function startDraft(outline: OutlineState, from: CurriculumVersion): Promise<void> {
  try {
    const { ids } = await request('curriculum.draft', { curriculumId: from.id });
    await outline.refresh();
    if (ids[0]) outline.select(selectOne(ids[0]));
    notify.done(`Started the next draft of “${from.name}”. The published version stays as it is.`);
  } catch (error) {
    notify.problem(problemOf(error));
  }
}

const words = { published: 'Publish', draft: 'Make a draft of', archived: 'Archive' };

function setState(version: CurriculumVersion, state: CurriculumVersion['state']): void {
  const edits = [{ op: 'update' as const, entity: 'curricula' as const, id: version.id, values: { state } }];
  request('rows.save', { edits, label: `${words[state]} ${versionText(version)}` }).then(
    ({ mutationId }) =>
      notify.done(`${versionText(version)} is ${state === 'draft' ? 'a draft again' : state}.`, {
        undo: () => takeBack(mutationId),
      }),
    (error: unknown) => notify.problem(problemOf(error)),
  );
}
