import { modals } from '@mantine/modals';
import { useState } from 'react';
import type { CurriculumVersion } from '../../../shared/contract/requests';
import { problemOf, request } from '../../client/request';
import { offer } from '../../exchange/files';
import { printSheet } from '../../exchange/print';
import { Button } from '../../ui/button';
import { notify } from '../../ui/notify';
import css from './changes.module.css';
import { safeHtml } from './markdown-html';
import { syllabusMarkdown } from './syllabus-text';

type Way = 'print' | 'markdown';

/** Asks how much of the lessons goes in, and prints the syllabus or saves it. */
export function openSyllabus(version: CurriculumVersion, way: Way): void {
  const id = modals.open({
    title: `Syllabus of “${version.name}”, version ${version.version}`,
    children: <SyllabusChoice {...{ version, way }} onDone={() => modals.close(id)} />,
  });
}

function SyllabusChoice({ version, way, onDone }: { version: CurriculumVersion; way: Way; onDone: () => void }) {
  const [withContent, setContent] = useState(false);
  const act = async () => {
    try {
      const syllabus = await request('curriculum.syllabus', { curriculumId: version.id });
      const markdown = syllabusMarkdown(syllabus, withContent);
      const title = `${syllabus.course.name}, version ${version.version}`;
      onDone();
      if (way === 'markdown') offer(`${title}.md`, new Blob([markdown], { type: 'text/markdown' }));
      else await printSheet(title, sheetOf(markdown));
    } catch (error) {
      notify.problem(problemOf(error));
    }
  };
  return (
    <div className={css.dialog}>
      <p className="muted">The course, its modules and lessons in their order, and how long each takes.</p>
      <label className={css.tick}>
        <input type="checkbox" checked={withContent} onChange={(event) => setContent(event.target.checked)} />
        <span>With the content of the lessons</span>
      </label>
      <div className={css.actions}>
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" data-autofocus onClick={() => void act()}>
          {way === 'print' ? 'Print or save as PDF' : 'Save as Markdown'}
        </Button>
      </div>
    </div>
  );
}

/** Security: what lessons hold passes the same cleaning as in the preview. */
function sheetOf(markdown: string): HTMLElement {
  const sheet = document.createElement('section');
  sheet.innerHTML = safeHtml(markdown);
  return sheet;
}
