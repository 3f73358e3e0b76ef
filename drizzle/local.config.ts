import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './src/main/desk/local/schema.ts',
  out: './drizzle/local',
});
