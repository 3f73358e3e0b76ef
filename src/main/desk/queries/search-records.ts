import { allEntities, type EntityName } from '../../../shared/entities';
import type { SearchHit } from '../../../shared/contract/requests';
import { mayRead } from '../../../shared/rules/permit';
import type { Query } from '../context';
import { fold, folded } from '../local/fold';
import type { Readable } from '../local/handles';
import { insideTable, isSearchReady, namingColumns, searchTable } from '../local/search-index';
import { statement } from '../local/statements';
import { hintSql } from './choices';
import { titleSql } from './field-sql';
import { ftsText, ftsWord, matchSql, searchedFields } from './match-sql';

/** Ranking costs per hit: of a word that begins thousands of rows, only so many are weighed. */
const weighed = 200;

/** Where people look first when names are alike. */
const first: EntityName[] = [
  'students',
  'courses',
  'facilities',
  'users',
  'programs',
  'lessons',
  'modules',
  'curricula',
];

const place = (name: EntityName): number => (first.includes(name) ? first.indexOf(name) : first.length);

/** Records of any kind whose searched fields hold every word, best first: whole words, then beginnings, then what stands inside a name. */
export const searchRecords: Query<'search.records'> = ({ read, session }, { text, limit }) => {
  const words = fold(text).split(/\s+/).filter(Boolean).slice(0, 8);
  if (words.length === 0) return [];
  const wanted = words.join(' ');
  const names = allEntities
    .filter((entity) => searchedFields(entity).length > 0 && mayRead(session, entity))
    .map((entity) => entity.name as EntityName)
    .sort((a, b) => place(a) - place(b));
  const hits: SearchHit[] = [];
  for (const inside of [false, true]) {
    // Insides are asked for only where beginnings do not fill the list.
    if (inside && hits.length >= limit) break;
    for (const name of names) hits.push(...hitsIn(read, name, words, limit, inside));
  }
  const known = new Set<string>();
  return hits
    .filter(({ id }) => !known.has(id) && known.add(id))
    .map((hit) => ({ hit, weight: weightOf(hit, wanted) }))
    .sort((a, b) => b.weight - a.weight || a.hit.title.length - b.hit.title.length)
    .slice(0, limit)
    .map(({ hit }) => hit);
};

function hitsIn(db: Readable, name: EntityName, words: readonly string[], limit: number, inside: boolean): SearchHit[] {
  const isReady = isSearchReady(db, name);
  if (!isReady && inside) return [];
  const select = `select t.id, ${titleSql(name, 't')} as shown, ${hintSql(name)} as hint from ${name} t`;
  const rows = isReady
    ? (inside ? within : beginning)(db, name, select, words, limit)
    : plain(db, name, select, words, limit);
  return rows.map(({ id, shown, hint }) => ({ entity: name, id, title: shown, hint: hint ?? '' }));
}

interface Found {
  id: string;
  shown: string;
  hint: string | null;
}

/**
 * Whole words first, then the last as a beginning, at last all of them: as much as is needed to fill the list. A beginning of more than three
 * letters has no index of its own and costs as much as it has hits, a whole word costs what is shown of it.
 */
function beginning(db: Readable, name: EntityName, select: string, words: readonly string[], limit: number): Found[] {
  const table = searchTable(name);
  const query = statement(
    db,
    `${select} join (select rowid from ${table} where ${table} match ? limit ${weighed}) m on m.rowid = t.rid
     where not exists (select 1 from json_each(?) w where instr(' ' || ${folded(titleSql(name, 't'))}, ' ' || w.value) = 0)
     order by instr(${folded('shown')}, ?) = 1 desc, length(shown) limit ?`,
  );
  const found = new Map<string, Found>();
  const { asked, letters } = toldApart(words);
  for (const match of attempts(asked)) {
    for (const row of query.all(match, JSON.stringify(letters), words.join(' '), limit) as Found[])
      found.set(row.id, row);
    if (found.size >= limit) break;
  }
  return [...found.values()];
}

/** A single letter begins half of everything: beside other words it is looked for in the names that these find. */
function toldApart(words: readonly string[]): { asked: readonly string[]; letters: readonly string[] } {
  const asked = words.filter((word) => [...word].length > 1);
  if (asked.length === 0) return { asked: words, letters: [] };
  return { asked, letters: words.filter((word) => !asked.includes(word)) };
}

function attempts(asked: readonly string[]): string[] {
  const whole = asked.map(ftsText);
  const matches = [whole, whole.with(-1, ftsWord(asked.at(-1)!)), asked.map(ftsWord)].map((one) => one.join(' '));
  return [...new Set(matches)];
}

function within(db: Readable, name: EntityName, select: string, words: readonly string[], limit: number): Found[] {
  const columns = namingColumns(name);
  const groups = words.flatMap(lettersByThree);
  if (columns.length === 0 || groups.length === 0) return [];
  const table = insideTable(name);
  const joined = folded(`(${columns.map((column) => `coalesce(t.${column}, '')`).join(" || ' ' || ")})`);
  return statement(
    db,
    `${select} join (select rowid from ${table} where ${table} match ? limit ${weighed}) m on m.rowid = t.rid
     where not exists (select 1 from json_each(?) w where instr(${joined}, w.value) = 0) order by length(shown) limit ?`,
  ).all(groups.map(ftsText).join(' AND '), JSON.stringify(words), limit) as Found[];
}

/** `obos` -> `obo`, `bos`. */
const lettersByThree = (word: string): string[] => {
  const letters = [...word];
  return letters.slice(2).map((_, at) => letters.slice(at, at + 3).join(''));
};

function plain(db: Readable, name: EntityName, select: string, words: readonly string[], limit: number): Found[] {
  const matches = words.map((word) => matchSql(db, name, word));
  const where = matches.map((match) => `(${match.sql})`).join(' and ');
  return statement(db, `${select} where ${where} limit ?`).all(
    ...matches.flatMap((match) => match.values),
    limit,
  ) as Found[];
}

function weightOf(hit: SearchHit, wanted: string): number {
  const title = fold(hit.title);
  const likeness =
    title === wanted
      ? 4
      : title.startsWith(wanted)
        ? 3
        : title.includes(` ${wanted}`)
          ? 2
          : title.includes(wanted)
            ? 1
            : 0;
  return likeness + (first.length - place(hit.entity)) / (first.length + 1);
}

/** Records by their ids, as a search would show them. */
export const searchTitles: Query<'search.titles'> = ({ read }, { records }) =>
  records.flatMap(({ entity, id }): SearchHit[] => {
    const row = statement(
      read,
      `select ${titleSql(entity, 't')} as shown, ${hintSql(entity)} as hint from ${entity} t where t.id = ?`,
    ).get(id);
    const found = row as Omit<Found, 'id'> | undefined;
    return found ? [{ entity, id, title: found.shown, hint: found.hint ?? '' }] : [];
  });
