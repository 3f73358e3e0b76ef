import { z } from 'zod';
import { entityNames, type EntityName } from '../entities';
import { stepNames, type StepName } from '../rules/import-steps';

/**
 * Files in and out, and what comes of them. A file crosses in pieces through the same two doors as everything else, so that both rims work
 * alike.
 *
 * Security: the page never names a path. The desk names a file by an id of its own; where it is kept on this computer a person says, in the
 * dialog of their system.
 */

/** Largest file taken in, in bytes. */
export const largestFile = 100 * 1024 * 1024;
/** Largest piece of a file in one request, in bytes before it is written as base64. */
export const pieceBytes = 512 * 1024;

const entity = z.enum(entityNames as [EntityName, ...EntityName[]]);
const fieldName = z.string().regex(/^[a-z][A-Za-z0-9]{0,60}$/);
const file = z.uuid();
const rowNumber = z.number().int().min(1);

/** Where a field's value comes from: columns joined, cleaned in steps; `otherwise` where they are empty. */
export const fieldSource = z.object({
  from: z.array(z.string().max(1000)).max(10),
  join: z.string().max(20).default(' '),
  /** Nothing, unless every one of the columns says something. */
  all: z.boolean().default(false),
  steps: z
    .array(z.enum(stepNames as [StepName, ...StepName[]]))
    .max(5)
    .default([]),
  otherwise: z.string().max(1000).default(''),
});
export type FieldSource = z.infer<typeof fieldSource>;

/** How the columns of a file become fields. Kept as a recipe it serves the next file of the same kind. */
export const mapping = z.object({
  fields: z.record(fieldName, fieldSource),
  /** The fields that tell which row is meant; empty: whatever names a row by nature. */
  match: z.array(fieldName).max(10).default([]),
  /** An empty cell empties the field. Otherwise it leaves it alone. */
  emptyClears: z.boolean().default(false),
  /** Several lines that mean the same row and disagree: refuse them, or let the first one count. */
  repeats: z.enum(['refuse', 'first']).default('refuse'),
  dates: z.enum(['as-here', 'day-first', 'month-first']).default('as-here'),
  numbers: z.enum(['as-here', 'point', 'comma']).default('as-here'),
});
export type ImportMapping = z.infer<typeof mapping>;

export const formats = ['csv', 'xlsx', 'texts'] as const;

export const exchangeRequests = {
  'files.begin': z.object({ name: z.string().max(255), size: z.number().int().min(0) }),
  'files.put': z.object({ file, at: z.number().int().min(0), data: z.base64().max(pieceBytes * 2) }),
  'files.take': z.object({ file, at: z.number().int().min(0) }),
  'files.drop': z.object({ file }),
  /** Makes a PDF of what the page has laid out for paper; a rim without a window of its own leaves it to the page. */
  'files.print': z.object({ name: z.string().max(120) }),

  'jobs.read': z.object({ job: file }),
  'jobs.cancel': z.object({ job: file }),

  'import.open': z.object({
    file,
    sheet: z.string().max(255).optional(),
    encoding: z.string().max(40).optional(),
    delimiter: z.string().length(1).optional(),
  }),
  'import.columns': z.object({ file, entity, header: z.number().int().min(0) }),
  'import.check': z.object({
    file,
    entity,
    /** The program that new rows belong to, where no column says it. */
    programId: z.uuid().nullable().default(null),
    header: z.number().int().min(0),
    mapping,
    locale: z.string().max(40).default('en'),
    /** Field -> values of the rows to be made where a name refers to nothing yet. */
    creates: z.record(fieldName, z.record(fieldName, z.unknown())).default({}),
    /** Field -> text in the file -> the row meant by it. */
    picks: z.record(fieldName, z.record(z.string(), z.uuid())).default({}),
  }),
  'import.rows': z.object({
    file,
    show: z.enum(['all', 'create', 'update', 'unchanged', 'choose', 'error']),
    from: z.number().int().min(0),
    count: z.number().int().min(1).max(500).default(100),
  }),
  /** `rows`: line numbers; none means all that can be. */
  'import.tick': z.object({ file, rows: z.array(rowNumber).max(10_000).default([]), ticked: z.boolean() }),
  'import.choose': z.object({
    file,
    rows: z.array(rowNumber).max(10_000).default([]),
    field: fieldName.optional(),
    take: z.enum(['mine', 'theirs']),
  }),
  'import.report': z.object({ file }),
  'import.apply': z.object({ file }),
} as const;

export interface StoredFile {
  file: string;
  name: string;
  size: number;
}

export interface ImportSource {
  kind: 'csv' | 'xlsx';
  /** Sheets of a workbook with anything in them; the one on show first asked for. */
  sheets: string[];
  sheet: string | null;
  encoding: string | null;
  delimiter: string | null;
  rows: number;
  columns: number;
  /** The line that looks like the header; 0 for none. */
  header: number;
  /** The first lines as they are written. */
  head: { n: number; cells: string[] }[];
  notes: string[];
}

export interface ImportColumn {
  name: string;
  samples: string[];
  /** How many of the lines looked at have anything in it. */
  filled: number;
}

export interface ImportRecipe {
  /** Null for one that comes with the console. */
  id: string | null;
  name: string;
  mapping: ImportMapping;
}

export interface ImportColumns {
  columns: ImportColumn[];
  suggested: ImportMapping;
  /** Field lists that could tell which row is meant. */
  keys: string[][];
  /** Recipes whose columns this file has. */
  recipes: ImportRecipe[];
  /** The file was exported from here: its rows are known, and so is what others changed since. */
  roundTrip: boolean;
}

/** A name in the file that means no row, or more than one. */
export interface Unresolved {
  field: string;
  text: string;
  rows: number;
  candidates: { id: string; title: string; hint: string }[];
}

/** Names that mean nothing yet, by field, and what else has to be known to make rows of them. */
export interface Missing {
  field: string;
  entity: EntityName;
  names: string[];
  count: number;
  /** Choices that a new row needs; null where rows cannot be made from a name. */
  needs: string[] | null;
  /** Why this person may not. */
  whyNot: string | null;
}

export interface CheckSummary {
  rows: number;
  create: number;
  update: number;
  unchanged: number;
  choose: number;
  /** Lines with errors, and errors. */
  error: number;
  issues: number;
  /** Lines that would be written now. */
  ticked: number;
  /** Cells to be changed, and cells that others changed since the export. */
  cells: number;
  theirs: number;
  /** Rows that will be made because the file refers to them. */
  made: { entity: EntityName; count: number }[];
  ambiguous: Unresolved[];
  missing: Missing[];
  notes: string[];
}

export type CellState = 'mine' | 'theirs' | 'both';

export interface CheckedCell {
  field: string;
  before: string;
  after: string;
  state: CellState;
  /** For `both`: what was decided. */
  take: 'mine' | 'theirs' | null;
}

export interface CheckedRow {
  n: number;
  kind: 'create' | 'update' | 'unchanged' | 'choose' | 'error';
  ticked: boolean;
  id: string | null;
  title: string;
  cells: CheckedCell[];
  issues: { field: string | null; column: string; value: string; message: string }[];
  note: string | null;
}

export interface Applied {
  mutationId: string;
  number: number;
  created: number;
  updated: number;
  ids: string[];
}

/** What `texts` gives: for the clipboard and for paper. */
export interface ExportedTexts {
  columns: { field: string; label: string; isNumeric: boolean }[];
  rows: string[][];
}

export type JobResult =
  | { kind: 'source'; source: ImportSource }
  | { kind: 'check'; summary: CheckSummary }
  | { kind: 'applied'; applied: Applied }
  | { kind: 'file'; file: StoredFile };

/** Long work on the desk. `of` is null where the end is not known. */
export type Job =
  | { state: 'running'; phase: string; done: number; of: number | null }
  | { state: 'done'; result: JobResult }
  | { state: 'cancelled' }
  | { state: 'failed'; message: string };

export interface ExchangeOutputs {
  'files.begin': { file: string };
  'files.put': { received: number };
  'files.take': { data: string; size: number; name: string };
  'files.drop': { dropped: boolean };
  'files.print': { printed: boolean };
  'jobs.read': Job;
  'jobs.cancel': { cancelled: boolean };
  'import.open': { job: string };
  'import.columns': ImportColumns;
  'import.check': { job: string };
  'import.rows': { total: number; rows: CheckedRow[] };
  'import.tick': CheckSummary;
  'import.choose': CheckSummary;
  'import.report': StoredFile;
  'import.apply': { job: string };
  'export.start': { job: string };
}
