import type { Syllabus } from '../../../shared/contract/curriculum';
import { Refusal } from '../../../shared/contract/outcome';
import type { Query } from '../context';
import { readRow } from '../local/rows';
import { versionNodes } from './curriculum-versions';
import { titleOf } from './titles';

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A version with all that learners are told of it. */
export const syllabus: Query<'curriculum.syllabus'> = ({ read }, { curriculumId }): Syllabus => {
  const row = readRow(read, 'curricula', curriculumId);
  const course = row && readRow(read, 'courses', String(row['courseId']));
  if (!course) throw new Refusal({ kind: 'not-found', message: 'This curriculum is no longer there. Choose another.' });
  const modules = new Map<string, Syllabus['modules'][number]>();
  for (const { kind, key, parentKey, name, content } of versionNodes(read, curriculumId)) {
    const description = textOf(content['description']);
    if (kind === 'modules') modules.set(key, { name, description, lessons: [] });
    else
      modules.get(parentKey)?.lessons.push({
        ...{ name, description, minutes: Number(content['durationMinutes'] ?? 0) },
        ...{ content: textOf(content['content']), videoUrl: textOf(content['videoUrl']) },
      });
  }
  return {
    program: titleOf(read, 'programs', String(course['programId'])),
    course: {
      ...{ name: String(course['name']), code: String(course['code']), description: textOf(course['description']) },
    },
    curriculum: {
      ...{ name: String(row['name']), version: Number(row['version']), state: String(row['state']) },
      description: textOf(row['description']),
    },
    modules: [...modules.values()],
  };
};
