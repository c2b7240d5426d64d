import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** The features, from the lowest layer up. A feature imports lower layers only, so there are no cycles between them. */
const LAYERS = [
  ['undo'],
  ['tasks/data'],
  ['account'],
  ['activity', 'connect', 'device', 'notifications', 'offline', 'tasks/dialogs', 'tasks/editors'],
  ['assistant', 'live', 'quick-add', 'settings'],
  ['tasks/list', 'tasks/pane'],
  ['shell'],
];

/** Forbids imports of these features. A relative path may not leave the folder: it would avoid the rule. */
function forbid(files, features) {
  const group = features.map((feature) => `@/features/${feature}/**`);
  const patterns = [
    { group: ['../**'], message: 'Write @/… for another folder.' },
    ...(group.length > 0 ? [{ group, message: 'Import lower layers only: see LAYERS in eslint.config.' }] : []),
  ];
  return { files, rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

const boundaries = [
  forbid(['src/lib/**', 'src/components/**'], ['*']),
  ...LAYERS.flatMap((layer, level) =>
    layer.map((feature) => {
      const others = LAYERS.slice(level)
        .flat()
        .filter((other) => other !== feature);
      return forbid([`src/features/${feature}/**`], others);
    }),
  ),
];

export default tseslint.config(
  {
    ignores: [
      '.next/**',
      '.builds/**',
      'node_modules/**',
      'test-results/**',
      'src/lib/api/generated/**',
      'next-env.d.ts',
      '*.mjs',
      'scripts/*.mjs',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  reactHooks.configs.flat['recommended-latest'],
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    rules: {
      // An async function as an event handler is how React code is written; what it throws is handled in it.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  ...boundaries,
);
