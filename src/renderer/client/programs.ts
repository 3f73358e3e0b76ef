import type { View } from '../../shared/contract/requests';
import { useQuestion } from './hooks';

export interface ProgramChoice {
  id: string;
  code: string;
  name: string;
}

const everyProgram: View = {
  entity: 'programs',
  programs: [],
  where: [],
  search: '',
  sort: [{ field: 'name', descending: false }],
};

/** The programs this desk holds, by name; undefined until known. */
export function usePrograms(): ProgramChoice[] | undefined {
  const page = useQuestion('rows.page', { view: everyProgram, from: 0, count: 500 }, { keep: true }).data;
  if (!page) return undefined;
  const at = (field: string) => page.fields.indexOf(field);
  const [id, code, name] = [at('id'), at('code'), at('name')];
  return page.rows.map((row) => ({ id: String(row[id]), code: String(row[code]), name: String(row[name]) }));
}
