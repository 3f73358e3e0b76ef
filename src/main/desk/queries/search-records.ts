import { allEntities, type EntityName } from '../../../shared/entities';
import type { SearchHit } from '../../../shared/contract/requests';
import { mayRead } from '../../../shared/rules/permit';
import type { Query } from '../context';
import { fold, folded } from '../local/fold';
import type { Readable } from '../local/handles';
import { isSearchReady, searchTable } from '../local/search-index';
import { statement } from '../local/statements';
import { hintSql } from './choices';
import { titleSql } from './field-sql';
import { ftsWord, matchSql, searchedFields } from './match-sql';

/** Ranking costs per hit: of a word that begins thousands of rows, only so many are weighed. */
const weighed = 400;

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

/** Records of any kind whose searched fields hold every word, best first. */
export const searchRecords: Query<'search.records'> = ({ read, session }, { text, limit }) => {
  const words = fold(text).split(/\s+/).filter(Boolean).slice(0, 8);
  if (words.length === 0) return [];
  const wanted = words.join(' ');
  const hits = allEntities
    .filter((entity) => searchedFields(entity).length > 0 && mayRead(session, entity))
    .flatMap((entity) => hitsIn(read, entity.name as EntityName, words, limit));
  return hits
    .map((hit) => ({ hit, weight: weightOf(hit, wanted) }))
    .sort((a, b) => b.weight - a.weight || a.hit.title.length - b.hit.title.length)
    .slice(0, limit)
    .map(({ hit }) => hit);
};

function hitsIn(db: Readable, name: EntityName, words: readonly string[], limit: number): SearchHit[] {
  const select = `select t.id, ${titleSql(name, 't')} as shown, ${hintSql(name)} as hint from ${name} t`;
  const rows = isSearchReady(db, name) ? ranked(db, name, select, words, limit) : plain(db, name, select, words, limit);
  return rows.map(({ id, shown, hint }) => ({ entity: name, id, title: shown, hint: hint ?? '' }));
}

interface Found {
  id: string;
  shown: string;
  hint: string | null;
}

function ranked(db: Readable, name: EntityName, select: string, words: readonly string[], limit: number): Found[] {
  const table = searchTable(name);
  return statement(
    db,
    `${select} join (select rowid from ${table} where ${table} match ? limit ${weighed}) m on m.rowid = t.rid
     order by instr(${folded('shown')}, ?) = 1 desc, length(shown) limit ?`,
  ).all(words.map(ftsWord).join(' '), words.join(' '), limit) as Found[];
}

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
  const place = first.indexOf(hit.entity);
  return likeness + (place < 0 ? 0 : (first.length - place) / (first.length + 1));
}
