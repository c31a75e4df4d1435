/** @file Files made to do harm, built here so that nobody has to trust one. */

/**
 * A drawing that looks like a WebP at offset 8 and takes minutes and gigabytes to draw: `width` × `height` px of noise
 * in layers, each of which is computed anew for every pixel.
 */
export function drawingUnderDisguise(width: number, height: number): string {
  const size = `width="${String(width)}" height="${String(height)}"`
  const noise = '<feTurbulence type="fractalNoise" baseFrequency="0.9" numOctaves="200"/>'
  return [
    '<!--    WEBP-->',
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}>`,
    `<filter id="f" x="0" y="0" width="100%" height="100%">${noise.repeat(20)}</filter>`,
    `<rect ${size} filter="url(#f)"/></svg>`,
  ].join('')
}

/** A drawing that would show a neighbouring file, with a file type box of an AVIF. */
export function drawingThatFollowsLinks(neighbour: string): string {
  const image = `<image href="${neighbour}" width="64" height="64"/>`
  return `<!--ftypavif--><svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">${image}</svg>`
}

/**
 * A grey progressive JPEG in which each of the 63 coefficients of a block comes in 14 passes, one for each bit: valid,
 * a few bytes a pass, and every pass visits every block (see [Note: Decoders do not stop]).
 */
export function jpegOfManyPasses(width: number, height: number): Uint8Array {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8)
  const twoBytes = (value: number): readonly number[] => [value >> 8, value & 255]
  const frame = [8, ...twoBytes(height), ...twoBytes(width), 1, 1, 0x11, 0]
  const onlyCode = (table: number, symbol: number): readonly number[] => [
    table,
    1,
    ...Array<number>(15).fill(0),
    symbol,
  ]
  // The only symbol of the second table ends a run of 2^14 blocks: one bit, and 14 that lengthen the run by nothing.
  const run = zeros(Math.ceil(blocks / 2 ** 14) * 15)
  const passes = Array.from({ length: 63 * 14 }, (_, pass) => {
    const coefficient = 1 + Math.floor(pass / 14)
    const bit = 13 - (pass % 14)
    const approximation = bit === 13 ? 13 : ((bit + 1) << 4) | bit
    return [...segment(0xda, [1, 1, 0x00, coefficient, coefficient, approximation]), ...run]
  })
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xdb, [0, ...Array<number>(64).fill(1)]),
    ...segment(0xc2, frame),
    ...segment(0xc4, onlyCode(0x00, 0)),
    ...segment(0xc4, onlyCode(0x10, 0xe0)),
    ...segment(0xda, [1, 1, 0x00, 0, 0, 0]),
    ...zeros(blocks),
    ...passes.flat(),
    ...[0xff, 0xd9],
  ])
}

const zeros = (bits: number): readonly number[] => Array<number>(Math.ceil(bits / 8)).fill(0)

function segment(marker: number, data: readonly number[]): readonly number[] {
  const length = data.length + 2
  return [0xff, marker, length >> 8, length & 255, ...data]
}
