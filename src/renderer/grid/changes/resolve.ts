import type { Choice } from '../../../shared/contract/requests';
import { entityOf, isEntityName } from '../../../shared/entities';
import type { Field } from '../../../shared/model';
import { request } from '../../client/request';
import { gridFields, type GridContext } from '../columns';
import type { Named, WantedRow } from './plan';

const keyOf = (to: string, programId: string | undefined, where: string, text: string): string =>
  [to, programId ?? '', where, text.trim()].join('\u0000');

interface Ask {
  to: string;
  programId: string | undefined;
  where: Record<string, string[]> | undefined;
  texts: Set<string>;
}

const longest = 500;
const mostTexts = 5000;

function askFor(field: Field, programId: unknown): Omit<Ask, 'texts'> | null {
  if (field.kind !== 'reference' || !isEntityName(field.options.to)) return null;
  const { to, where } = field.options;
  const isInProgram = entityOf(to).scope === 'program' && typeof programId === 'string';
  return {
    to,
    programId: isInProgram ? programId : undefined,
    where: where && Object.fromEntries(Object.entries(where).map(([name, values]) => [name, [...values]])),
  };
}

/** Looks the names in a block up, each once, in the program of the row it stands in. */
export async function resolveNames(
  rows: readonly WantedRow[],
  context: GridContext,
  given: Record<string, unknown>,
): Promise<Named> {
  const asks = new Map<string, Ask>();
  for (const { data, cells } of rows) {
    const programId = data?.row['programId'] ?? given['programId'];
    for (const { field: name, entry } of cells) {
      const ask = 'text' in entry && entry.text.trim() !== '' && askFor(gridFields(context.entity)[name]!, programId);
      if (!ask || !('text' in entry) || entry.text.length > longest) continue;
      const key = JSON.stringify([ask.to, ask.programId, ask.where]);
      const held = asks.get(key) ?? { ...ask, texts: new Set<string>() };
      if (held.texts.size < mostTexts) held.texts.add(entry.text.trim());
      asks.set(key, held);
    }
  }
  const known = new Map<string, readonly Choice[]>();
  await Promise.all(
    [...asks.values()].map(async ({ to, programId, where, texts }) => {
      if (!isEntityName(to)) return;
      const list = [...texts];
      const found = await request('rows.named', {
        entity: to,
        texts: list,
        ...(programId ? { programId } : {}),
        ...(where ? { where } : {}),
      });
      list.forEach((text, i) => known.set(keyOf(to, programId, JSON.stringify(where), text), found[i] ?? []));
    }),
  );
  return (field, text, programId) => {
    const ask = askFor(field, programId);
    return ask ? known.get(keyOf(ask.to, ask.programId, JSON.stringify(ask.where), text)) : undefined;
  };
}
