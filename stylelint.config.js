/** @file What the style sheets may not do: write a raw colour, font or duration, or read a property that nobody sets. */

const onlyInTokens = 'Raw colours stand in src-renderer/styles/tokens.css alone.'

/** @type {import('stylelint').Config} */
export default {
  referenceFiles: ['src-renderer/styles/tokens.css'],
  rules: {
    'color-no-hex': [true, { message: onlyInTokens }],
    'color-named': ['never', { message: onlyInTokens }],
    'function-disallowed-list': [
      ['rgb', 'rgba', 'hsl', 'hsla', 'hwb', 'lab', 'lch', 'oklab', 'oklch', 'color'],
      { message: onlyInTokens },
    ],
    'declaration-property-unit-disallowed-list': [
      { '/^(font|transition|animation)/': ['px', 'rem', 'em', 'ms', 's'] },
      { message: 'Type and motion stand in src-renderer/styles/tokens.css alone.' },
    ],
    'no-unknown-custom-properties': true,
    'no-unknown-animations': true,
    'no-duplicate-selectors': true,
    'property-no-unknown': true,
    'declaration-block-no-duplicate-properties': true,
    'declaration-block-no-shorthand-property-overrides': true,
    'color-function-notation': 'modern',
  },
  overrides: [
    { files: ['**/*.vue'], customSyntax: 'postcss-html' },
    {
      files: ['src-renderer/styles/tokens.css'],
      rules: { 'color-no-hex': null, 'function-disallowed-list': null },
    },
  ],
}
