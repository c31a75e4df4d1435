/** @file The corners of what a recipe allows, at the smallest size: each is painted, or refused by a name that is known. */
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { SMALLEST_SIZE, styleRecipeSchema, type StyleRecipe } from '../../../src-shared/model/style-recipe'
import { stylizeJobSchema } from '../../../src-shared/model/stylize-job'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import { SAMPLES } from '../image/testing/pictures'
import { scheduleOf } from '../../../src-shared/math/schedule'
import { leaseStyleNetwork } from './style-networks'
import { loadInputs } from './stylize-inputs'
import { lossOf, startDescent } from './stylize-scale'

let folder: string
beforeEach(async () => {
  folder = await temporaryFolder()
})

/** A sample squeezed to `size`, such as `640x64`. */
async function squeezed(sample: string, size: string): Promise<string> {
  const path = join(folder, `${size}.png`)
  const [width, height] = size.split('x').map(Number)
  await sharp(join(SAMPLES, sample)).resize(width, height, { fit: 'fill' }).png().toFile(path)
  return path
}

/** Two iterations of the first scale; whether everything that came out is a number. */
async function paint(photograph: string, painting: string, changes: Partial<StyleRecipe>): Promise<boolean> {
  const recipe = styleRecipeSchema.parse({ size: SMALLEST_SIZE, ...changes })
  const job = stylizeJobSchema.parse({
    kind: 'stylize',
    ...{ runId: 'corner', folder, initialImage: null, resume: false, recipe },
    photograph: { path: await squeezed('photographs/rocket.jpg', photograph), framing: {} },
    painting: { path: await squeezed('paintings/night-cafe.webp', painting) },
    output: { path: join(folder, 'corner.png'), overwrite: 'always' },
  })
  const inputs = await loadInputs(job)
  const [scale] = scheduleOf(inputs.photograph, recipe, 0)
  if (scale === undefined) throw new Error('A schedule has at least one scale')
  const { network, release } = await leaseStyleNetwork({ ...recipe, precision: 'float32' })
  onTestFinished(release)
  const evaluate = await lossOf(job, inputs, scale, network)
  const descent = await startDescent(job, inputs, scale, null, evaluate)
  const losses = [descent.advance(1), descent.advance(2)].flatMap(({ contentLoss, styleLoss }) => [
    contentLoss,
    styleLoss,
  ])
  return [...losses, ...descent.pixels()].every(Number.isFinite)
}

it.each([
  ['96x64', '160x127', { styleScale: 0.25, margin: 0 }],
  ['96x64', '160x127', { styleScale: 0.25, margin: 32 }],
  ['96x64', '160x127', { styleScale: 0.25, precondition: false }],
  ['96x64', '5000x1', { margin: 0, pooling: 'average', optimizer: 'adam' }],
  ['96x64', '1x1', { frame: 20, margin: 7 }],
  ['96x64', '160x127', { precondition: false, totalVariation: 1000, styleWeight: 1e9, contentWeight: 1e9 }],
  ['64x640', '3x2000', { margin: 32, init: 'noise' }],
  ['6400x64', '160x127', { margin: 8 }],
] as const)(
  'a photograph of %s px is painted from a painting of %s px with %j',
  async (photograph, painting, changes) => {
    expect(await paint(photograph, painting, changes)).toBe(true)
  },
)

it.each([
  ['64x640', '160x127', { margin: 4 }, { width: 6, height: 64, minimum: 8 }],
  ['6400x64', '160x127', { precondition: false }, { width: 64, height: 1, minimum: 16 }],
] as const)(
  'a photograph of %s px is too narrow to be painted with these settings',
  async (photograph, painting, changes, data) => {
    await expect(paint(photograph, painting, changes)).rejects.toMatchObject({
      code: 'photograph-too-narrow',
      data,
    })
  },
)
