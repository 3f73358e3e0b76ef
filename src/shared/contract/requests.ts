import { z } from 'zod';
import { accessRequests, type AccessOutputs } from './access';
import { answerRequests, type AnswerOutputs } from './answers';
import { exchangeRequests, formats, type ExchangeOutputs } from './exchange';
import { mentoringRequests, type MentoringOutputs } from './mentoring';
import { entityNames, type EntityName } from '../entities';
import type { AnyRow } from '../model';
import type { NodeChange } from '../rules/curriculum-diff';
import { assignmentRequests, type AssignmentOutputs } from './assignment';
import { curriculumRequests, type Copyable, type SourceNews, type Syllabus } from './curriculum';
import { needsYouRequests, type NeedsYouOutputs } from './needs-you';
import { pricingRequests, type PricingOutputs } from './pricing';
import { syncRequests, type SyncOutputs } from './sync';
import { factNames, type FactName } from '../rules/facts';
import { trailRequests, type TrailOutputs } from './trail';
import type { FieldIssue, Problem } from './outcome';
import type { AuditEntry, SessionFacts } from './wire';

/**
 * Every request the renderer may make: its input schema and, beside it, its output type. Handlers are a total map over this list.
 */

const entity = z.enum(entityNames as [EntityName, ...EntityName[]]);
const id = z.uuid();
const fieldName = z.string().regex(/^[a-z][A-Za-z0-9]{0,60}$/);
const patch = z.record(fieldName, z.unknown());

/** One condition on one field. `value` is canonical; `in` takes a list, `between` a pair, `within` a `Period` that moves with the day. */
export const condition = z.object({
  field: fieldName,
  test: z.enum([
    ...['is', 'is-not', 'contains', 'starts', 'in', 'not-in'],
    ...['less', 'more', 'between', 'within', 'empty', 'not-empty'],
  ] as const),
  value: z.unknown().optional(),
});
export type Condition = z.infer<typeof condition>;

/** A condition, a fact about the row that no single field tells, or several of these of which any or all must hold. */
export type Filter = Condition | { fact: FactName } | { any: Filter[] } | { all: Filter[] };
export const filter: z.ZodType<Filter, Filter> = z.lazy(() =>
  z.union([
    condition,
    z.strictObject({ fact: z.enum(factNames) }),
    z.strictObject({ any: z.array(filter).max(50) }),
    z.strictObject({ all: z.array(filter).max(50) }),
  ]),
);
export const isCondition = (one: Filter): one is Condition => 'field' in one;

/** What a grid shows: the same view always gives the same rows in the same order. */
export const view = z.object({
  entity,
  /** Programs to show; empty means every program held by this desk. */
  programs: z.array(id).default([]),
  /** All of these hold. */
  where: z.array(filter).max(50).default([]),
  /** Every word must occur in a searched field. */
  search: z.string().max(200).default(''),
  sort: z
    .array(z.object({ field: fieldName, descending: z.boolean() }))
    .max(5)
    .default([]),
});
export type View = z.infer<typeof view>;

/** One row's edit. `insert` carries the whole new row; `update` only what changes. `base` is what the person saw (defaults to the row now). */
export const edit = z.discriminatedUnion('op', [
  z.object({ op: z.literal('insert'), entity, id, values: patch }),
  z.object({ op: z.literal('update'), entity, id, values: patch, base: patch.optional() }),
  z.object({ op: z.literal('delete'), entity, id }),
  z.object({ op: z.literal('restore'), entity, id }),
]);
export type Edit = z.infer<typeof edit>;

const signIn = z.object({
  server: z.string().max(2000),
  email: z.string().max(255),
  password: z.string().max(200),
  /** The key of what is kept here is lost, and the person gives up what only it could open. */
  anew: z.boolean().default(false),
});

/** Enough rows to say “10,000+” beside the name of a view. */
export const countedTo = 10_000;

export const requests = {
  'app.info': z.object({}),
  'settings.read': z.object({}),
  'settings.write': z.object({
    theme: z.enum(['light', 'dark', 'system']).optional(),
    density: z.enum(['compact', 'normal', 'comfortable']).optional(),
    railCollapsed: z.boolean().optional(),
    programs: z.array(id).optional(),
    server: z.string().max(2000).optional(),
    staySignedIn: z.boolean().optional(),
    panels: z.record(z.string(), z.number()).optional(),
  }),

  /** How well this computer keeps what signs somebody in. */
  'keychain.read': z.object({}),

  'session.read': z.object({}),
  /** The rim says so when the person's wish changed: the session is kept for the next start, or no longer. */
  'session.keep': z.object({}),
  /** Opens once more what could not be opened. */
  'session.retry': z.object({}),
  'session.sign-in': signIn,
  'session.sign-out': z.object({ everywhere: z.boolean().default(false) }),

  'rows.page': z.object({
    view,
    from: z.number().int().min(0),
    count: z.number().int().min(1).max(1000),
    /** Who asks: another view asked for under the same name ends the making of this one. */
    grid: z.string().max(40).optional(),
  }),
  'rows.position': z.object({ view, id }),
  'rows.read': z.object({ entity, ids: z.array(id).max(1000) }),
  'rows.choices': z.object({
    entity,
    search: z.string().max(200).default(''),
    programId: id.optional(),
    where: z.record(fieldName, z.array(z.string())).optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  'rows.values': z.object({
    view,
    field: fieldName,
    search: z.string().max(200).default(''),
    limit: z.number().int().min(1).max(500).default(200),
  }),
  'rows.groups': z.object({ view, field: fieldName }),
  'rows.counts': z.object({ views: z.array(view).min(1).max(60) }),
  'rows.save': z.object({
    edits: z.array(edit).min(1).max(20_000),
    label: z.string().max(200),
    via: z.string().max(40).default('typed'),
  }),
  'rows.duplicate': z.object({ entity, ids: z.array(id).min(1).max(1000) }),
  'rows.removal': z.object({ entity, ids: z.array(id).min(1).max(1000) }),

  /** The same as `rows.save`, without saving. */
  'rows.check': z.object({ edits: z.array(edit).min(1).max(20_000) }),
  'rows.named': z.object({
    entity,
    texts: z.array(z.string().max(500)).max(5000),
    programId: id.optional(),
    where: z.record(fieldName, z.array(z.string())).optional(),
  }),
  'sheet.numbers': z.object({
    view,
    /** Rows by their place in the view, both ends included. */
    parts: z
      .array(
        z.object({ from: z.number().int().min(0), to: z.number().int().min(0), fields: z.array(fieldName).max(60) }),
      )
      .max(200),
  }),
  'sheet.find': z.object({
    view,
    fields: z.array(fieldName).min(1).max(60),
    text: z.string().min(1).max(200),
    matchCase: z.boolean().default(false),
    whole: z.boolean().default(false),
    /** Cells are searched as this reader sees them. */
    locale: z.string().max(40),
  }),
  'cell.story': z.object({ entity, id, field: fieldName }),
  'sheet.edge': z.object({
    view,
    field: fieldName,
    row: z.number().int().min(0),
    step: z.union([z.literal(1), z.literal(-1)]),
  }),

  'history.read': z.object({ limit: z.number().int().min(1).max(500).default(50) }),
  'history.undo': z.object({ id: id.optional() }),
  'history.redo': z.object({}),
  /** To where this step is the last that is done; null: to before all of them. */
  'history.preview': z.object({ id: id.nullable() }),
  'history.go': z.object({ id: id.nullable() }),
  'audit.read': z.object({
    entity,
    id,
    before: z.number().int().optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),

  'curriculum.outline': z.object({ courseId: id }),
  'curriculum.add': z.object({
    entity: z.enum(['curricula', 'modules', 'lessons']),
    parentId: id,
    position: z.number().int().min(1).optional(),
    values: patch,
  }),
  'curriculum.move': z.object({
    entity: z.enum(['curricula', 'modules', 'lessons']),
    ids: z.array(id).min(1).max(1000),
    parentId: id,
    position: z.number().int().min(1),
  }),

  /** Starts the next draft of a published or archived curriculum. */
  'curriculum.draft': z.object({ curriculumId: id }),
  'curriculum.impact': z.object({ curriculumId: id }),
  /** Every version of its line, the newest first. */
  'curriculum.versions': z.object({ curriculumId: id }),
  'curriculum.compare': z.object({ from: id, to: id }),
  'curriculum.publish': z.object({
    curriculumId: id,
    /** What becomes of progress on lessons that are not in it: another lesson, or nothing. */
    mapping: z
      .array(z.object({ from: id, to: id.nullable() }))
      .max(10_000)
      .default([]),
  }),

  ...curriculumRequests,

  'enrollment.quote': z.object({
    courseId: id,
    facilityId: id,
    ageGroup: z.string(),
    locationType: z.string(),
    sessionType: z.string(),
    date: z.iso.date(),
  }),
  'enrollment.options': z.object({ studentId: id.optional(), courseId: id, date: z.iso.date() }),
  'enrollment.create': z.object({
    studentId: id,
    courseId: id,
    facilityId: id,
    ageGroup: z.string(),
    locationType: z.string(),
    sessionType: z.string(),
    date: z.iso.date(),
    notes: z.string().max(2000).optional(),
    /** Why it may go over the facility’s capacity. */
    overrideReason: z.string().max(500).optional(),
  }),

  'confidential.reveal': z.object({ studentId: id, reason: z.string().trim().min(3).max(500) }),

  ...answerRequests,
  'search.titles': z.object({ records: z.array(z.object({ entity, id })).max(50) }),
  'access.read': z.object({ programs: z.array(id).default([]) }),
  'certificate.verify': z.object({ number: z.string().max(40) }),
  'search.records': z.object({ text: z.string().max(200), limit: z.number().int().min(1).max(50).default(20) }),

  ...accessRequests,
  ...exchangeRequests,
  ...mentoringRequests,
  ...pricingRequests,
  ...assignmentRequests,
  ...trailRequests,
  'export.start': z.object({
    view,
    /** Only these rows, in the order of the view. */
    ids: z.array(id).max(200_000).optional(),
    columns: z.array(fieldName).min(1).max(200),
    format: z.enum(formats),
    locale: z.string().max(40).default('en'),
    /** What the file is called, without its ending. */
    name: z.string().max(120),
    /** With what a later import needs to know the rows again. */
    roundTrip: z.boolean().default(false),
  }),

  ...syncRequests,
  'sync.read': z.object({}),
  'sync.now': z.object({}),
  'sync.waiting': z.object({ limit: z.number().int().min(1).max(500).default(100) }),
  ...needsYouRequests,
} as const;

export type RequestName = keyof typeof requests;
export type Input<N extends RequestName> = z.input<(typeof requests)[N]>;
export type Parsed<N extends RequestName> = z.output<(typeof requests)[N]>;

export interface DemoAccount {
  email: string;
  password: string;
  name: string;
  role: string;
  note: string;
}

export interface AppInfo {
  version: string;
  shell: 'electron' | 'browser';
  protocol: number;
  /** Set where the console runs its own demonstration server. */
  demo: { server: string; accounts: DemoAccount[] } | null;
  dataDir: string;
}

export interface Settings {
  theme: 'light' | 'dark' | 'system';
  density: 'compact' | 'normal' | 'comfortable';
  railCollapsed: boolean;
  /** Programs chosen in the switcher; empty means all. */
  programs: string[];
  /** Last server signed in to; no password, no token. */
  server: string;
  /** On a computer whose keychain is `open`: is the session kept all the same? Null where nobody was asked yet. */
  staySignedIn: boolean | null;
  panels: Record<string, number>;
}

/** `open`: whoever reads this person's files can read what is kept. `none`: nothing can be kept. */
export type KeychainState = 'safe' | 'open' | 'none';

export type SessionState =
  | { state: 'signed-out'; lastEmail: string; notice: string | null; trouble: StoreTrouble | null }
  | {
      state: 'signed-in';
      user: SessionFacts;
      server: string;
      expired: boolean;
      /** What is kept on this computer is encrypted. */
      encrypted: boolean;
    };

/** The data of the person who was signed in cannot be opened: what happened, and what is safe in it. */
export interface StoreTrouble {
  problem: Extract<Problem, { kind: 'storage' }>;
  /** Changes in it that were not sent yet; null where even that cannot be read. */
  unsent: number | null;
}

/** One window of a view. Rows are arrays in the order of `fields`, to halve the cost of crossing. */
export interface RowPage {
  total: number;
  fields: string[];
  rows: unknown[][];
  /** Row id -> state, for rows that are not plainly confirmed. */
  marks: Record<string, RowMark>;
  /** Texts of referred rows by id, for the references in this window. */
  titles: Record<string, string>;
}

export type RowMark = 'waiting' | 'conflict' | 'refused';

export interface Choice {
  id: string;
  title: string;
  hint: string;
}

export interface Saved {
  mutationId: string;
  ids: string[];
}

/** What a desk knows of a cell without asking anybody. */
export interface CellStory {
  /** The last thing done to it here, and what became of it; null where nothing was in the last days. */
  own: { at: number; via: string; label: string; state: CellFate } | null;
  /** Of the row as a whole; names are null where the person is not known here. */
  row: {
    createdAt: number | null;
    createdBy: string | null;
    updatedAt: number | null;
    updatedBy: string | null;
    isSent: boolean;
  } | null;
}
export type CellFate = 'waiting' | 'sent' | 'confirmed' | 'conflict' | 'refused' | 'let-go';

/** The numbers of a selection that can be added up: of one kind, and for amounts of one currency. */
export interface NumberGroup {
  kind: 'integer' | 'money' | 'percent' | 'date';
  currency: string | null;
  count: number;
  /** 0 for dates. */
  sum: number;
  /** A date is `YYYY-MM-DD`. */
  min: number | string;
  max: number | string;
}

/** What deleting would take with it, and what stands against it. */
export interface Removal {
  contents: { entity: EntityName; count: number }[];
  blockers: { entity: EntityName; id: string; title: string; why: string }[];
}

export interface HistoryStep {
  id: string;
  at: number;
  label: string;
  rows: number;
  state: 'done' | 'undone';
}

/** What an undo or redo did; fields others changed since are left alone and listed. */
export interface HistoryOutcome {
  label: string | null;
  skipped: { entity: EntityName; id: string; title: string; field: string }[];
}

/** What going to another place in the history does, or would do: how many steps, and what of them is left alone. */
export interface HistoryJump {
  undo: number;
  redo: number;
  skipped: HistoryOutcome['skipped'];
  /** Why it stops before it is there, in words; null where it does not. */
  stops: string | null;
}

/** Rows of a view that are alike in one column, and the filter that shows them alone. */
export interface RowGroup {
  value: unknown;
  title: string;
  count: number;
  filter: Condition;
}

export interface OutlineNode {
  entity: 'curricula' | 'modules' | 'lessons';
  id: string;
  parentId: string;
  name: string;
  position: number;
  /** Minutes, summed over what the node contains. */
  minutes: number;
  lessons: number;
  state: 'draft' | 'published' | 'archived' | null;
  /** Of a curriculum. */
  version: number | null;
  mark: RowMark | null;
}

export interface Outline {
  course: AnyRow;
  /** Depth first, in display order. */
  nodes: OutlineNode[];
  canEdit: boolean;
  whyNot: string | null;
}

export interface CurriculumVersion {
  id: string;
  version: number;
  name: string;
  state: 'draft' | 'published' | 'archived';
  lessons: number;
  minutes: number;
  /** When it was started, and by whom. */
  startedAt: number | null;
  startedBy: string | null;
  changedAt: number | null;
  /** When its own row changed last: of a version that is or was published, when it came into force or was replaced. */
  stateSince: number | null;
  /** Learners, active or paused, with progress on its lessons. */
  learners: number;
}

/** Two versions side by side: `to` seen from `from`. */
export interface VersionComparison {
  from: CurriculumVersion;
  to: CurriculumVersion;
  changes: NodeChange[];
  /** Learners with progress on each lesson that moved or is gone, by lineage. */
  learners: Record<string, number>;
}

/** What publishing a draft would do: the version it replaces, and lessons learners have progress on that are not in it. */
export interface PublishImpact {
  replaces: { id: string; version: number } | null;
  lost: { id: string; name: string; module: string; enrollments: number }[];
}

/** The price in force for a configuration on a day, or the name of what is missing. */
export type Quote =
  | {
      found: true;
      /** Every seat of the configuration is taken or waited for, in words: enrolling needs a reason. Null where there is room. */
      full: string | null;
      /** How many wait for these seats already; null where the program uses no waitlist. */
      waiting: number | null;
      priceId: string;
      price: number;
      currency: string;
      from: string;
      until: string | null;
      next: { price: number; from: string } | null;
    }
  | { found: false; missing: string; canAdd: boolean; whoCan: string };

export interface EnrollmentChoice {
  facilityId: string;
  facility: string;
  ageGroup: string;
  locationType: string;
  sessionType: string;
  price: number;
  currency: string;
  /** Active and paused enrollments against capacity, over all courses of that configuration; capacity null means not limited. */
  taken: number;
  capacity: number | null;
  /** Why it cannot be chosen, in words; null where it can. */
  blocked: string | null;
}

/** What the number of a certificate proves; nothing more than the paper says itself. */
export type CertificateProof =
  | { valid: false; number: string }
  | {
      valid: true;
      number: string;
      issuedAt: number;
      student: string;
      course: string;
      program: string;
      completedOn: string | null;
    };

/** Somebody who may sign in: what they are, where, since when, and by whom. */
export interface AccessPerson {
  id: string;
  fullName: string;
  email: string;
  role: string;
  status: 'active' | 'suspended' | 'pending_verification';
  lastLoginAt: number | null;
  /** When the account was made, and by whom, where this desk knows. */
  since: number | null;
  by: string | null;
  programs: {
    assignmentId: string;
    programId: string;
    code: string;
    name: string;
    since: number | null;
    by: string | null;
    /** Why the assignment cannot be ended, in words; null where it can. */
    whyNotEnd: string | null;
  }[];
  /** Why the account cannot be suspended, or let in again, in words; null where it can. */
  whyNotTurn: string | null;
}

export interface Access {
  people: AccessPerson[];
  programs: { programId: string; code: string; name: string; whyNotAssign: string | null }[];
}

export interface SearchHit {
  entity: EntityName;
  id: string;
  title: string;
  hint: string;
}

/** While tables load for the first time. */
export interface LoadProgress {
  entity: EntityName | null;
  /** Rows that came since this load began or went on, and how many that will be; null until they are counted. */
  rowsDone: number;
  rowsTotal: number | null;
  /** null while it is too early to say. */
  secondsLeft: number | null;
  /** Tables done, of how many. */
  done: number;
  of: number;
}

export interface SyncState {
  connection: 'online' | 'offline' | 'connecting' | 'signed-out';
  /** Why offline, in words. */
  trouble: string | null;
  waiting: number;
  oldestWaitingAt: number | null;
  conflicts: number;
  refused: number;
  lastSyncAt: number | null;
  /** Nothing is sent: the person wanted it so, or what waited long is first to be looked at. */
  held: 'person' | 'review' | null;
  live: 'listen' | 'poll';
  loading: LoadProgress | null;
  /** Desk clock minus server clock, milliseconds; null until known. */
  clockSkew: number | null;
  /** Something the person must know: read-only store, disk full, console too old for the server. */
  notice: string | null;
  readOnly: boolean;
}

export interface WaitingChange {
  mutationId: string;
  seq: number;
  at: number;
  label: string;
  via: string;
  rows: number;
  /** Of what is sent. */
  bytes: number;
  state: 'waiting' | 'sending' | 'sent';
}

export interface Outputs
  extends
    AccessOutputs,
    AnswerOutputs,
    ExchangeOutputs,
    MentoringOutputs,
    PricingOutputs,
    AssignmentOutputs,
    SyncOutputs,
    NeedsYouOutputs,
    TrailOutputs {
  'app.info': AppInfo;
  'settings.read': Settings;
  'settings.write': Settings;
  'keychain.read': { state: KeychainState };
  'session.read': SessionState;
  'session.keep': SessionState;
  'session.retry': SessionState;
  'session.sign-in': SessionState;
  'session.sign-out': SessionState;
  'rows.page': RowPage;
  /** Index of the row in the view, or -1. */
  'rows.position': number;
  'rows.read': AnyRow[];
  'rows.choices': Choice[];
  'rows.values': { value: unknown; title: string; count: number }[];
  'rows.groups': { groups: RowGroup[]; total: number };
  /** Of each view, in order; one above `countedTo` where there are more; null where a view cannot be asked for any more. */
  'rows.counts': (number | null)[];
  'rows.save': Saved;
  'rows.duplicate': Saved;
  'rows.removal': Removal;
  'rows.check': FieldIssue[];
  /** For each text the rows it may mean. */
  'rows.named': Choice[][];
  'sheet.numbers': { filled: number; groups: NumberGroup[] };
  /** Cells in the order of the view: the row's place, and the field's among those asked for. `total` counts all of them. */
  'sheet.find': { total: number; hits: [row: number, field: number][] };
  'cell.story': CellStory;
  /** A row's place in the view. */
  'sheet.edge': number;
  'history.read': { steps: HistoryStep[]; canUndo: string | null; canRedo: string | null };
  'history.undo': HistoryOutcome;
  'history.redo': HistoryOutcome;
  'history.preview': HistoryJump;
  'history.go': HistoryJump;
  'audit.read': AuditEntry[];
  'curriculum.outline': Outline;
  'curriculum.add': Saved;
  'curriculum.move': Saved;
  'curriculum.draft': Saved;
  'curriculum.impact': PublishImpact;
  'curriculum.versions': CurriculumVersion[];
  'curriculum.compare': VersionComparison;
  'curriculum.publish': Saved;
  'curriculum.copyable': Copyable;
  'curriculum.duplicate': Saved;
  'curriculum.paste': Saved;
  'curriculum.write': Saved;
  'curriculum.source': SourceNews | null;
  'curriculum.adopt': Saved;
  'curriculum.syllabus': Syllabus;
  'enrollment.quote': Quote;
  'enrollment.options': EnrollmentChoice[];
  'enrollment.create': Saved;
  'confidential.reveal': AnyRow;
  /** Those that are still here, in the order asked. */
  'search.titles': SearchHit[];
  'access.read': Access;
  'certificate.verify': CertificateProof;
  'search.records': SearchHit[];
  'sync.read': SyncState;
  'sync.now': SyncState;
  'sync.waiting': WaitingChange[];
}

export type Output<N extends RequestName> = Outputs[N];

/** Events, past tense. */
export interface Events {
  /** Ids per entity, or 'many' where too many to list. */
  'rows.changed': { changes: Partial<Record<EntityName, string[] | 'many'>>; cause: 'edit' | 'sync' };
  'sync.changed': SyncState;
  'session.changed': SessionState;
  'settings.changed': Settings;
  'menu.chosen': { command: MenuCommand };
}
export type EventName = keyof Events;
export type MenuCommand =
  'undo' | 'redo' | 'search' | 'sync-now' | 'sign-out' | 'toggle-theme' | 'shortcuts' | 'new-row';

/** One side of the border as the other sees it: the worker for a rim, a rim for the renderer. */
export interface Desk {
  request<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>>;
  listen<E extends EventName>(event: E, callback: (payload: Events[E]) => void): () => void;
}
