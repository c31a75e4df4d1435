/**
 * @file `npm run look`: every sample photograph with every sample painting at the defaults, on one sheet for the eye,
 * docs/images/look.jpg. What is painted already is kept in the cache, so that it can be interrupted.
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join, parse } from 'node:path'
import sharp, { type OverlayOptions } from 'sharp'
import { capture } from './run-command'

const root = join(import.meta.dirname, '..')
const samples = join(root, 'assets', 'samples')
const work = join(root, '.cache', 'look')
const CELL_WIDTH = 400
const GAP = 12
const SURROUND = '#161616'

interface Row {
  readonly photograph: string
  /** The photograph itself, then a painting of it for each column. */
  readonly pictures: readonly string[]
}

const photographs = await filesOf('photographs')
const paintings = await filesOf('paintings')
await mkdir(work, { recursive: true })
const rows: Row[] = []
for (const photograph of photographs) {
  const painted: string[] = []
  for (const painting of paintings) painted.push(await paint(photograph, painting))
  rows.push({ photograph, pictures: [photograph, ...painted] })
}
const sheet = join(root, 'docs', 'images', 'look.jpg')
await compose(rows, sheet)
process.stdout.write(`${sheet}\n`)

async function filesOf(kind: 'photographs' | 'paintings'): Promise<string[]> {
  const folder = join(samples, kind)
  return (await readdir(folder)).sort().map((name) => join(folder, name))
}

async function paint(photograph: string, painting: string): Promise<string> {
  const output = join(work, `${parse(photograph).name}--${parse(painting).name}.png`)
  if (existsSync(output)) return output
  process.stderr.write(`${parse(output).name}\n`)
  const command = join(root, 'scripts', 'impasto.mjs')
  await capture(process.execPath, [
    command,
    'stylize',
    ...['--content', photograph, '--style', painting, '--output', output],
  ])
  return output
}

async function compose(table: readonly Row[], output: string): Promise<void> {
  const cells: OverlayOptions[] = []
  let top = GAP
  const header = await row([null, ...paintings], top, cells)
  top += header + GAP
  for (const { pictures } of table) top += (await row(pictures, top, cells)) + GAP
  const width = (paintings.length + 1) * (CELL_WIDTH + GAP) + GAP
  await sharp({ create: { width, height: top, channels: 3, background: SURROUND } })
    .composite(cells)
    .jpeg({ quality: 88, chromaSubsampling: '4:4:4' })
    .toFile(output)
}

/** Lays pictures side by side, top aligned, and gives the height of the highest. */
async function row(
  pictures: readonly (string | null)[],
  top: number,
  cells: OverlayOptions[],
): Promise<number> {
  let highest = 0
  for (const [column, picture] of pictures.entries()) {
    if (picture === null) continue
    const { data, info } = await sharp(picture)
      .resize({ width: CELL_WIDTH })
      .png()
      .toBuffer({ resolveWithObject: true })
    cells.push({ input: data, top, left: GAP + column * (CELL_WIDTH + GAP) })
    highest = Math.max(highest, info.height)
  }
  return highest
}
