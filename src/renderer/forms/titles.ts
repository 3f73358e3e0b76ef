import { entityOf, isEntityName } from '../../shared/entities';
import { isId } from '../../shared/model';
import { request } from '../client/request';

type Wanted = readonly (readonly [entity: string, ids: readonly string[]])[];

/** What rows are called, by id. A title that is made of other rows (an enrollment's student and course) is looked up one level further. */
export async function titlesOf(wanted: Wanted, depth = 1): Promise<Record<string, string>> {
  const titles: Record<string, string> = {};
  for (const [to, ids] of wanted) {
    if (!isEntityName(to) || ids.length === 0) continue;
    const { title, fields } = entityOf(to);
    const rows = await request('rows.read', { entity: to, ids: [...new Set(ids)].slice(0, 1000) });
    const referring = title.flatMap((name) => {
      const field = fields[name];
      return field?.kind === 'reference' ? [[field.options.to, rows.flatMap((row) => toId(row[name]))] as const] : [];
    });
    const further = depth > 0 && referring.length > 0 ? await titlesOf(referring, depth - 1) : {};
    for (const row of rows) {
      titles[row.id] = title
        .map((name) => row[name])
        .filter((part): part is string => typeof part === 'string')
        .map((part) => further[part] ?? (isId(part) ? '' : part))
        .filter(Boolean)
        .join(' ');
    }
  }
  return titles;
}

const toId = (value: unknown): string[] => (typeof value === 'string' ? [value] : []);
