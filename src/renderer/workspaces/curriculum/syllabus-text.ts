import type { Syllabus } from '../../../shared/contract/curriculum';
import { durationText } from './outline-tree';

/** A syllabus as Markdown; on paper it is the same text, set. */

const length = (minutes: number): string =>
  minutes === 0 ? '' : ` (${durationText(minutes)}${minutes < 60 ? ' min' : ''})`;
const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
const sum = (lessons: readonly { minutes: number }[]): number => lessons.reduce((all, { minutes }) => all + minutes, 0);

/** Names stand as they are, whatever Markdown would make of them. */
const plain = (text: string): string => text.replace(/[\\`*_[\]<>#|~]/g, '\\$&').replace(/\s+/g, ' ');

/** The headings of a lesson lie below the lesson's own. */
function lowered(markdown: string): string {
  let isCode = false;
  return markdown
    .split('\n')
    .map((line) => {
      if (/^\s*(```|~~~)/.test(line)) isCode = !isCode;
      return isCode ? line : line.replace(/^(#{1,6})(?=\s)/, (marks) => '#'.repeat(Math.min(6, marks.length + 2)));
    })
    .join('\n');
}

export function syllabusMarkdown({ program, course, curriculum, modules }: Syllabus, withContent: boolean): string {
  const lessons = modules.flatMap((module) => module.lessons);
  const version = `version ${curriculum.version}${curriculum.state === 'published' ? '' : ` (${curriculum.state})`}`;
  const facts = [
    ...[plain(program), `${plain(curriculum.name)}, ${version}`],
    ...[counted(modules.length, 'module'), counted(lessons.length, 'lesson')],
    ...(sum(lessons) > 0 ? [length(sum(lessons)).slice(2, -1)] : []),
  ];
  const parts = [
    `# ${plain(course.name)} (${plain(course.code)})`,
    facts.join(' · '),
    ...[course.description, curriculum.description].filter((text) => text !== null).map(lowered),
  ];
  modules.forEach((module, m) => {
    parts.push(`## ${m + 1}. ${plain(module.name)}${length(sum(module.lessons))}`);
    if (module.description) parts.push(lowered(module.description));
    if (withContent) {
      module.lessons.forEach((lesson, l) => {
        parts.push(`### ${m + 1}.${l + 1} ${plain(lesson.name)}${length(lesson.minutes)}`);
        if (lesson.description) parts.push(plain(lesson.description));
        if (lesson.content) parts.push(lowered(lesson.content));
        if (lesson.videoUrl) parts.push(`Video: <${lesson.videoUrl}>`);
      });
    } else if (module.lessons.length > 0) {
      parts.push(module.lessons.map(({ name, minutes }, l) => `${l + 1}. ${plain(name)}${length(minutes)}`).join('\n'));
    }
  });
  return `${parts.join('\n\n')}\n`;
}
