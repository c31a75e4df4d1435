/** @file Recognises picture files by their first bytes, so that a wrong file is named for what it is. */

/** What the program reads. */
export type ReadableFormat = 'jpeg' | 'png' | 'webp' | 'tiff' | 'avif' | 'gif'

export type Signature =
  | { readonly readable: true; readonly format: ReadableFormat }
  | { readonly readable: false; readonly format: string }

/** As many bytes as the longest signature needs. */
export const SIGNATURE_BYTES = 32

const readable = (format: ReadableFormat): Signature => ({ readable: true, format })
const unreadable = (format: string): Signature => ({ readable: false, format })

/** `at` is an offset in bytes; `\x` escapes stand for single bytes. */
const signatures: readonly { at: number; bytes: string; means: Signature }[] = [
  { at: 0, bytes: '\xff\xd8\xff', means: readable('jpeg') },
  { at: 0, bytes: '\x89PNG\r\n\x1a\n', means: readable('png') },
  { at: 0, bytes: 'GIF8', means: readable('gif') },
  { at: 0, bytes: 'II*\0', means: readable('tiff') },
  { at: 0, bytes: 'MM\0*', means: readable('tiff') },
  { at: 0, bytes: 'II+\0', means: readable('tiff') },
  { at: 0, bytes: 'MM\0+', means: readable('tiff') },
  { at: 8, bytes: 'WEBP', means: readable('webp') },
  { at: 4, bytes: 'ftypavif', means: readable('avif') },
  { at: 4, bytes: 'ftypavis', means: readable('avif') },
  { at: 4, bytes: 'ftypcrx', means: unreadable('raw camera') },
  { at: 4, bytes: 'ftyphe', means: unreadable('HEIC') },
  { at: 4, bytes: 'ftypmif1', means: unreadable('HEIF') },
  { at: 4, bytes: 'JXL ', means: unreadable('JPEG XL') },
  { at: 0, bytes: '\xff\x0a', means: unreadable('JPEG XL') },
  { at: 4, bytes: 'jP  ', means: unreadable('JPEG 2000') },
  { at: 0, bytes: '8BPS', means: unreadable('Photoshop') },
  { at: 0, bytes: 'gimp xcf', means: unreadable('GIMP') },
  { at: 0, bytes: '%PDF', means: unreadable('PDF') },
  { at: 0, bytes: '<svg', means: unreadable('SVG') },
  { at: 0, bytes: '<?xml', means: unreadable('XML') },
  { at: 0, bytes: 'BM', means: unreadable('BMP') },
]

/** What a file that begins with `head` is, null where it is no picture file that is known. */
export function recogniseImage(head: Uint8Array): Signature | null {
  const text = Buffer.from(head).toString('latin1')
  return signatures.find(({ at, bytes }) => text.startsWith(bytes, at))?.means ?? null
}
