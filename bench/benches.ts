import { audit } from './audit';
import { exportFile } from './export';
import { firstRows } from './first-rows';
import { importFile } from './import';
import { initialSync } from './initial-sync';
import type { Bench, BenchOptions, Figure } from './measure';
import { matrix } from './matrix';
import { open } from './open';
import { filter } from './filter';
import { page } from './page';
import { planner } from './planner';
import { pull } from './pull';
import { push } from './push';
import { scroll } from './scroll';
import { search } from './search';
import { tree } from './tree';

export const benches = {
  'initial-sync': initialSync,
  'first-rows': firstRows,
  pull,
  push,
  open,
  page,
  filter,
  scroll,
  search,
  import: importFile,
  export: exportFile,
  tree,
  matrix,
  planner,
  audit,
} satisfies Record<string, Bench>;
export type BenchName = keyof typeof benches;

/** One after the other: two at once would measure each other. No names means all. */
export async function runBenches(
  names: readonly string[],
  options: BenchOptions,
  onFigure: (figure: Figure) => void = () => undefined,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, bench] of Object.entries(benches)) {
    if (names.length > 0 && !names.includes(name)) continue;
    options.log(name);
    for (const figure of await bench(options)) {
      figures.push(figure);
      onFigure(figure);
    }
  }
  return figures;
}
