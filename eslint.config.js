import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const NODE_GLOBALS = ['process', 'Buffer', 'require', 'module', '__dirname', '__filename', 'global'];
const electronRim = ['src/main/index.ts', 'src/main/shell/**', 'src/preload/**'];

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' };

/** Raw Electron IPC is for the two rims: everything else goes through the typed contract. */
const noElectron = (names, message) => ({
  'no-restricted-imports': ['error', { paths: [{ name: 'electron', importNames: names, message }] }],
});

export default tseslint.config(
  {
    ignores: [
      'out/',
      'dist/',
      'coverage/',
      'test-results/',
      'playwright-report/',
      '.demo/',
      'node_modules/',
      'drizzle/**/meta/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', noDefaultExport],
      ...noElectron(['ipcMain', 'ipcRenderer'], 'Raw IPC belongs to src/main/shell and src/preload: use the contract.'),
    },
  },
  { files: ['src/central/cli.ts', 'src/central/**/cli/**'], rules: { 'no-console': 'off' } },
  {
    files: ['src/main/shell/**', 'src/main/index.ts'],
    rules: noElectron(['ipcRenderer'], 'ipcRenderer belongs to the preload.'),
  },
  { files: ['src/preload/**'], rules: noElectron(['ipcMain'], 'ipcMain belongs to src/main/shell.') },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: electronRim,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'electron', message: 'Electron appears only in main/index.ts, main/shell and preload.' },
            { name: 'electron-store', message: 'Electron appears only in main/index.ts, main/shell and preload.' },
          ],
          patterns: [
            { group: ['electron-log', 'electron-log/*'], message: 'Logging is handed in by the Electron entry.' },
          ],
        },
      ],
    },
  },
  {
    // A type package can smuggle Node's names into these programs: they do not exist at run time.
    files: ['src/shared/**/*.ts', 'src/renderer/**/*.{ts,tsx}', 'src/preload/**/*.ts'],
    ignores: ['**/*.test.{ts,tsx}'],
    rules: { 'no-restricted-globals': ['error', ...NODE_GLOBALS] },
  },
  { files: ['src/renderer/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat.recommended] },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          ...NODE_GLOBALS,
          'console',
          'URL',
          'fetch',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'performance',
        ]
          .concat([
            'AbortSignal',
            'AbortController',
            'TextDecoder',
            'TextEncoder',
            'WebSocket',
            'structuredClone',
            'queueMicrotask',
          ])
          .concat(['exports', 'setImmediate', 'document', 'window'])
          .map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none' }] },
  },
);
