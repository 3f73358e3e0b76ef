import type { Entity, Field } from '../model';
import type { FieldSource, ImportMapping } from '../contract/exchange';
import { entityOf, isEntityName } from '../entities';
import type { CellContext } from './cell-text';
import type { StepName } from './import-steps';
import { keysOf } from './natural-keys';
import { cellWords, readSource, type SourceCell } from './source-cell';
import { validateField } from './validate';

/** Which column of a file is meant for which field: by what it is called, and by what stands in it. */

export interface SuggestedFrom {
  name: string;
  samples: readonly SourceCell[];
}

/** What people and other systems call a field, in English and French. */
const alsoCalled: Record<string, string[]> = {
  firstName: ['given name', 'forename', 'first', 'prenom', 'christian name'],
  lastName: ['surname', 'family name', 'last', 'nom', 'nom de famille', 'second name'],
  fullName: ['name', 'full name', 'nom complet', 'display name'],
  email: ['mail', 'e mail', 'email address', 'courriel', 'adresse email', 'contact email'],
  phone: ['telephone', 'tel', 'mobile', 'cell', 'phone number', 'portable', 'gsm', 'contact number'],
  dateOfBirth: ['dob', 'birthday', 'birth date', 'born', 'date de naissance', 'naissance'],
  enrollmentDate: ['joined', 'start date', 'registered', 'enrolled on', 'date d inscription', 'admission date'],
  address: ['street', 'home address', 'adresse'],
  status: ['state', 'statut'],
  code: ['course code', 'number', 'no', 'ref', 'reference', 'id', 'sku', 'course number'],
  name: ['title', 'course', 'course name', 'course title', 'facility', 'site', 'venue', 'nom', 'intitule', 'libelle'],
  description: ['details', 'about', 'summary', 'notes', 'abstract'],
  capacity: ['places', 'seats', 'size', 'max', 'maximum', 'capacite'],
  facilityType: ['type', 'kind'],
  listPrice: ['price', 'fee', 'cost', 'tuition', 'amount', 'prix', 'tarif'],
  price: ['fee', 'cost', 'tuition', 'amount', 'prix', 'tarif', 'rate'],
  effectiveDate: ['valid from', 'from', 'start', 'effective', 'effective date', 'a partir du'],
  endDate: ['valid until', 'until', 'to', 'end', 'expires', 'jusqu au'],
  instructorId: ['teacher', 'tutor', 'instructor', 'lecturer', 'coach', 'enseignant'],
  studentId: ['student', 'pupil', 'learner', 'student number', 'eleve'],
  courseId: ['course', 'class', 'course code', 'cours'],
  facilityId: ['facility', 'site', 'venue', 'location', 'pool', 'building', 'lieu'],
  programId: ['program', 'programme', 'program code', 'department', 'subject'],
  durationMinutes: ['duration', 'minutes', 'length', 'duree'],
  studentNumber: ['student number', 'student id', 'matricule', 'registration number'],
  currency: ['ccy', 'devise'],
};

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\be mail\b/g, 'email')
    .trim();

/** How alike two words are, by the pairs of letters they share (Dice): 0 to 1. */
export function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const pairs = (text: string): string[] =>
    Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2));
  const [left, right] = [pairs(a), pairs(b)];
  if (left.length === 0 || right.length === 0) return 0;
  const rest = [...right];
  let shared = 0;
  for (const pair of left) {
    const at = rest.indexOf(pair);
    if (at < 0) continue;
    shared++;
    rest.splice(at, 1);
  }
  return (2 * shared) / (left.length + right.length);
}

function namesOf(name: string, field: Field): string[] {
  const { label, short } = field.options;
  const target =
    field.kind === 'reference' && isEntityName(field.options.to) ? entityOf(field.options.to).labels.one : null;
  return [
    label,
    short ?? '',
    name.replace(/Id$/, ''),
    ...(alsoCalled[name] ?? []),
    ...(target ? [target, `${label} name`, `${label} code`, `${label} email`] : []),
  ]
    .map(plain)
    .filter((one) => one !== '');
}

/** By its header alone: 1 is certain. The field's own label counts more than another word for it. */
function byName(header: string, name: string, field: Field): number {
  const told = plain(header.replace(/ \(\d+\)$/, ''));
  let best = 0;
  namesOf(name, field).forEach((called, i) => {
    const isOwn = i === 0;
    const words = new Set(called.split(' '));
    const toldWords = told.split(' ');
    const score =
      called === told
        ? isOwn
          ? 1
          : 0.9
        : called.length > 3 && toldWords.filter((word) => words.has(word)).length === words.size
          ? 0.72
          : likeness(called, told) > 0.75
            ? 0.7 * likeness(called, told)
            : 0;
    best = Math.max(best, score);
  });
  return best;
}

/** How many of the samples the field could hold: 0 to 1; null where that cannot be told from here. */
function byContent(field: Field, samples: readonly SourceCell[], context: CellContext): number | null {
  const filled = samples.filter((cell) => cellWords(cell).trim() !== '');
  if (filled.length === 0 || ['reference', 'option', 'json', 'sensitive', 'generated'].includes(field.kind))
    return null;
  // Addresses belong into a field for addresses, whatever else could hold them.
  if (field.kind === 'text' && filled.every((cell) => /^\S+@\S+\.\S+$/.test(cellWords(cell).trim()))) return 0.2;
  const fits = filled.filter((cell) => {
    const read = readSource(field, cell, context);
    return 'value' in read && validateField(field, read.value) === null;
  });
  return fits.length / filled.length;
}

/** Kinds whose values are like no other's, so that they are known without a header. */
const telling = ['email', 'choice', 'url'];

export const isImportable = (field: Field): boolean =>
  field.kind !== 'sensitive' && !field.options.internal && (!field.options.readOnly || field.kind === 'generated');

export function suggestMapping(entity: Entity, columns: readonly SuggestedFrom[], context: CellContext): ImportMapping {
  const scored: { name: string; column: string; score: number }[] = [];
  for (const [name, field] of Object.entries(entity.fields)) {
    if (!isImportable(field)) continue;
    for (const column of columns) {
      const called = byName(column.name, name, field);
      const content = byContent(field, column.samples, context);
      const score =
        called > 0
          ? called * (content === null ? 1 : 0.35 + 0.65 * content)
          : content !== null && content > 0.8 && telling.includes(field.kind)
            ? 0.55
            : 0;
      if (score >= 0.5) scored.push({ name, column: column.name, score });
    }
  }
  const fields: Record<string, FieldSource> = {};
  const used = new Set<string>();
  for (const { name, column } of scored.sort((a, b) => b.score - a.score)) {
    if (fields[name] || used.has(column)) continue;
    fields[name] = fromColumn(column);
    used.add(column);
  }
  splitNames(entity, columns, fields, used);
  const match = keysOf(entity).find((key) => key.every((name) => fields[name])) ?? [];
  return { fields, match, emptyClears: false, repeats: 'refuse', dates: 'as-here', numbers: 'as-here' };
}

export const fromColumn = (column: string, ...steps: StepName[]): FieldSource => ({
  from: [column],
  join: ' ',
  all: false,
  steps,
  otherwise: '',
});

/** One column with whole names, where the entity keeps given and family names apart. */
function splitNames(
  entity: Entity,
  columns: readonly SuggestedFrom[],
  fields: Record<string, FieldSource>,
  used: Set<string>,
): void {
  const { firstName, lastName } = entity.fields;
  if (!firstName || !lastName || fields['firstName'] || fields['lastName']) return;
  const whole = columns.find(
    ({ name }) =>
      !used.has(name) &&
      /^(full |student |learner |pupil )?names?$|^nom complet$|^student$|^pupil$|^learner$/.test(plain(name)),
  );
  if (!whole) return;
  fields['firstName'] = fromColumn(whole.name, 'given');
  fields['lastName'] = fromColumn(whole.name, 'family');
}

/** Is every column of a recipe in a file? */
export const fitsColumns = (mapping: ImportMapping, columns: ReadonlySet<string>): boolean => {
  const wanted = Object.values(mapping.fields).flatMap(({ from }) => from);
  return wanted.length > 0 && wanted.every((name) => columns.has(name));
};
