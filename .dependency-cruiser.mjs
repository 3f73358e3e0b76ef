// Who may import whom. `npm run deps` runs it through scripts/check-deps.mjs, which also fails when too few modules were seen.
const inTests = '\\.test\\.tsx?$|/vitest-[^/]+\\.ts$';
const electronNames =
  '^(electron|electron-store|electron-log)(/|$)|node_modules/(electron|electron-store|electron-log)/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle that consists of a type import does not exist at run time.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: electronNames } },
    {
      name: 'shared-imports-only-itself',
      comment:
        'Shared runs in every process: it may use nothing but itself and zod. Calendars alone are left to two pure libraries.',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: [inTests, '^src/shared/rules/expand-recurrence\\.ts$'] },
      to: { pathNot: ['^src/shared/', '(^|/)node_modules/zod/', '^zod(/|$)'] },
    },
    {
      name: 'calendars-import-only-calendars',
      severity: 'error',
      from: { path: '^src/shared/rules/expand-recurrence\\.ts$' },
      to: { pathNot: ['^src/shared/', '(^|/)node_modules/(rrule-temporal|temporal-polyfill|temporal-spec)/'] },
    },
    {
      name: 'expansion-stays-on-the-desk',
      comment: 'The window asks the desk for dates: it need not carry the calendars of the world.',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: '^src/shared/rules/expand-recurrence\\.ts$' },
    },
    {
      name: 'shared-tests-stay-shared',
      severity: 'error',
      from: { path: `^src/shared/.*(${inTests})` },
      to: { path: '^src/', pathNot: '^src/shared/' },
    },
    {
      name: 'renderer-imports-only-shared',
      severity: 'error',
      from: { path: '^src/renderer/', pathNot: inTests },
      to: { path: '^src/', pathNot: ['^src/renderer/', '^src/shared/'] },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^src/renderer/', pathNot: inTests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'preload-imports-only-shared-and-electron',
      severity: 'error',
      from: { path: '^src/preload/', pathNot: inTests },
      to: { pathNot: ['^src/preload/', '^src/shared/', electronNames] },
    },
    {
      name: 'electron-only-at-the-rim',
      comment: 'Everything else also runs in plain Node, where importing Electron throws.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/index\\.ts$', '^src/main/shell/', '^src/preload/'] },
      to: { path: electronNames },
    },
    {
      name: 'nobody-imports-an-entry',
      severity: 'error',
      from: { path: '^src/', pathNot: inTests },
      to: { path: ['^src/main/index\\.ts$', '^src/central/cli\\.ts$', '^src/preload/'] },
    },
    {
      name: 'main-knows-no-renderer',
      severity: 'error',
      from: { path: '^src/(main|central)/', pathNot: inTests },
      to: { path: '^src/(renderer|preload)/' },
    },
    {
      name: 'local-does-not-know-remote',
      severity: 'error',
      from: { path: '^src/main/desk/local/', pathNot: inTests },
      to: { path: '^src/main/desk/(remote|sync)/' },
    },
    {
      name: 'remote-does-not-know-local',
      severity: 'error',
      from: { path: '^src/main/desk/remote/', pathNot: inTests },
      to: { path: '^src/main/desk/(local|sync)/' },
    },
    {
      name: 'one-write-door',
      comment: 'Rows change only through commands and sync, so that outbox, undo and events can never be forgotten.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [inTests, '^src/main/desk/(commands|sync|testing)/', '^src/main/desk/local/write(\\.ts$|/)'],
      },
      to: { path: '^src/main/desk/local/write(\\.ts$|/)' },
    },
    {
      name: 'desk-does-not-know-central',
      comment:
        'Central is what runs in the database and beside it. A desk reaches it over the wire, and may not even name its types.',
      severity: 'error',
      from: { path: '^src/main/', pathNot: [inTests, '^src/main/browser/'] },
      to: { path: '^src/central/' },
    },
    {
      name: 'central-does-not-know-main',
      severity: 'error',
      from: { path: '^src/central/', pathNot: inTests },
      to: { path: '^src/main/' },
    },
    {
      name: 'desk-does-not-know-its-rims',
      severity: 'error',
      from: { path: '^src/main/desk/', pathNot: inTests },
      to: { path: '^src/main/(shell|browser)/' },
    },
    {
      name: 'workspaces-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/renderer/workspaces/([^/]+)/', pathNot: inTests },
      to: { path: '^src/renderer/workspaces/', pathNot: '^src/renderer/workspaces/$1/' },
    },
    {
      name: 'ui-knows-no-entity',
      severity: 'error',
      from: { path: '^src/renderer/ui/', pathNot: inTests },
      to: { path: ['^src/shared/(entities|model)/', '^src/renderer/(?!ui/)'] },
    },
    {
      name: 'nobody-needs-the-simulator',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^simulator/' },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { path: '^(src|simulator)/' },
      to: { path: '\\.test\\.tsx?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['[.]css$', '[.]svg$', '[.]png$', '[.]woff2$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.json'],
    },
  },
};
