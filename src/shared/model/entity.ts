import { reference, type Field, type FieldOf } from './field';

/**
 * Whose rows an entity holds. It decides, together with the data class, who may see a row, who may write it, and which desks hold it.
 *
 * - `platform`: reference data; everybody who may sign in reads it.
 * - `program`: belongs to one program (a `programId` field is added).
 * - `self`: the program itself: its id is the program's id.
 * - `account`: a person's account or a companion of it; it stands in every program the person is part of, and is the person's own.
 * - `user`: belongs to one user alone (a `userId` field must be declared).
 */
export type Scope = 'platform' | 'program' | 'self' | 'account' | 'user';

/** What a program's data is grouped into: a role gives a set of classes. */
export type DataClass = 'catalogue' | 'people' | 'confidential' | 'finance';

/**
 * The least role that may do a thing inside its own programs. `tutor`: also the tutor who teaches the course the row hangs from (see
 * `teaching`). `own`: the user the row belongs to. `nobody`: only the system.
 */
export type AccessLevel =
  'own' | 'staff' | 'tutor' | 'program_coordinator' | 'program_admin' | 'super_admin' | 'nobody';

export type Verb = 'create' | 'update' | 'remove';
export type Fields = Record<string, Field>;

export interface Declaration<F extends Fields> {
  /** The entity's number in the change log. Never reused, never changed. */
  number: number;
  labels: { one: string; many: string };
  /** One sentence: what a row is. */
  meaning: string;
  scope: Scope;
  /** For `scope: 'program'`; `catalogue` where not said. */
  dataClass?: DataClass;
  access: Record<Verb, AccessLevel>;
  /** The reference through which a row hangs from a course, over any number of rows between: that course's tutor holds the row too. */
  teaching?: keyof F & string;
  /** Where `access.update` is `tutor`: the fields a tutor may set; without it, all. */
  tutorSets?: readonly (keyof F & string)[];
  fields: F;
  /** Field lists whose values together are unique among rows not deleted. */
  unique?: readonly (readonly (keyof F | 'programId')[])[];
  /** The fields whose texts, joined by a space, name a row for people. */
  title: readonly (keyof F | 'programId')[];
  /** Sort order of a fresh grid; `-field` is descending. */
  sort?: readonly string[];
  /** The navigation area the grid lives in. */
  area: Area;
}

export type Area =
  | 'overview'
  | 'curriculum'
  | 'pricing'
  | 'facilities'
  | 'enrollments'
  | 'people'
  | 'learning'
  | 'mentoring'
  | 'careers'
  | 'commerce'
  | 'access'
  | 'platform';

export interface Entity<N extends string = string, F extends Fields = Fields> extends Omit<
  Declaration<F>,
  'fields' | 'unique' | 'title' | 'teaching' | 'tutorSets'
> {
  readonly teaching?: string;
  readonly tutorSets?: readonly string[];
  readonly name: N;
  readonly fields: F;
  readonly dataClass: DataClass;
  readonly unique: readonly (readonly string[])[];
  readonly title: readonly string[];
}

type ProgramField = { programId: FieldOf<'reference', string, true> };
type WithScope<S extends Scope, F extends Fields> = S extends 'program' ? ProgramField & F : F;

/** Declares an entity. `name` is its table's name in both databases. */
export function defineEntity<const N extends string, const S extends Scope, F extends Fields>(
  name: N,
  declaration: Declaration<F> & { scope: S },
): Entity<N, WithScope<S, F>> {
  const programId = reference({ label: 'Program', to: 'programs', required: true, fixed: true, hidden: true });
  const fields = declaration.scope === 'program' ? { programId, ...declaration.fields } : declaration.fields;
  return {
    ...declaration,
    name,
    dataClass: declaration.dataClass ?? 'catalogue',
    unique: (declaration.unique ?? []) as readonly (readonly string[])[],
    title: declaration.title as readonly string[],
    fields: fields as unknown as WithScope<S, F>,
  };
}

/** What every row carries beside its declared fields. */
export interface RowStamp {
  /** UUID version 7, made where the row is made. */
  id: string;
  /** 0 until the central database has seen the row. */
  rowVersion: number;
  createdAt: number | null;
  updatedAt: number | null;
  createdBy: string | null;
  updatedBy: string | null;
}

type ValueOf<X> = X extends FieldOf<infer _K, infer V, infer R> ? (R extends true ? V : V | null) : never;

/** The row type of an entity. */
export type RowOf<E extends Entity> = RowStamp & { [K in keyof E['fields']]: ValueOf<E['fields'][K]> };

/** A row of an entity known only at run time. */
export type AnyRow = RowStamp & Record<string, unknown>;

/** `facilityType` -> `facility_type`: the column of a field in both databases. */
export const columnOf = (field: string): string => field.replace(/[A-Z]/g, (letter) => '_' + letter.toLowerCase());

/** The stamp fields, in the order in which they stand in every table after `id`. */
export const stampFields = ['rowVersion', 'createdAt', 'updatedAt', 'createdBy', 'updatedBy'] as const;
