/** Employers and their positions, things to read, and ways to a goal. */
import type { CourseSet } from './plan-courses';

export interface EmployerPlan {
  name: string;
  industry: string;
  location: string;
  jobs: readonly (readonly [title: string, type: 'full_time' | 'part_time' | 'contract' | 'internship'])[];
}

const employer = (name: string, industry: string, location: string, jobs: string): EmployerPlan => ({
  name,
  industry,
  location,
  jobs: jobs.split(' | ').map((text) => {
    const [title = '', mark] = text.split(' *');
    const type = mark === 'i' ? 'internship' : mark === 'p' ? 'part_time' : mark === 'c' ? 'contract' : 'full_time';
    return [title, type] as const;
  }),
});

/** `*i` is an internship, `*p` part time, `*c` a contract. */
export const employers: readonly EmployerPlan[] = [
  employer(
    'Harbour Point Bank',
    'Banking',
    'Marina, Lagos',
    'Graduate trainee | Customer service officer | Data analyst | Branch operations intern *i',
  ),
  employer(
    'Third Mainland Payments',
    'Financial technology',
    'Yaba, Lagos',
    'Frontend engineer | Support engineer | Quality analyst *c | Engineering intern *i',
  ),
  employer(
    'Oriental Hotel and Spa Lekki',
    'Hospitality',
    'Lekki, Lagos',
    'Pool lifeguard | Swimming instructor *p | Front desk officer',
  ),
  employer(
    'Sunfield Solar',
    'Energy',
    'Ikeja, Lagos',
    'Solar installation technician | Site electrician *c | Sales engineer',
  ),
  employer(
    'Apapa Freight Terminals',
    'Logistics',
    'Apapa, Lagos',
    'Crane electrician | Operations planner | Yard supervisor',
  ),
  employer(
    'Green Crescent Schools',
    'Education',
    'Gbagada, Lagos',
    'After-school teacher *p | Robotics club leader *p | Librarian',
  ),
  employer(
    'Lagoon Broadband',
    'Telecommunications',
    'Victoria Island, Lagos',
    'Network technician | Field engineer | Call centre agent *p',
  ),
  employer(
    'Adeola Foods',
    'Consumer goods',
    'Ilupeju, Lagos',
    'Production planner | Management trainee | Maintenance electrician',
  ),
  employer(
    'Mainland General Hospital Trust',
    'Health',
    'Surulere, Lagos',
    'Records officer | Biomedical technician | IT support intern *i',
  ),
  employer(
    'Atlantic Fitness Clubs',
    'Sport and leisure',
    'Victoria Island, Lagos',
    'Fitness instructor *p | Tennis coach *p | Club manager',
  ),
  employer(
    'Gold Coast Mobile Money',
    'Financial technology',
    'Airport City, Accra',
    'Data scientist | Agent network officer | Reporting analyst *c',
  ),
  employer(
    'Labadi Shore Resort',
    'Hospitality',
    'Labadi, Accra',
    'Beach lifeguard | Aquatics coordinator | Swimming teacher *p',
  ),
  employer(
    'Volta Agro Processing',
    'Agriculture',
    'Tema',
    'Field survey enumerator *c | Quality statistician | Supply planner',
  ),
  employer(
    'Statistical Service of the Coast',
    'Public service',
    'Cantonments, Accra',
    'Statistics intern *i | Survey officer | Database administrator',
  ),
  employer(
    'Solent Leisure Trust',
    'Sport and leisure',
    'Southampton',
    'Swimming teacher, level 2 *p | Duty lifeguard | Pool plant operator',
  ),
  employer(
    'Itchen Valley Academy',
    'Education',
    'Southampton',
    'Sports assistant *p | Teaching assistant *p | Site technician',
  ),
];

export type ResourcePlan = readonly [
  title: string,
  kind: 'article' | 'video' | 'course' | 'book' | 'tool' | 'other',
  tags: string,
  description: string,
];

export const resources: readonly ResourcePlan[] = [
  [
    'Writing a one-page CV',
    'article',
    'cv applications',
    'What goes on the page, what does not, and why the first third decides.',
  ],
  [
    'The cover letter in four paragraphs',
    'article',
    'cv applications writing',
    'A pattern to begin with, and two examples that broke it well.',
  ],
  [
    'Answering “Tell me about yourself”',
    'video',
    'interviews speaking',
    'Ninety seconds, three parts, practised aloud.',
  ],
  [
    'Panel interviews without fear',
    'video',
    'interviews',
    'Whom to look at, how to take a pause, what to ask at the end.',
  ],
  [
    'Negotiating a first salary',
    'article',
    'salary negotiation',
    'How to find the range, when to name a figure, and how to decline politely.',
  ],
  [
    'Budget template for the first job',
    'tool',
    'money planning',
    'A spreadsheet with transport, rent, family and savings.',
  ],
  [
    'Safe isolation, step by step',
    'article',
    'electrical safety',
    'Lock off, test, prove dead: the order that saves lives.',
  ],
  ['Reading a wiring diagram', 'video', 'electrical installation', 'Symbols first, then the path of the current.'],
  [
    'Sizing a small solar installation',
    'tool',
    'solar electrical',
    'A worksheet from the list of appliances to the number of panels.',
  ],
  ['Crimping a network cable', 'video', 'networks hardware', 'Colours, length, tester. Five minutes.'],
  ['Subnetting on paper', 'article', 'networks', 'No calculator, three examples.'],
  ['Linux command line for beginners', 'course', 'linux systems', 'Six short lessons with exercises.'],
  ['Version control for teams', 'course', 'programming teamwork', 'Branches, reviews, and how to undo.'],
  ['How the web works', 'article', 'programming web', 'From the address bar to the database and back.'],
  ['Debugging: a method', 'book', 'programming', 'Make it happen again, make it small, then look.'],
  ['Accessible forms', 'article', 'web design', 'Labels, errors and keyboards.'],
  ['Charts that do not lie', 'book', 'statistics charts', 'Axes, areas and honest comparison.'],
  ['Cleaning survey data', 'article', 'statistics data', 'Missing, double and impossible values.'],
  ['Regression in pictures', 'video', 'statistics', 'What the line says and what it does not.'],
  ['Writing a thesis in one term', 'book', 'statistics writing', 'A timetable from question to defence.'],
  ['Breathing drills for front crawl', 'video', 'swimming', 'Four drills for the shallow end.'],
  ['Water safety for parents', 'article', 'swimming safety', 'Gates, arm’s length, and what drowning looks like.'],
  ['Reading the sea at Tarkwa Bay', 'article', 'lifesaving safety', 'Rips, backwash and where to stand.'],
  ['First aid: the first three minutes', 'course', 'lifesaving safety', 'Look, call, press.'],
  ['Preparing a first open water swim', 'article', 'swimming open water', 'Eight weeks, three sessions a week.'],
  ['Reading with children at home', 'article', 'reading children', 'Ten minutes a day, and how to choose the book.'],
  ['Chess puzzles for clubs', 'tool', 'chess children', 'Two hundred positions in four levels.'],
  ['Running a meeting that ends on time', 'article', 'management', 'An agenda of questions, not of topics.'],
  ['Succession in family firms', 'book', 'management family', 'Twelve cases from Kano, Aba, Kumasi and Tema.'],
  ['Unit costs on the back of an envelope', 'tool', 'management finance', 'Margins before the accountant arrives.'],
];

export interface RoadmapPlan {
  title: string;
  goal: string;
  /** A step with `@` has a resource by that title; one with `#`, a course of the program by that name. */
  steps: readonly string[];
}

const resourceSteps = [
  'Write the CV anew@Writing a one-page CV',
  'Practise the first answer@Answering “Tell me about yourself”',
];

export const roadmaps: Partial<Record<CourseSet, readonly RoadmapPlan[]>> = {
  careers: [
    {
      title: 'To a graduate traineeship',
      goal: 'Begin as a **trainee in a bank** within six months.',
      steps: [
        'Name five employers',
        ...resourceSteps,
        'Take part#Interview Practice',
        'Apply to three of the five',
        'Negotiate@Negotiating a first salary',
      ],
    },
    {
      title: 'Back to work',
      goal: 'Return to a part-time position near home.',
      steps: [
        'Talk to the family about hours',
        'Take part#Returning to Work',
        ...resourceSteps,
        'Two informal conversations a week',
      ],
    },
  ],
  software: [
    {
      title: 'First developer job',
      goal: 'A junior position in a product team.',
      steps: [
        'Finish#Programming Foundations',
        'Learn to share code@Version control for teams',
        'Build one thing for a real person',
        'Finish#Web Applications',
        ...resourceSteps,
      ],
    },
    {
      title: 'From support to engineering',
      goal: 'Move from the help desk to the engineering team.',
      steps: [
        'Collect the ten most frequent faults',
        'A method@Debugging: a method',
        'Finish#Testing and Quality',
        'Fix one fault a month together with an engineer',
      ],
    },
  ],
  computing: [
    {
      title: 'Network technician',
      goal: 'Work in the field team of a provider.',
      steps: [
        'Cables@Crimping a network cable',
        'Addresses@Subnetting on paper',
        'Finish#Networking Essentials',
        'Attachment in a company#Industrial Attachment',
      ],
    },
  ],
  electrical: [
    {
      title: 'Own solar business',
      goal: 'Three installations a month under my own name.',
      steps: [
        'Safety first@Safe isolation, step by step',
        'Finish#Solar Installation',
        'Offers@Sizing a small solar installation',
        'Register the business',
        'First customer outside the family',
      ],
    },
  ],
  management: [
    {
      title: 'Taking over the firm',
      goal: 'Lead the family firm when father retires.',
      steps: [
        'Read together@Succession in family firms',
        'Finish#Leading People',
        'Run one plant for a quarter',
        'Agree on the date',
      ],
    },
  ],
  data: [
    {
      title: 'Statistician in public service',
      goal: 'Pass the competition of the statistical service.',
      steps: [
        'Finish#Introduction to Statistics',
        'Clean data@Cleaning survey data',
        'Write the thesis@Writing a thesis in one term',
        'Apply for the internship',
      ],
    },
  ],
};

export const letters = [
  'I have followed your firm since the plant in Ikeja opened, and I would like to learn from the people who run it.',
  'My training ends in three months. What I can do already is in the attached certificates.',
  'I am punctual, I live twenty minutes away, and I finish what I begin.',
  'The position joins the two things I like: working with people and keeping things in order.',
];
