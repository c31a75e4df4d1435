import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { recipeFields } from '../../src-shared/model/recipe-fields'
import { styleRecipeSchema } from '../../src-shared/model/style-recipe'
import { addRecipeFlags, recipeOverrides } from './recipe-flags'

/** What the recipe's flags among `flags` set. */
function parse(...flags: readonly string[]): Readonly<Record<string, unknown>> {
  const command = new Command().exitOverride().configureOutput({ outputError: () => undefined })
  addRecipeFlags(command)
  return recipeOverrides(command.parse(flags, { from: 'user' }).opts())
}

const refusal = (...flags: readonly string[]): string => {
  try {
    parse(...flags)
  } catch (error) {
    return error instanceof Error && 'data' in error
      ? (error.data as { message: string }).message
      : String(error)
  }
  return 'accepted'
}

it('sets nothing that was not given', () => {
  expect(parse()).toEqual({})
})

it('has a flag for every field of the recipe', () => {
  for (const field of recipeFields(styleRecipeSchema)) {
    const value = field.kind === 'number' ? field.minimum : field.kind === 'choice' ? field.default : false
    const flags = field.kind === 'switch' ? [`--no-${field.flag}`] : [`--${field.flag}`, String(value)]
    expect(parse(...flags)).toEqual({ [field.key]: value })
  }
})

it('reads numbers, choices and both ways of a switch; the last one counts', () => {
  expect(parse('--size', '640', '--tv', '1e-2', '--style-scale', '.5', '--pooling', 'average')).toEqual({
    size: 640,
    totalVariation: 0.01,
    styleScale: 0.5,
    pooling: 'average',
  })
  expect(parse('--no-coarse-to-fine', '--coarse-to-fine')).toEqual({ coarseToFine: true })
  expect(parse('--rescale-pooling', '--no-precondition')).toEqual({
    rescalePooling: true,
    precondition: false,
  })
})

describe('what does not fit is refused with the range', () => {
  it.each(['NaN', 'nan', '', ' ', 'abc', '0x40', 'Infinity', '12px', '63', '2049', '-5', '100.5', '1e99'])(
    '--size "%s"',
    (text) => {
      expect(refusal('--size', text)).toBe(`--size takes a whole number from 64 to 2048, not "${text}".`)
    },
  )

  it('--strength 100.5', () => {
    expect(refusal('--strength', '100.5')).toBe('--strength takes a number from 0 to 100, not "100.5".')
  })

  it('--init photo', () => {
    expect(refusal('--init', 'photo')).toBe('--init takes photograph, noise or image, not "photo".')
  })
})
