/** What tutors ask for, what students hand in, and what is said about it. */
import { sentence } from './lesson-content';
import type { CourseSet } from './plan-courses';
import type { Random } from './random';

type Task = readonly [title: string, description: string, maxScore: number];

const practical: readonly Task[] = [
  [
    'Practice log: *',
    'Note for three sessions what you practised, for how long, and what was hard. Half a page is enough.',
    20,
  ],
  [
    'Film yourself: *',
    'Send a video of one minute that shows *, from the side and from the front. Say what you would change.',
    50,
  ],
  ['Short test: *', 'Ten questions on *, thirty minutes, without notes.', 100],
  ['Teach a friend: *', 'Show * to somebody who has never done it. Write down the three questions you were asked.', 30],
];
const written: readonly Task[] = [
  ['Worksheet: *', 'Solve all tasks on * and show the way, not only the result.', 100],
  ['Essay: *', 'Two pages on * with one example of your own. Name your sources.', 100],
  ['Case study: *', 'Read the case, answer the four questions on *, and say what you would do on Monday morning.', 100],
  ['Small project: *', 'Build something small that needs *. Hand in the work and a page on how it was made.', 150],
];
const isPractical: readonly CourseSet[] = ['swimming', 'lifesaving', 'afterSchool', 'sports'];

export function assignmentsFor(set: CourseSet, topic: string, random: Random) {
  const [title, description, maxScore] = random.pick(isPractical.includes(set) ? practical : written);
  return { title: title.replace('*', topic), description: description.replaceAll('*', topic), maxScore };
}

const beginnings = [
  'I did this on Tuesday and again on Saturday.',
  'It took longer than I had planned.',
  'My sister counted, I practised.',
  'First I read the lesson again, then I tried without it.',
  'I worked on it after school, half an hour a day.',
];
const middles = [
  'The first part was easy. The second part only worked after I slowed down.',
  'I made the mistake from the lesson twice before I noticed it.',
  'What helped most was doing it in small pieces.',
  'I attach the file with the details.',
  'The result is the same as in the example, but the way is my own.',
];
const endings = [
  'Next time I would begin earlier.',
  'I am still not sure about the last step.',
  'I would like to show it in the next session.',
  'Thank you for the extra day.',
];

export const submissionText = (title: string, random: Random): string =>
  [`## ${sentence(title)}`, `${random.pick(beginnings)} ${random.pick(middles)}`, random.pick(endings)].join('\n\n');

const praise = [
  'Very good. Careful work, and well explained.',
  'Excellent: this is what I hoped for.',
  'Strong. Keep this up.',
];
const mixed = [
  'Good. Look at the second part again.',
  'Solid work; show more of the way next time.',
  'On the right path. See me about the last step.',
];
const weak = [
  'The basics are not safe yet. Let us repeat them together.',
  'Too short. Please complete it and hand it in again.',
];

export const feedbackFor = (share: number, random: Random): string =>
  random.pick(share > 0.82 ? praise : share > 0.58 ? mixed : weak);

export const courseOpinions: Record<number, readonly string[]> = {
  5: [
    'My daughter asks every evening when the next lesson is.',
    'Well prepared, patient teachers, and real progress.',
    'Worth every kobo. We have booked the next level.',
    'Clear from the first lesson to the certificate.',
  ],
  4: [
    'Very good course; the changing rooms could be better.',
    'Learned a lot. The group was a little large.',
    'Good teaching, parking is difficult.',
  ],
  3: ['Fine, but two lessons were cancelled.', 'The second half was better than the first.'],
  2: ['Too many children for one teacher.', 'The time of the lessons changed twice.'],
  1: ['Nobody called when the course was moved.'],
};
