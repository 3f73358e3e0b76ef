import type { ImportMapping } from '../contract/exchange';
import type { EntityName } from '../entities';
import { fromColumn } from './suggest-mapping';

/** Recipes that come with the console, for files that many people have. */
export interface ShippedRecipe {
  entity: EntityName;
  name: string;
  mapping: ImportMapping;
}

/**
 * A published university catalogue: one line for each section, so a course stands on as many lines as it has sections, and the first one counts.
 */
const catalogueOfSections: ShippedRecipe = {
  entity: 'courses',
  name: 'University catalogue (Subject, Number, Name)',
  mapping: {
    fields: {
      code: { from: ['Subject', 'Number'], join: ' ', all: true, steps: ['clean', 'upper'], otherwise: '' },
      name: fromColumn('Name', 'clean'),
      description: fromColumn('Description', 'clean'),
      level: fromColumn('Number', 'hundreds'),
    },
    match: ['code'],
    emptyClears: false,
    repeats: 'first',
    dates: 'as-here',
    numbers: 'as-here',
  },
};

export const shippedRecipes: readonly ShippedRecipe[] = [catalogueOfSections];
