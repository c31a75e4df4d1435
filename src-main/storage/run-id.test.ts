import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { wholePicture } from '../../src-shared/model/framing'
import { defaultStyleRecipe } from '../../src-shared/model/style-recipe'
import { stylizeJobSchema } from '../../src-shared/model/stylize-job'
import { hashFile } from './file-hash'
import { runIdFor, uniqueRunId, type RunIngredients } from './run-id'
import { temporaryFolder } from './testing/temporary-folder'

const ingredients: RunIngredients = {
  photograph: { sha256: 'a', framing: wholePicture },
  painting: { sha256: 'b' },
  initialImage: null,
  recipe: defaultStyleRecipe,
  output: '/pictures/painted.png',
}

describe('runIdFor', () => {
  it('is the same for the same ingredients, in whatever order they were written', () => {
    const reversed = Object.fromEntries(Object.entries(defaultStyleRecipe).reverse())
    const recipe = { ...defaultStyleRecipe, ...reversed, contentWeight: undefined }
    const output = '/pictures/../pictures/painted.png'
    expect(runIdFor({ ...ingredients, recipe, output })).toBe(runIdFor(ingredients))
  })

  it.each<[string, Partial<RunIngredients>]>([
    ['photograph', { photograph: { sha256: 'c', framing: wholePicture } }],
    ['framing', { photograph: { sha256: 'a', framing: { ...wholePicture, straighten: 1 } } }],
    ['painting', { painting: { sha256: 'a' } }],
    ['initial image', { initialImage: { sha256: 'b' } }],
    ['recipe', { recipe: { ...defaultStyleRecipe, seed: 1 } }],
    ['output', { output: '/pictures/other.png' }],
  ])('is another for another %s', (_, changes) => {
    expect(runIdFor({ ...ingredients, ...changes })).not.toBe(runIdFor(ingredients))
  })
})

describe('run ids', () => {
  it('are fit for a job', () => {
    const now = new Date('2026-03-04T05:06:07.890Z')
    expect(uniqueRunId(now)).toMatch(/^20260304-050607-[0-9a-f]{8}$/)
    expect(uniqueRunId(now)).not.toBe(uniqueRunId(now))
    for (const id of [uniqueRunId(now), runIdFor(ingredients)]) {
      expect(stylizeJobSchema.shape.runId.safeParse(id).success).toBe(true)
    }
  })
})

describe('hashFile', () => {
  it('is the SHA-256 of the bytes', async () => {
    const path = join(await temporaryFolder(), 'picture')
    const bytes = new Uint8Array(200_000).fill(7)
    await writeFile(path, bytes)
    expect(await hashFile(path)).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it('says that a file is missing, or is a folder', async () => {
    const folder = await temporaryFolder()
    await expect(hashFile(join(folder, 'none'))).rejects.toMatchObject({ code: 'file-missing' })
    await expect(hashFile(folder)).rejects.toMatchObject({ code: 'not-a-file', data: { kind: 'folder' } })
  })
})
