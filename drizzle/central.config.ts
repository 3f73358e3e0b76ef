import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/central/schema.ts',
  out: './drizzle/central',
  schemaFilter: ['app'],
});
