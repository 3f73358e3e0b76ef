// First step of `npm run db:generate`: lists every entity's table in both schemas. drizzle-kit sees only exports of the top level, so the
// lists are written out; that keeps a new entity at one file and one line.
import { writeFileSync } from 'node:fs';
import { entityNames } from '../src/shared/entities';

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const listed = (table: (name: string) => string) =>
  entityNames.map((name) => `export const ${camel(name)} = ${table(name)};\n`).join('');
const note =
  '/** Written by `npm run db:generate` from the entities: drizzle-kit sees only exports of the top level. A registry test complains where one is missing. */\n';

writeFileSync(
  'src/central/schema.ts',
  `${note}import { entityOf } from '../shared/entities';\nimport { app, toPgTable } from './tables';\n\nexport { app };\n` +
    listed((name) => `toPgTable(entityOf('${name}'))`),
);
writeFileSync(
  'src/main/desk/local/schema.ts',
  `${note}import { tableOf } from './tables';\n\nexport * from './meta-tables';\n\n` +
    listed((name) => `tableOf('${name}')`),
);
