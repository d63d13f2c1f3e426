import { builtinModules } from 'node:module';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const builtins = builtinModules.map((name) => ({
  name,
  message: 'src/core does no IO. Declare a port in core and implement it in src/node.',
}));

/**
 * The layers of src/README.md, as lint sees them; test/unit/architecture/layers.test.ts sees the
 * transitive rest.
 * @type {import('eslint').Linter.Config[]}
 */
const layers = [
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            ...builtins,
            { name: 'vscode', message: 'src/core is host-free; put this in src/vscode.' },
          ],
          patterns: [
            { regex: '^node:|/(vscode|node|cli)/', message: 'Dependencies point inward, to core.' },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        ...[
          'fetch',
          'process',
          'setTimeout',
          'setInterval',
          'Date',
          'require',
          'console',
          'Buffer',
        ],
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness comes through a port.' },
      ],
    },
  },
  {
    files: ['src/node/**/*.ts', 'src/cli/**/*.ts', 'src/cli.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [{ name: 'vscode', message: 'Only src/vscode knows the editor.' }],
          patterns: [{ regex: '/vscode/', message: 'src/node and src/vscode never meet here.' }],
        },
      ],
    },
  },
  {
    files: ['src/vscode/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: builtins.map(({ name }) => ({
            name,
            message: 'Take the capability as a parameter; extension.ts hands it in from src/node.',
          })),
          patterns: [
            {
              regex: '^node:|/node/|/cli/',
              message: 'src/node and src/vscode meet in extension.ts.',
            },
          ],
        },
      ],
    },
  },
];

export default defineConfig(
  {
    ignores: [
      'dist/',
      'out/',
      'node_modules/',
      '.vscode-test/',
      'test/demo/workspace/',
      'test/fixtures/',
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['test/**', 'src/cli/**'],
    rules: { 'no-console': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  ...layers,
);
