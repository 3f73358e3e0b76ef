import { defineConfig } from 'drizzle-kit';

// eslint-disable-next-line no-restricted-syntax -- drizzle-kit reads the default export
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/central/schema.ts',
  out: './drizzle/central',
  schemaFilter: ['app'],
});
