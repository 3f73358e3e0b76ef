/** The CHECK constraint of each rule between the fields of one row: see `shared/rules/row-rules.ts`. */
import { sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { RowRule } from '../shared/rules/row-rules';

type Column = (field: string) => PgColumn;

/** No semicolon may stand in any of these: drizzle-kit cuts a check off at one. */
export function rowCheck(rule: RowRule, column: Column): SQL {
  const value = column(rule.field);
  switch (rule.kind) {
    case 'notBefore':
      return sql`${value} >= ${column(rule.from)}`;
    case 'exactlyOne':
      return sql`num_nonnulls(${sql.join(
        rule.of.map((field) => sql`${column(field)}`),
        sql`, `,
      )}) = 1`;
    case 'answers':
      return sql`${value} is null or coalesce(case ${column(rule.type)}
        when 'text' then false
        when 'scale' then jsonb_typeof(${value}) = 'object' and jsonb_path_exists(${value}, 'strict $ ? (@.min < @.max)', '{}', true)
          and jsonb_typeof(${value}->'min') = 'number' and jsonb_typeof(${value}->'max') = 'number'
          and (coalesce(${value}->'step', 'null') = 'null' or jsonb_path_exists(${value}, 'strict $.step ? (@ > 0)', '{}', true))
        else jsonb_typeof(${value}) = 'array' and ${value} <> '[]'
          and not jsonb_path_exists(${value}, 'strict $[*] ? (@.type() != "object")', '{}', true)
          and jsonb_array_length(jsonb_path_query_array(${value}, 'strict $[*] ? (@.label.type() == "string" && (@.value.type() == "string" || @.value.type() == "number"))', '{}', true))
            = jsonb_array_length(${value})
        end, false)`;
    case 'points':
      return sql`${value} is null or (jsonb_typeof(${value}) = 'object'
        and not jsonb_path_exists(${value}, 'strict $.* ? (@.type() != "number" && @.type() != "object")', '{}', true)
        and not jsonb_path_exists(${value}, 'strict $.* ? (@.type() == "object").* ? (@.type() != "number")', '{}', true))`;
  }
}
