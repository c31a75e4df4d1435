/** @file A folder of its own for a test: small real pictures, a library, and whatever the test paints. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'

const SAMPLES = join(import.meta.dirname, '../../assets/samples')

export interface Studio {
  readonly folder: string
  readonly environment: NodeJS.ProcessEnv
  readonly photograph: string
  readonly painting: string
  /** A path in the folder. */
  at(name: string): string
  /** The arguments of `stylize` for the photograph and the painting. */
  stylize(output: string, ...flags: readonly string[]): readonly string[]
  remove(): void
}

/** @param size width and height of the photograph */
export async function openStudio({ width, height }: { width: number; height: number }): Promise<Studio> {
  const folder = mkdtempSync(join(tmpdir(), 'impasto-command-'))
  const at = (name: string): string => join(folder, name)
  const photograph = at('photograph.png')
  const painting = at('painting.png')
  await sharp(join(SAMPLES, 'photographs/coffee.png')).resize(width, height).png().toFile(photograph)
  await sharp(join(SAMPLES, 'paintings/night-cafe.webp')).resize(160).png().toFile(painting)
  return {
    folder,
    environment: { IMPASTO_LIBRARY: at('library') },
    photograph,
    painting,
    at,
    stylize: (output, ...flags) => [
      'stylize',
      ...['--content', photograph, '--style', painting, '--output', at(output)],
      ...flags,
    ],
    remove: () => {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The decoded pixels of a picture, to compare two to the bit. */
export async function pixelsOf(path: string): Promise<{ width: number; height: number; data: Buffer }> {
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}
