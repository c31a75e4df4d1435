/** @file Whatever a file is called or holds, it cannot command the terminal or feign a line of the program. */
import { writeFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { impasto } from './impasto-command'
import { openStudio, type Studio } from './studio'

/** A new title, red, a line feed with a false line, and the one-byte form of the escape that begins a sequence. */
const HOSTILE = '\u001b]0;owned\u0007\u001b[31m\nimpasto: all is well.\u009b2J'
const SHOWN = '\\u001b]0;owned\\u0007\\u001b[31m\\u000aimpasto: all is well.\\u009b2J'
const CONTROL_CHARACTERS = /[^\n\P{Cc}]/u

let studio: Studio

test.beforeAll(async () => {
  studio = await openStudio({ width: 96, height: 64 })
})

test.afterAll(() => {
  studio.remove()
})

test("a recipe's key", async () => {
  const recipe = studio.at('recipe.json')
  writeFileSync(recipe, JSON.stringify({ [HOSTILE]: 1 }))
  const { code, errors } = await impasto(studio.stylize('refused.png', '--recipe', recipe), studio)
  expect(code).toBe(2)
  expect(errors).toContain(SHOWN)
  expect(errors).not.toMatch(CONTROL_CHARACTERS)
  expect(errors.match(/^impasto: /gm)).toHaveLength(1)
})

test("a file's name, which JSON still tells exactly", async () => {
  const photograph = `/nowhere/${HOSTILE}.jpg`
  const arguments_ = ['stylize', '--content', photograph, '--style', studio.painting]
  const { code, output, errors } = await impasto(
    [...arguments_, '--output', studio.at('refused.png'), '--json'],
    studio,
  )
  expect(code).toBe(3)
  expect(errors).toBe(`impasto: /nowhere/${SHOWN}.jpg does not exist. Check the name and the folder.\n`)
  expect(output).not.toMatch(CONTROL_CHARACTERS)
  expect(JSON.parse(output)).toMatchObject({ code: 'file-missing', data: { path: photograph } })
})

test('a flag', async () => {
  const { code, errors } = await impasto(studio.stylize('refused.png', `--${HOSTILE}`), studio)
  expect(code).toBe(2)
  expect(errors).not.toMatch(CONTROL_CHARACTERS)
  expect(errors.match(/^impasto: /gm)).toHaveLength(1)
})
