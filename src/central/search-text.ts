/**
 * The text a row is found by, as an expression that an index can be made of: only functions of PostgreSQL itself, because ours are dropped
 * and made anew with every release. Marks on letters do not count ("Ola" finds "Ọlá"), nor does case.
 */
import { entityOf, type EntityName } from '../shared/entities';
import { columnOf } from '../shared/model';

/** Found by their own text; what else a mentor is found by is in `sql/find.ts`. */
export const foundEntities = ['resources', 'mentors', 'users', 'students'] as const satisfies readonly EntityName[];

/** A text vector ends at a megabyte: of a long text, the beginning counts. */
const LONGEST = 100_000;

const folded = (text: string): string =>
  `translate(regexp_replace(lower(normalize(${text}, NFD)), '[\\u0300-\\u036f]', '', 'g'), '@._/:-', '      ')`;

export const vectorOf = (text: string): string => `to_tsvector('simple'::regconfig, ${folded(text)})`;

/** @param prefix what stands before each column, such as `t.` */
export function searchVector(name: EntityName, prefix = ''): string {
  const texts = Object.entries(entityOf(name).fields)
    .filter(([, field]) => field.options.search)
    .map(([field]) => `coalesce(${prefix}${columnOf(field)}::text, '')`);
  return vectorOf(`left(${texts.join(" || ' ' || ")}, ${LONGEST})`);
}

/** Every word is the beginning of one. What means something in a query is taken out first. */
export const prefixQuery = (words: string): string =>
  `(select to_tsquery('simple'::regconfig, string_agg(quote_literal(w) || ':*', ' & '))
    from regexp_split_to_table(translate(${folded(`left(${words}, 200)`)}, '''\\&|!()<>*', '           '), '\\s+') w where w <> '')`;
