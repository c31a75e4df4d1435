import { expect, it } from 'vitest'
import { recordedTerminal } from './testing/recorded-terminal'

const { terminal, output, errors } = recordedTerminal()

it('shows what a terminal would obey, on both streams', () => {
  terminal.print('Saved /a\u001b]0;title\u0007\r\nimpasto: all is well.png')
  terminal.tell('red \u001b[31m, 8-bit \u009b31m, backwards \u202egnp.exe')
  expect(output.text).toBe('Saved /a\\u001b]0;title\\u0007\\u000d\\u000aimpasto: all is well.png\n')
  expect(errors.text).toBe('red \\u001b[31m, 8-bit \\u009b31m, backwards \\u202egnp.exe\n')
})

it('leaves every language and every emoji alone', () => {
  output.text = ''
  const names = 'café, ночь, 夜のカフェ, مقهى, 👩🏽‍🎨'
  terminal.print(names)
  expect(output.text).toBe(`${names}\n`)
})

it('prints JSON that means the same', () => {
  output.text = ''
  const event = { path: '/a\u001b[31m\u009b\u007f\u2028\n"\\.png' }
  terminal.print(JSON.stringify(event))
  expect(output.text).toMatch(/^[\x20-\x7e]*\n$/)
  expect(JSON.parse(output.text)).toEqual(event)
})
