/** Questionnaires with every type of question. A score is a number of points, or points by dimension. */
import type { CourseSet } from './plan-courses';

export type Points = number | Record<string, number>;

export interface QuestionPlan {
  prompt: string;
  type: 'single' | 'multiple' | 'scale' | 'text';
  answers: readonly (readonly [label: string, points: Points])[];
  /** Of a scale: the dimension it counts for. */
  dimension?: string;
  isRequired?: boolean;
}

export interface AssessmentPlan {
  title: string;
  description: string;
  category: 'interests' | 'skills' | 'personality' | 'aptitude' | 'values' | 'other';
  isActive?: boolean;
  questions: readonly QuestionPlan[];
}

const scale = (prompt: string, dimension: string): QuestionPlan => ({ prompt, type: 'scale', answers: [], dimension });
const single = (prompt: string, ...answers: QuestionPlan['answers']): QuestionPlan => ({
  prompt,
  type: 'single',
  answers,
});
const multiple = (prompt: string, ...answers: QuestionPlan['answers']): QuestionPlan => ({
  prompt,
  type: 'multiple',
  answers,
});
const open = (prompt: string): QuestionPlan => ({ prompt, type: 'text', answers: [], isRequired: false });

const interests: AssessmentPlan = {
  title: 'What kind of work suits me?',
  description: 'Twelve minutes, no right or wrong answers. The result is a conversation, not a verdict.',
  category: 'interests',
  questions: [
    single(
      'On a free Saturday you would rather …',
      ['repair something that is broken', { practical: 3 }],
      ['help a neighbour with a form', { social: 3 }],
      ['find out why a shop is always full', { analytical: 2, enterprising: 1 }],
      ['sell something at the market', { enterprising: 3 }],
    ),
    multiple(
      'Which of these would you do without being asked?',
      ['Sort the papers of the family', { orderly: 2 }],
      ['Draw a poster for the street party', { creative: 2 }],
      ['Explain homework to a child', { social: 2 }],
      ['Compare prices in three shops', { analytical: 2 }],
    ),
    scale('I like to work with my hands.', 'practical'),
    scale('I find it easy to talk to people I do not know.', 'social'),
    scale('I want to know how things work before I use them.', 'analytical'),
    scale('I would rather lead than follow.', 'enterprising'),
    open('Describe a day of work on which you forgot the time.'),
  ],
};

const strengths: AssessmentPlan = {
  title: 'Strengths at work',
  description: 'How you work with others and on your own.',
  category: 'personality',
  questions: [
    scale('I finish what I begin, also when it becomes boring.', 'diligence'),
    scale('I stay calm when plans change.', 'calm'),
    scale('I say it when I disagree.', 'courage'),
    single(
      'A colleague is late with work you are waiting for. You …',
      ['ask what is in the way and help', { cooperation: 3 }],
      ['do it yourself', { diligence: 2 }],
      ['tell the manager', { courage: 1 }],
      ['wait', { calm: 1 }],
    ),
    multiple(
      'What do others come to you for?',
      ['Advice', { cooperation: 2 }],
      ['A second pair of eyes', { diligence: 2 }],
      ['An honest word', { courage: 2 }],
      ['A quiet hour', { calm: 2 }],
    ),
    open('What would a former colleague say about you?'),
  ],
};

const aptitude: AssessmentPlan = {
  title: 'Numbers and logic',
  description: 'Short tasks with one right answer each. No calculator.',
  category: 'aptitude',
  questions: [
    single(
      'A shirt costs ₦12,000 after a discount of 20 %. What did it cost before?',
      ['₦14,400', 0],
      ['₦15,000', 10],
      ['₦16,000', 0],
    ),
    single('2, 6, 12, 20, 30, …', ['40', 0], ['42', 10], ['44', 0]),
    single(
      'Three taps fill a tank in 4 hours. How long do two taps need?',
      ['6 hours', 10],
      ['5 hours', 0],
      ['8 hours', 0],
    ),
    multiple('Which of these numbers are prime?', ['21', 0], ['23', 5], ['27', 0], ['29', 5]),
    scale('How sure were you of your answers?', 'confidence'),
  ],
};

const values: AssessmentPlan = {
  title: 'What matters to me in a job',
  description: 'Order your priorities before you read advertisements.',
  category: 'values',
  questions: [
    scale('A secure income matters more to me than an exciting task.', 'security'),
    scale('I want to be home before the traffic.', 'balance'),
    scale('I want to see that my work helps somebody.', 'purpose'),
    multiple(
      'Which two would you give up last?',
      ['Training', { growth: 3 }],
      ['A pension', { security: 3 }],
      ['Free weekends', { balance: 3 }],
      ['Good colleagues', { purpose: 1, balance: 1 }],
    ),
    open('Which employer do you admire, and why?'),
  ],
};

const skillsFor = (field: string, tasks: readonly string[]): AssessmentPlan => ({
  title: `Skills check: ${field}`,
  description: `Where you stand in ${field}, in your own judgement. Used to place you in a group.`,
  category: 'skills',
  questions: [
    ...tasks.map((task) => scale(`I can ${task} without help.`, field)),
    single(
      'How long have you done this?',
      ['Not yet', 0],
      ['Under a year', 5],
      ['One to three years', 10],
      ['Longer', 15],
    ),
    multiple(
      'What have you used at work or at school?',
      ['A manual', 1],
      ['A course', 2],
      ['A mentor', 3],
      ['Trial and error', 1],
    ),
    open('What do you want to be able to do at the end?'),
  ],
});

export const assessmentPlans: Partial<Record<CourseSet, readonly AssessmentPlan[]>> = {
  careers: [
    interests,
    strengths,
    values,
    aptitude,
    {
      ...skillsFor('office software', ['write a formal letter', 'build a table with totals', 'prepare slides']),
      isActive: false,
    },
  ],
  software: [
    skillsFor('programming', [
      'write a loop',
      'read somebody else’s code',
      'find a fault with a debugger',
      'ask a database a question',
    ]),
    aptitude,
  ],
  computing: [
    skillsFor('computer hardware', ['replace a power supply', 'make a network cable', 'install an operating system']),
  ],
  electrical: [
    skillsFor('electrical work', ['isolate a circuit safely', 'read a wiring diagram', 'test an earth connection']),
    values,
  ],
  management: [
    strengths,
    skillsFor('leading people', ['run a meeting that ends on time', 'give bad news', 'delegate a task I like']),
  ],
  data: [skillsFor('data analysis', ['read a histogram', 'clean a table', 'explain a confidence interval']), aptitude],
};
