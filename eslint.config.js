import js from '@eslint/js'
import tseslint from 'typescript-eslint'

/** One engine, one door: each of these is imported in the one file named. */
const doors = {
  execa: 'src/system/exec.ts',
  'better-sqlite3': 'src/state/open.ts',
  listr2: 'src/output/draw-live.ts',
}

export default tseslint.config(
  {
    ignores: ['**/dist/', 'build/', 'bundle/', '**/node_modules/', 'examples/', 'templates/', '.*.cjs'],
  },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    files: ['**/*.ts'],
    rules: {
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/require-await': 'off',
      // Contexts are plain objects of functions, made to be taken apart: `do({ environment, exec })`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      'no-restricted-imports': [
        'error',
        { paths: Object.keys(doors).map(name => ({ name, message: `only ${doors[name]} does` })) },
      ],
    },
  },
  ...Object.entries(doors).map(([name, file]) => ({
    files: [file],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: Object.keys(doors)
            .filter(other => other !== name)
            .map(other => ({ name: other })),
        },
      ],
    },
  })),
  {
    files: ['test/**/*.ts', 'sdk/test/**/*.ts', 'plugins/*/test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-unused-expressions': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        AbortSignal: 'readonly',
        setTimeout: 'readonly',
        Buffer: 'readonly',
        performance: 'readonly',
      },
    },
  },
  {
    files: ['bin/*.js'],
    languageOptions: { sourceType: 'commonjs', globals: { require: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
)
