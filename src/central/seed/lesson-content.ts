/** Lesson texts: Markdown with the shape of a real lesson plan. */
import type { Random } from './random';

export const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const aims = [
  'explain why {topic} comes before what follows in this module',
  'show {topic} in front of the group without prompting',
  'name the two mistakes that everybody makes with {topic}',
  'help a partner who is stuck with {topic}',
  'connect {topic} with what was learned last time',
  'judge their own {topic} against the checklist',
];
const openings = [
  'Start with three minutes of questions about last time.',
  'Begin in pairs: each tells the other one thing they remember.',
  'Take attendance, check equipment, and read the safety line aloud.',
  'Open with a demonstration, slowly and without words.',
];
const steps = [
  'Demonstrate {topic} from the side, then from the front.',
  'Break {topic} into three parts and practise each on its own.',
  'Put the parts together at half speed.',
  'Let everybody try, and correct one thing at a time.',
  'Repeat with a partner who counts and watches.',
  'Raise the difficulty only when the slowest third is ready.',
  'Stop early rather than tired: quality over quantity.',
];
const checks = [
  'Can the learner do it twice in a row?',
  'Does it still work when nobody is watching?',
  'Which part would they teach to a friend?',
  'What felt easier than last week?',
];
const home = [
  'Watch the video once and write down one question.',
  'Practise ten minutes on two days before the next lesson.',
  'Explain {topic} to somebody at home.',
  'Rest. Sleep is training too.',
];

export function lessonContent(name: string, topic: string, minutes: number, random: Random): string {
  const fill = (text: string) => text.replaceAll('{topic}', topic);
  const some = (list: readonly string[], count: number) => random.shuffle(list).slice(0, count).map(fill);
  const numbered = (list: string[]) => list.map((item, at) => `${at + 1}. ${item}`).join('\n');
  const dotted = (list: string[]) => list.map((item) => `- ${item}`).join('\n');
  return [
    `# ${name}`,
    `At the end of these **${minutes} minutes** learners can:`,
    dotted(some(aims, 3).map((aim) => `${aim};`)),
    '## Opening',
    some(openings, 1).join(' '),
    `## ${sentence(topic)}`,
    numbered(some(steps, random.int(3, 5))),
    '## Check',
    dotted(some(checks, 2)),
    '> **At home.** ' + some(home, 1).join(' '),
  ].join('\n\n');
}

export const moduleDescription = (topic: string, course: string): string =>
  `${sentence(topic)}, as *${course}* needs it: what it is for, how it is done, and how to know that it works.`;

export const courseDescription = (course: string, topics: readonly string[], program: string): string =>
  `**${course}** at ${program} covers ${topics.slice(0, -1).join(', ')} and ${topics.at(-1) ?? ''}.\n\nNo learner moves on before the check at the end of a module.`;
