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

/** What stands at which offset in bytes; `\x` escapes stand for single bytes. */
type Marks = Readonly<Record<number, string>>

/** A file type box of ISO 14496-12: its length, which no format of this list stretches to 16 MB, and its brand. */
const brand = (name: string): Marks => ({ 0: '\0', 4: `ftyp${name}` })

const signatures: readonly (readonly [Marks, Signature])[] = [
  [{ 0: '\xff\xd8\xff' }, readable('jpeg')],
  [{ 0: '\x89PNG\r\n\x1a\n' }, readable('png')],
  [{ 0: 'GIF87a' }, readable('gif')],
  [{ 0: 'GIF89a' }, readable('gif')],
  [{ 0: 'II*\0' }, readable('tiff')],
  [{ 0: 'MM\0*' }, readable('tiff')],
  [{ 0: 'II+\0' }, readable('tiff')],
  [{ 0: 'MM\0+' }, readable('tiff')],
  [{ 0: 'RIFF', 8: 'WEBP' }, readable('webp')],
  [brand('avif'), readable('avif')],
  [brand('avis'), readable('avif')],
  [brand('crx'), unreadable('raw camera')],
  [brand('he'), unreadable('HEIC')],
  [brand('mif1'), unreadable('HEIF')],
  [{ 0: '\0\0\0\x0cJXL ' }, unreadable('JPEG XL')],
  [{ 0: '\xff\x0a' }, unreadable('JPEG XL')],
  [{ 0: '\0\0\0\x0cjP  ' }, unreadable('JPEG 2000')],
  [{ 0: '8BPS' }, unreadable('Photoshop')],
  [{ 0: 'gimp xcf' }, unreadable('GIMP')],
  [{ 0: '%PDF' }, unreadable('PDF')],
  [{ 0: '<svg' }, unreadable('SVG')],
  [{ 0: '<?xml' }, unreadable('XML')],
  [{ 0: 'BM' }, unreadable('BMP')],
]

/** What a file that begins with `head` is, null where it is no picture file that is known. */
export function recogniseImage(head: Uint8Array): Signature | null {
  const text = Buffer.from(head).toString('latin1')
  const bears = (marks: Marks): boolean =>
    Object.entries(marks).every(([offset, bytes]) => text.startsWith(bytes, Number(offset)))
  return signatures.find(([marks]) => bears(marks))?.[1] ?? null
}
