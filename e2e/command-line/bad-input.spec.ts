/** @file What cannot be done is refused with a clear sentence and an exit code, and nothing is lost. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { deflateSync, crc32 } from 'node:zlib'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { impasto } from './impasto-command'
import { openStudio, type Studio } from './studio'

let studio: Studio

test.beforeAll(async () => {
  studio = await openStudio({ width: 96, height: 64 })
})

test.afterAll(() => {
  studio.remove()
})

interface Refusal {
  readonly what: string
  /** Prepares files and gives the arguments. */
  readonly arguments: () => readonly string[] | Promise<readonly string[]>
  readonly code: number
  readonly says: RegExp
  readonly environment?: NodeJS.ProcessEnv
}

const withPhotograph = (path: string): readonly string[] => [
  'stylize',
  ...['--content', path, '--style', studio.painting, '--output', studio.at('refused.png')],
]

const write = (name: string, content: Buffer | string): string => {
  const path = studio.at(name)
  writeFileSync(path, content)
  return path
}

const refusals: readonly Refusal[] = [
  {
    what: 'a missing file',
    arguments: () => withPhotograph('/nowhere/photograph.jpg'),
    code: 3,
    says: /\/nowhere\/photograph\.jpg does not exist/,
  },
  {
    what: 'a file that is no image',
    arguments: () => withPhotograph(write('letter.jpg', 'Dear Theo, the weather is fine and I paint.')),
    code: 3,
    says: /letter\.jpg is not a picture/,
  },
  {
    what: 'a truncated image',
    arguments: () => withPhotograph(write('half.png', halfOf(studio.photograph))),
    code: 3,
    says: /half\.png is damaged or ends early/,
  },
  {
    what: 'a file of 0 bytes',
    arguments: () => withPhotograph(write('empty.png', '')),
    code: 3,
    says: /empty\.png is empty/,
  },
  {
    what: 'a folder',
    arguments: () => withPhotograph(studio.folder),
    code: 3,
    says: / is a folder, not a file\. Choose a file in it\./,
  },
  {
    what: 'a device that never ends',
    arguments: () => withPhotograph('/dev/zero'),
    code: 3,
    says: /\/dev\/zero is a device, not a file/,
  },
  {
    what: 'a drawing under the name of a picture',
    arguments: () =>
      withPhotograph(write('drawing.webp', '<!--    WEBP--><svg xmlns="http://www.w3.org/2000/svg"/>')),
    code: 3,
    says: /drawing\.webp is not a picture/,
  },
  {
    what: 'a photograph that would be painted too narrow',
    arguments: async () => {
      await sharp(studio.photograph).resize(64, 6400, { fit: 'fill' }).toFile(studio.at('strip.png'))
      return [...withPhotograph(studio.at('strip.png')), '--margin', '0']
    },
    code: 3,
    says: /strip\.png is too narrow: its painting would measure 5 × 512 px/,
  },
  {
    what: 'an image of 60,000 x 60,000 px',
    arguments: () => withPhotograph(write('vast.png', pngHeader(60_000, 60_000))),
    code: 3,
    says: /60000 × 60000 px/,
  },
  {
    what: 'a photograph under 64 px',
    arguments: async () => {
      await sharp(studio.photograph).resize(96, 63, { fit: 'fill' }).toFile(studio.at('small.png'))
      return withPhotograph(studio.at('small.png'))
    },
    code: 3,
    says: /96 × 63 px; each side needs at least 64 px/,
  },
  {
    what: 'a painting that is damaged',
    arguments: () => [
      ...withPhotograph(studio.photograph),
      '--style',
      write('half-painting.png', halfOf(studio.painting)),
    ],
    code: 3,
    says: /half-painting\.png is damaged/,
  },
  {
    what: 'an output folder that is missing',
    arguments: () => studio.stylize('nowhere/refused.png'),
    code: 4,
    says: /folder .*nowhere does not exist/,
  },
  {
    what: 'an output that is an input, even with --force',
    arguments: () => studio.stylize('photograph.png', '--force'),
    code: 4,
    says: /both an input and the output/,
  },
  {
    what: 'an output that exists',
    arguments: () => studio.stylize(nameOf(write('finished.png', 'a dear picture'))),
    code: 4,
    says: /finished\.png exists already.*--force/,
  },
  {
    what: 'an output of another format',
    arguments: () => studio.stylize('refused.bmp'),
    code: 4,
    says: /End its name in \.png/,
  },
  {
    what: 'a number out of range',
    arguments: () => studio.stylize('refused.png', '--size', '5000'),
    code: 2,
    says: /--size takes a whole number from 64 to 2048, not "5000"/,
  },
  {
    what: 'a number that is none',
    arguments: () => studio.stylize('refused.png', '--strength', 'NaN'),
    code: 2,
    says: /--strength takes a number from 0 to 100, not "NaN"/,
  },
  {
    what: 'an unknown flag',
    arguments: () => studio.stylize('refused.png', '--strenght', '40'),
    code: 2,
    says: /Unknown option '--strenght' \(Did you mean --strength\?\)/,
  },
  {
    what: 'a flag that is missing',
    arguments: () => ['stylize', '--content', studio.photograph],
    code: 2,
    says: /stylize needs --style, --output/,
  },
  {
    what: 'an unknown command',
    arguments: () => ['paint'],
    code: 2,
    says: /Unknown command 'paint'/,
  },
  {
    what: 'a start image that is not named',
    arguments: () => studio.stylize('refused.png', '--init', 'image'),
    code: 2,
    says: /--init image needs --init-image FILE/,
  },
  {
    what: 'a recipe of a newer version',
    arguments: () => studio.stylize('refused.png', '--recipe', write('newer.json', '{"version":99}')),
    code: 2,
    says: /newer\.json was written by a newer Impasto \(recipe version 99/,
  },
  {
    what: 'a recipe that is not valid',
    arguments: () => studio.stylize('refused.png', '--recipe', write('odd.json', '{"size":1,"colour":2}')),
    code: 2,
    says: /odd\.json is not valid/,
  },
  {
    what: 'a run larger than the memory that is free',
    arguments: () => studio.stylize('refused.png', '--size', '2048'),
    code: 5,
    says: /needs about .* GB of memory and .* are free\. Paint at \d+ px/,
    environment: { IMPASTO_MEMORY_LIMIT: '2000' },
  },
  {
    what: 'a painting so long that it needs more memory than is free',
    arguments: async () => {
      const raw = { width: 500_000, height: 1, channels: 3 } as const
      await sharp(Buffer.alloc(1_500_000, 90), { raw }).png().toFile(studio.at('line.png'))
      return [...withPhotograph(studio.photograph), '--style', studio.at('line.png')]
    },
    code: 5,
    says: /needs about .* GB of memory and .* are free/,
    environment: { IMPASTO_MEMORY_LIMIT: '4000' },
  },
  {
    what: 'pictures to measure that need more memory than is free',
    arguments: async () => {
      await sharp(studio.photograph).resize(3000, 2000, { fit: 'fill' }).toFile(studio.at('large.png'))
      return [
        ...['measure', '--image', studio.at('large.png')],
        ...['--content', studio.at('large.png'), '--style', studio.painting],
      ]
    },
    code: 5,
    says: /Measuring these pictures needs about 15\.1 GB of memory/,
    environment: { IMPASTO_MEMORY_LIMIT: '4000' },
  },
  {
    what: "the network's weights missing",
    arguments: () => studio.stylize('refused.png', '--size', '64', '--iterations', '1'),
    code: 6,
    says: /weights are missing/,
    environment: { IMPASTO_WEIGHTS: '/nowhere' },
  },
  {
    what: 'a run to resume that is not there',
    arguments: () => studio.stylize('refused.png', '--resume'),
    code: 7,
    says: /no interrupted run of refused\.png/,
  },
  {
    what: 'pictures to measure of different sizes',
    arguments: () => [
      ...['measure', '--image', studio.painting],
      ...['--content', studio.photograph, '--style', studio.painting],
    ],
    code: 3,
    says: /measures 160 × \d+ px and the photograph 96 × 64 px/,
  },
]

for (const refusal of refusals) {
  test(`refuses ${refusal.what}`, async () => {
    const arguments_ = await refusal.arguments()
    const before = kept()
    const environment = { ...studio.environment, ...refusal.environment }
    const { code, output, errors } = await impasto(arguments_, { environment })
    const told = errors.trim().split('\n').at(-1) ?? ''
    expect(told).toMatch(/^impasto: /)
    expect(told).toMatch(refusal.says)
    expect(code).toBe(refusal.code)
    expect(output).toBe('')
    expect(existsSync(studio.at('refused.png'))).toBe(false)
    expect(kept()).toEqual(before)
  })
}

test('tells a failure also as an event with --json', async () => {
  const { code, output, errors } = await impasto([...withPhotograph('/nowhere/a.jpg'), '--json'], studio)
  expect(code).toBe(3)
  expect(JSON.parse(output)).toEqual({
    event: 'failed',
    code: 'file-missing',
    data: { path: '/nowhere/a.jpg' },
    message: '/nowhere/a.jpg does not exist. Check the name and the folder.',
  })
  expect(errors).toContain('/nowhere/a.jpg does not exist.')
})

/** What must be the same after a refusal as before it. */
function kept(): readonly (Buffer | null)[] {
  return ['photograph.png', 'painting.png', 'finished.png'].map((name) =>
    existsSync(studio.at(name)) ? readFileSync(studio.at(name)) : null,
  )
}

function halfOf(path: string): Buffer {
  const bytes = readFileSync(path)
  return bytes.subarray(0, bytes.length / 2)
}

function nameOf(path: string): string {
  return path.slice(studio.folder.length + 1)
}

/** A PNG file that claims a size and holds next to nothing. */
function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const chunks = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(64))),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([signature, ...chunks])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
