/** @file The command line paints, measures and diagnoses, with the real engine. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { diagnosisSchema } from '../../src-shared/model/diagnosis'
import { impasto, RunningCommand } from './impasto-command'
import { openStudio, pixelsOf, type Studio } from './studio'

let studio: Studio

test.beforeEach(async () => {
  studio = await openStudio({ width: 96, height: 64 })
})

test.afterEach(() => {
  studio.remove()
})

const quick = ['--size', '96', '--iterations', '6'] as const

interface IterationLine {
  readonly event: string
  readonly iteration: number
  readonly total: number
  readonly seconds: number
  readonly contentLoss: number
  readonly styleLoss: number
}

test('paints a picture, with its recipe inside and beside it', async () => {
  const { code, output, errors } = await impasto(studio.stylize('painted.png', ...quick), studio)
  expect(code).toBe(0)
  expect(output).toMatch(new RegExp(`^Saved ${studio.at('painted.png')} after \\d+ s\\.$`))
  expect(errors).toContain('Painting at 96 × 64 px')
  expect(errors).toMatch(/Iteration 6 of 6, content \S+, style \S+/)

  const painted = await pixelsOf(studio.at('painted.png'))
  const photograph = await pixelsOf(studio.photograph)
  expect([painted.width, painted.height]).toEqual([96, 64])
  expect(painted.data.equals(photograph.data)).toBe(false)
  const sidecar = JSON.parse(readFileSync(studio.at('painted.png.json'), 'utf8')) as Record<string, unknown>
  expect(sidecar).toMatchObject({
    recipe: { size: 96, iterations: 6 },
    iteration: 6,
    total: 6,
    complete: true,
  })
})

test('reports events as JSON on standard output, and the losses fall', async () => {
  const arguments_ = studio.stylize('painted.webp', ...quick, '--json')
  const { code, output, errors } = await impasto(arguments_, studio)
  expect(code).toBe(0)
  expect(errors).toBe('')
  const lines = output.split('\n').map((line) => JSON.parse(line) as IterationLine)
  const iterations = lines.filter(({ event }) => event === 'iteration')
  expect(iterations.map(({ iteration }) => iteration)).toEqual([1, 2, 3, 4, 5, 6])
  expect(iterations[0]).toEqual({
    event: 'iteration',
    scale: 1,
    scales: 1,
    iteration: 1,
    total: 6,
    seconds: expect.any(Number) as unknown,
    secondsLeft: null,
    contentLoss: expect.any(Number) as unknown,
    styleLoss: expect.any(Number) as unknown,
  })
  const [first, last] = [iterations[0], iterations.at(-1)]
  expect(last?.styleLoss).toBeLessThan(first?.styleLoss ?? 0)
  expect(last?.seconds).toBeGreaterThan(first?.seconds ?? Infinity)
  expect(lines.some(({ event }) => event === 'preview')).toBe(false)
  expect(lines.at(-1)).toEqual({
    event: 'done',
    output: studio.at('painted.webp'),
    seconds: expect.any(Number) as unknown,
    iteration: 6,
    complete: true,
  })
  expect((await sharp(studio.at('painted.webp')).metadata()).format).toBe('webp')
})

test('replaces a picture with --force, and is silent with --quiet', async () => {
  await sharp(studio.photograph).jpeg().toFile(studio.at('painted.jpg'))
  const before = readFileSync(studio.at('painted.jpg'))
  const arguments_ = studio.stylize('painted.jpg', ...quick, '--force', '--quiet')
  expect(await impasto(arguments_, studio)).toEqual({ code: 0, output: '', errors: '' })
  expect(readFileSync(studio.at('painted.jpg')).equals(before)).toBe(false)
})

test('takes the recipe of a painting, from its sidecar or from inside, and flags override it', async () => {
  const first = ['--seed', '7', '--strength', '80', ...quick]
  expect((await impasto(studio.stylize('first.png', ...first), studio)).code).toBe(0)
  const again = ['--recipe', studio.at('first.png'), '--strength', '20']
  expect((await impasto(studio.stylize('second.png', ...again), studio)).code).toBe(0)
  rmSync(studio.at('first.png.json'))
  expect((await impasto(studio.stylize('third.png', ...again), studio)).code).toBe(0)
  for (const name of ['second.png.json', 'third.png.json']) {
    const { recipe } = JSON.parse(readFileSync(studio.at(name), 'utf8')) as { recipe: unknown }
    expect(recipe).toMatchObject({ size: 96, iterations: 6, seed: 7, strength: 20 })
  }
  const [second, third] = [await pixelsOf(studio.at('second.png')), await pixelsOf(studio.at('third.png'))]
  expect(second.data.equals(third.data)).toBe(true)
})

test('starts from an image, and says that a small photograph is enlarged', async () => {
  const flags = ['--init-image', studio.painting, '--size', '128', '--iterations', '1', '--quiet']
  const { code, errors } = await impasto(studio.stylize('painted.png', ...flags), studio)
  expect(errors).toContain('enlarged from 96 to 128 px')
  expect(code).toBe(0)
  expect((await pixelsOf(studio.at('painted.png'))).width).toBe(128)
})

test('measures a picture: the photograph itself has no content loss', async () => {
  const pictures = ['--content', studio.photograph, '--style', studio.painting]
  const arguments_ = ['measure', '--image', studio.photograph, ...pictures, '--json']
  const { code, output } = await impasto(arguments_, studio)
  expect(code).toBe(0)
  const losses = JSON.parse(output) as { contentLoss: number; styleLoss: number; styleLayers: object }
  expect(Object.keys(losses)).toEqual(['contentLoss', 'styleLoss', 'styleLayers'])
  expect(losses.contentLoss).toBe(0)
  expect(losses.styleLoss).toBeGreaterThan(0)
  expect(Object.keys(losses.styleLayers)).toEqual([
    'block1_conv1',
    'block2_conv1',
    'block3_conv1',
    'block4_conv1',
    'block5_conv1',
  ])
})

test('diagnoses the installation', async () => {
  const { code, output } = await impasto(['doctor', '--json'], studio)
  expect(code).toBe(0)
  const diagnosis = diagnosisSchema.parse(JSON.parse(output))
  expect(diagnosis.weights.intact).toBe(true)
  expect(diagnosis.library.path).toBe(studio.at('library'))
  expect((await impasto(['doctor'], studio)).output).toMatch(/^Impasto +\S+\nNode +\S+/)
})

test('helps, with every default and range', async () => {
  const { code, output } = await impasto(['stylize', '--help'], studio)
  expect(code).toBe(0)
  expect(output).toMatch(/--size <number>\s+long side of the painting in pixels \(64 to 2048;/)
  expect(output).toContain('--[no-]coarse-to-fine')
  expect((await impasto(['--help'], studio)).output).toContain('Exit codes:')
})

test('ends in order when nobody reads its output any more', async () => {
  const command = new RunningCommand(
    studio.stylize('painted.png', '--size', '96', '--iterations', '500', '--json'),
    {
      environment: studio.environment,
      onEvent: ({ event }) => {
        if (event === 'iteration') command.closeOutput()
      },
    },
  )
  expect((await command.result).code).toBe(141)
  expect(existsSync(studio.at('painted.png'))).toBe(false)
})
