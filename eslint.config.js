/** @file What the linter asks for: strict types everywhere, accessible components, and each door to Electron in one place. */
import eslint from '@eslint/js'
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import { defineConfig } from 'eslint/config'
import typescript from 'typescript-eslint'

const onlyIn = {
  ipcMain: 'Only src-main/ipc touches ipcMain: there every message is parsed and its sender checked.',
  ipcRenderer: 'Only src-main/preload touches ipcRenderer.',
  bridge: 'Only src-renderer/bridge touches window.impasto: use its typed functions.',
}

/**
 * @param {{ ipcMain?: boolean, ipcRenderer?: boolean }} allowed
 * @returns {import('eslint').Linter.RulesRecord}
 */
function electronImports({ ipcMain = false, ipcRenderer = false }) {
  const forbidden = [
    { name: 'vitest', importNames: ['test'], message: 'Unit tests are called `it`.' },
    ...(ipcMain ? [] : [{ name: 'electron', importNames: ['ipcMain'], message: onlyIn.ipcMain }]),
    ...(ipcRenderer ? [] : [{ name: 'electron', importNames: ['ipcRenderer'], message: onlyIn.ipcRenderer }]),
  ]
  return { 'no-restricted-imports': ['error', { paths: forbidden }] }
}

export default defineConfig(
  { ignores: ['out/', 'node_modules/', '.cache/', 'test-results/', 'bench/peers/', '**/*.cjs'] },
  eslint.configs.recommended,
  typescript.configs.strictTypeChecked,
  typescript.configs.stylisticTypeChecked,
  vue.configs['flat/recommended'],
  accessibility.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        project: 'tsconfig.json',
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      // TypeScript checks names, in scripts too.
      'no-undef': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      ...electronImports({}),
      'no-restricted-syntax': [
        'error',
        {
          selector:
            ":matches(TSParameterProperty, PropertyDefinition, MethodDefinition[kind!='constructor'])[accessibility='private']",
          message: 'Write #name: it is private in the running program too.',
        },
      ],
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-ignore': true, 'ts-nocheck': true, 'ts-expect-error': true },
      ],
      // Numbers in messages read well as they are; everything else still has to be turned into a string on purpose.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // There is no enum to guard, and the search for one takes seconds.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // Electron's typings name every class twice, which this rule takes for two classes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    files: ['src-renderer/**', 'src-main/preload/**'],
    languageOptions: { parserOptions: { project: 'tsconfig.renderer.json' } },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: typescript.parser } },
    rules: {
      // The type of defineProps says that an absent boolean is there, so every default looks useless.
      '@typescript-eslint/no-useless-default-assignment': 'off',
      // A label that names its control by id is enough.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
      // It takes what a pointer can do besides the keyboard (drop, pan, reset by a double click) for the only way.
      'vuejs-accessibility/no-static-element-interactions': 'off',
      // Prettier decides these.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
    },
  },
  {
    files: ['src-main/engine/{style,image}/**'],
    rules: {
      // Loops over the numbers of an array stay within its length; a check for each number would cost and say nothing.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['src-main/ipc/**'], rules: electronImports({ ipcMain: true }) },
  { files: ['src-main/preload/**'], rules: electronImports({ ipcRenderer: true }) },
  {
    files: ['src-renderer/**'],
    ignores: ['src-renderer/bridge/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'window', property: 'impasto', message: onlyIn.bridge },
      ],
    },
  },
  {
    files: ['scripts/**/*.mjs', 'src-main/**/testing/*.mjs'],
    rules: {
      // The linter does not see the casts that stand in JSDoc there; the compiler does.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
)
