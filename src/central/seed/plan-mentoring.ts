/** What mentors offer, by what their program teaches. Rates are in thousands of naira an hour; the programs' currencies scale them. */
import type { Weekday } from '../../shared/rules/recurrence';
import type { CourseSet } from './plan-courses';

export interface MentoringPlan {
  rate: readonly [from: number, to: number];
  tags: readonly string[];
  headlines: readonly string[];
  services: readonly [title: string, minutes: number, description: string][];
  goals: readonly string[];
}

const careerServices: MentoringPlan['services'] = [
  ['CV review', 45, 'We read your CV line by line, as a recruiter does, and rewrite the first half page together.'],
  ['Mock interview', 60, 'Forty minutes of questions, twenty of frank feedback. Bring the advertisement.'],
  [
    'Career conversation',
    60,
    'Where you are, what you want, and the next three steps. You leave with them in writing.',
  ],
  ['Portfolio deep dive', 90, 'One project, from the idea to the numbers: what to show and what to leave out.'],
];

export const mentoringPlans: Partial<Record<CourseSet, MentoringPlan>> = {
  swimming: {
    rate: [9, 18],
    tags: [
      'Front crawl',
      'Breaststroke',
      'Open water',
      'Fear of water',
      'Triathlon',
      'Young beginners',
      'Starts and turns',
    ],
    headlines: [
      'Twelve years of teaching nervous adults to swim',
      'Former national squad, now on the poolside',
      'Open water and triathlon',
      'Little ones first: patience and games',
      'Stroke analysis with underwater video',
    ],
    services: [
      ['Stroke analysis', 45, 'We film four lengths, look at them together, and choose two things to change.'],
      ['One-to-one coaching', 60, 'An hour in the water at your pace. Goggles and a cap are enough.'],
      ['Open water preparation', 90, 'Sighting, starts and staying calm; then a plan for the weeks before the event.'],
      [
        'Talk before the first lesson',
        30,
        'For parents and nervous beginners: what happens in a lesson, and what does not.',
      ],
    ],
    goals: [
      'Swim twenty lengths without stopping before the rains.',
      'Lose the fear of deep water and join the children.',
      'Finish the Tarkwa Bay mile in under forty minutes.',
      'Learn to breathe to both sides.',
    ],
  },
  careers: {
    rate: [12, 28],
    tags: [
      'Interviews',
      'CV writing',
      'Salary negotiation',
      'Banking',
      'Public service',
      'Returning to work',
      'Networking',
    ],
    headlines: [
      'Human resources at a tier-one bank for fifteen years',
      'Helped two hundred graduates to a first job',
      'Recruiter for engineering firms in Lagos and Abuja',
      'From classroom to boardroom: changing direction at forty',
      'Public service and development organisations',
    ],
    services: careerServices,
    goals: [
      'Find a graduate traineeship in a bank by next quarter.',
      'Speak in a panel interview without losing the thread.',
      'Return to work after three years with the children.',
      'Move from sales into human resources.',
    ],
  },
  software: {
    rate: [15, 35],
    tags: ['TypeScript', 'Python', 'Mobile', 'System design', 'Code review', 'Remote work', 'Interviews'],
    headlines: [
      'Senior engineer in a payments company',
      'Mobile developer, offline first',
      'Team lead who reviews with kindness',
      'From Computer Village repairs to backend engineer',
      'Remote for a Berlin company since 2019',
    ],
    services: [
      ['Code review', 45, 'Send a pull request the day before; we go through it together.'],
      ['Pairing hour', 60, 'One problem, two heads, your keyboard.'],
      ...careerServices.slice(1),
    ],
    goals: [
      'Ship an application that works on a slow network.',
      'Pass a system design interview.',
      'Get a first remote contract.',
      'Understand databases well enough to stop guessing.',
    ],
  },
  management: {
    rate: [40, 90],
    tags: ['Strategy', 'Family business', 'Fundraising', 'Operations', 'Leadership', 'Exports'],
    headlines: [
      'Ran a bottling plant, sits on three boards',
      'Third generation of a family business in Aba',
      'Investor in West African logistics',
      'Chief operating officer, consumer goods',
      'Exports cashew and shea to four continents',
    ],
    services: [
      ['Executive coaching', 60, 'Confidential. One decision that is yours alone, seen from outside.'],
      ['Pitch rehearsal', 90, 'Present as you would to investors; the questions are the ones they ask.'],
      ['Board paper review', 45, 'Two pages that a tired board member understands at ten at night.'],
    ],
    goals: [
      'Hand the daily business over without losing the customers.',
      'Raise money for a second warehouse in Kano.',
      'Lead a team that is older than I am.',
    ],
  },
  data: {
    rate: [14, 32],
    tags: ['Statistics', 'Python', 'Data visualisation', 'Surveys', 'Machine learning', 'Thesis advice'],
    headlines: [
      'Statistician, twenty censuses and surveys',
      'Data scientist in mobile money',
      'Charts that people understand',
      'Machine learning for crop yields',
      'Supervises theses and enjoys it',
    ],
    services: [
      ['Thesis clinic', 60, 'Question, data, method: we find the weakest of the three.'],
      ['Analysis review', 45, 'Bring the notebook. We look for the mistake before the examiner does.'],
      ...careerServices.slice(2),
    ],
    goals: [
      'Finish the thesis before the dry season.',
      'Work in the statistics office of a ministry.',
      'Learn enough programming to leave the spreadsheet.',
    ],
  },
};

/** Hours in which mentors can be booked, in slots. No two of them meet; the late ones end on the next day. */
export interface HoursPlan {
  days: readonly Weekday[];
  from: string;
  to: string;
  slotMinutes: number | null;
}
export const hours: readonly HoursPlan[] = [
  { days: ['MO', 'WE'], from: '17:00', to: '18:00', slotMinutes: 60 },
  { days: ['TU', 'TH'], from: '18:30', to: '19:30', slotMinutes: null },
  { days: ['SA'], from: '10:00', to: '13:00', slotMinutes: 90 },
  { days: ['FR'], from: '07:00', to: '09:00', slotMinutes: 60 },
  { days: ['SU'], from: '15:00', to: '16:30', slotMinutes: null },
];
export const lateHours: HoursPlan = { days: ['TH'], from: '23:00', to: '00:30', slotMinutes: null };

export const mentorBios = [
  'I listen first. Most people know their next step and only need somebody who asks the right question.',
  'I have made most of the mistakes myself and can show you where they begin.',
  'Short sessions, one aim each, and a note afterwards of what we agreed.',
  'Trained in Ibadan, worked in Lagos and Nairobi, and came back to teach.',
  'Expect homework. It is small, and it works.',
];

export const mentorReviews: Record<number, readonly string[]> = {
  5: [
    'Clear, kind and to the point. I left with a plan.',
    'The best hour of my month. Already booked again.',
    'Found in ten minutes what I had been missing for a year.',
    'Patient with every question. Highly recommended.',
  ],
  4: [
    'Very helpful; we ran out of time at the end.',
    'Good advice, though the connection was poor.',
    'Knows the field well. A little fast for me.',
  ],
  3: ['Fair, but I had hoped for more examples.', 'We began fifteen minutes late.'],
  2: ['Did not read what I had sent before.'],
  1: ['Forgot the appointment and called half an hour later.'],
};

export const sessionNotes = [
  'Agreed: **two** applications by Friday, one phone call to a former colleague.',
  'Filmed four lengths. Next time: hips higher, slower kick.',
  'Went through the draft. The summary moves to the top.',
  'Good progress since last time. Keep the log going.',
  'Talked about confidence more than about skills; that was right.',
];
