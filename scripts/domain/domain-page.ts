/** `docs/domain.md`, from the declarations, the permission matrix and the coverage of the sources. */
import { allEntities, entityOf, isEntityName } from '../../src/shared/entities';
import { columnOf, stampFields, type Entity, type Field, type FieldKind, type FieldOf } from '../../src/shared/model';
import { classRank, whoCan } from '../../src/shared/rules/permit';
import { alsoServes, beyondColumns, sources, type Home } from './coverage';

/** What every row carries, and `deletedAt`, which the central database alone keeps. */
export const carried: readonly string[] = ['id', ...stampFields, 'deletedAt'];

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
const listed = (items: readonly string[]): string => items.map((item) => `\`${item}\``).join(', ');
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const span = (min: number | undefined, max: number | undefined, unit = ''): string => {
  const said =
    min !== undefined && max !== undefined
      ? `${min} to ${max}`
      : min !== undefined
        ? `from ${min}`
        : max !== undefined
          ? `up to ${max}`
          : '';
  return said && unit ? `${said} ${unit}` : said;
};

const limits: { [K in FieldKind]: (field: FieldOf<K>) => string } = {
  text: ({ options }) => `${span(options.min, options.max)} characters`,
  markdown: ({ options }) => (options.max === undefined ? '' : `up to ${options.max} characters`),
  email: () => 'up to 255 characters',
  slug: ({ options }) => (options.from ? `made from ${options.from}` : ''),
  url: () => 'up to 2000 characters',
  integer: ({ options }) => span(options.min, options.max, options.unit),
  money: ({ options }) =>
    [`minor units of \`${options.currency}\``, span(options.min, undefined)].filter(Boolean).join(', '),
  currency: () => 'ISO 4217',
  percent: () => '0 to 100',
  boolean: () => '',
  choice: ({ options }) => options.values.join(', '),
  option: ({ options }) => `a \`program_options\` row of kind ${options.optionKind}`,
  reference: ({ options }) =>
    [
      `→ \`${options.to}\``,
      options.contained ? 'deleted and restored with it' : '',
      ...Object.entries(options.where ?? {}).map(([name, values]) => `only ${name} ${values.join(', ')}`),
      ...Object.entries(options.refuseWhile ?? {}).map(
        ([name, values]) => `keeps it from being deleted while ${name} is ${values.join(' or ')}`,
      ),
    ]
      .filter(Boolean)
      .join('; '),
  list: () => 'a list of texts',
  json: () => '',
  date: ({ options }) => (options.min ? `from ${options.min}` : ''),
  timestamp: () => '',
  time: () => 'HH:MM of a wall clock',
  timeRange: () => 'start included, end not',
  recurrence: () => 'RRULE',
  order: ({ options }) => `among rows of one ${options.within}, from 1 without gaps`,
  sensitive: ({ options }) => `parts: ${Object.values(options.parts).join(', ')}; masked`,
  generated: ({ options }) => `${options.format}, given by the central database`,
};
const limitOf = (field: Field): string => (limits[field.kind] as (field: Field) => string)(field);

function noteOf(field: Field): string {
  const { options } = field;
  return [
    options.default === undefined ? '' : `default ${JSON.stringify(options.default)}`,
    options.readOnly ? 'set by the system' : options.fixed ? 'never changed' : '',
    options.onConflict === 'last' ? 'the later change wins' : options.onConflict === 'add' ? 'changes add up' : '',
    options.search ? 'searched' : '',
    options.help ?? '',
  ]
    .filter(Boolean)
    .join('; ');
}

const classReaders = {
  1: 'everybody on the program’s staff',
  2: 'its coordinators and admins',
  3: 'its admins',
  4: '',
};

/** Who may read, in words. */
export function readersOf(entity: Entity): string {
  const taught =
    entity.teaching !== undefined || entity.name === 'students' ? ', and the tutor of the course it hangs from' : '';
  switch (entity.scope) {
    case 'platform':
      return 'Everybody who may sign in to the console.';
    case 'program':
      return `Super admins; of the row’s program ${classReaders[classRank[entity.dataClass] as 1 | 2 | 3 | 4]}${taught}.`;
    case 'self':
      return `Super admins, and ${classReaders[1].replace('the program’s', 'its')}.`;
    case 'account':
      return `Super admins; the person; coordinators and admins of every program the person is part of${entity.name === 'users' ? ' (colleagues: everybody on that program’s staff)' : ''}.`;
    case 'user':
      return 'The user it belongs to, and nobody else.';
  }
}

const scopeWords: Record<Entity['scope'], string> = {
  platform: 'the platform’s',
  program: 'a program’s',
  self: 'the program itself',
  account: 'an account’s',
  user: 'one user’s own',
};

function homesOf(home: Home): string[] {
  return typeof home === 'string' ? home.split(', ') : [];
}

/** The sources whose tables or columns an entity serves: `S1 users`. */
export function servedBy(entity: Entity): string[] {
  return Object.entries(sources).flatMap(([code, { tables }]) =>
    Object.entries(tables)
      .filter(
        ([, { as, homes }]) =>
          as === entity.name ||
          Object.values(homes).some((home) => homesOf(home).some((at) => at.split('.')[0] === entity.name)),
      )
      .map(([name]) => `${code} ${name}`),
  );
}

function section(entity: Entity): string {
  const served = servedBy(entity);
  const by = served.length > 0 ? listed(served) : (alsoServes[entity.name] ?? '');
  const writers = `Add: ${whoCan(entity.access.create)}. Change: ${whoCan(entity.access.update)}. Delete: ${whoCan(entity.access.remove)}.`;
  const facts = [
    `**Whose:** ${scopeWords[entity.scope]}${entity.scope === 'program' || entity.dataClass !== 'catalogue' ? `, class *${entity.dataClass}*` : ''}.`,
    `**Read:** ${readersOf(entity)}`,
    `**Write:** ${writers}`,
    ...(entity.unique.length > 0
      ? [`**Unique** among rows not deleted: ${entity.unique.map((fields) => `(${fields.join(', ')})`).join(', ')}.`]
      : []),
    `**Serves:** ${by}`,
  ];
  const rows = Object.entries(entity.fields).map(([name, field]) => [
    `\`${name}\``,
    field.options.label,
    field.kind,
    field.required ? 'yes' : '',
    limitOf(field),
    noteOf(field),
  ]);
  return [
    `### ${entity.labels.many} \`${entity.name}\``,
    entity.meaning,
    facts.map((fact) => `- ${fact}`).join('\n'),
    table(['field', 'label', 'kind', 'required', 'limits', 'notes'], rows),
  ].join('\n\n');
}

function told(home: Home): [where: string, how: string] {
  if (typeof home === 'string') return [listed(homesOf(home)), ''];
  if ('central' in home) return [`\`${home.central}\``, 'central only'];
  if ('derived' in home) return [home.derived, 'derived'];
  return [home.decision, 'decision'];
}

function coverage(): string {
  return Object.entries(sources)
    .map(([code, { title, tables }]) => {
      const rows = Object.entries(tables).flatMap(([name, { as, homes }]) => [
        ...(as === undefined ? [] : [[name, '(the table)', `\`${as}\``, '']]),
        ...Object.entries(homes).map(([column, home]) => [name, column, ...told(home)]),
      ]);
      return `### ${code}: ${title}\n\n${table(['table', 'column', 'lives in', ''], rows)}`;
    })
    .join('\n\n');
}

/** Where an `entity.field` of the coverage does not exist: what is wrong with it; otherwise null. */
export function wrongWith(at: string): string | null {
  const [name = '', field = ''] = at.split('.');
  if (!isEntityName(name)) return `${at}: there is no entity ${name}`;
  return carried.includes(field) || entityOf(name).fields[field] ? null : `${at}: ${name} has no field ${field}`;
}

export function domainPage(): string {
  const areas = [...new Set(allEntities.map((entity) => entity.area))];
  const counted = Object.values(sources).flatMap(({ tables }) => Object.values(tables));
  const columns = counted.reduce((sum, { homes }) => sum + Object.keys(homes).length, 0);
  return `${[
    '# The domain',
    'Written by `npm run docs:domain` from the declarations in `src/shared/entities`, the permission matrix in `src/shared/rules/permit.ts` and the coverage in `scripts/domain/coverage.ts`. Do not edit it.',
    `${allEntities.length} entities serve five platforms: ${Object.entries(sources)
      .map(([code, { title }]) => `**${code}** ${title.charAt(0).toLowerCase()}${title.slice(1)}`)
      .join(', ')}.`,
    `Every row carries ${listed(carried)} beside its fields; columns are the fields’ names in \`snake_case\` (\`${columnOf('fullName')}\`). Only super admins, and people assigned to a program, see anything of it; “program admins” below are those of the row’s program, and super admins may always do what they may.`,
    ...areas.flatMap((area) => [
      `## ${sentence(area)}`,
      ...allEntities.filter((entity) => entity.area === area).map(section),
    ]),
    '## Where every column of the sources lives',
    `${counted.length} tables with ${columns} columns. *Central only*: in a table that never reaches a desk. *Derived*: computed, not kept twice. *Decision*: left out on purpose, see [decisions.md](decisions.md).`,
    coverage(),
    '### What else the sources ask',
    table(['source', 'asks for', 'is'], beyondColumns),
  ].join('\n\n')}\n`;
}
