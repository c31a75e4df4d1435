/** @file Reads what a picture file says of itself, and refuses it before any pixel is decoded. */
import { open } from 'node:fs/promises'
import { SMALLEST_PHOTOGRAPH_SIDE, type ScaleSize } from '../../../src-shared/math/scales'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import { inputError } from '../../storage/file-errors'
import { regularFileSize } from '../../storage/regular-file'
import { inTime } from './deadline'
import { recogniseImage, SIGNATURE_BYTES, type ReadableFormat } from './image-signature'
import { sharp } from './vips'

/** The largest phones and cameras stay below it; decoded, it takes 600 MB. */
export const MAXIMUM_MEGAPIXELS = 200
const MAXIMUM_PIXELS = MAXIMUM_MEGAPIXELS * 1e6

export interface ImageHeader {
  readonly format: ReadableFormat
  /** In pixels, after the camera's orientation has been applied. */
  readonly width: number
  readonly height: number
  readonly bytes: number
  readonly hasAlpha: boolean
  /** The XMP packet, where there is one. */
  readonly xmp: string | null
}

/**
 * The header of a picture file whose format and size the program can take.
 *
 * @throws ImpastoError `file-missing`, `file-unreadable`, `not-a-file`, `file-empty`, `not-an-image`,
 *   `image-format-unsupported`, `image-truncated`, `image-too-large`, `image-too-slow`
 */
export async function readImageHeader(path: string): Promise<ImageHeader> {
  const bytes = await regularFileSize(path)
  if (bytes === 0) throw new ImpastoError('file-empty', { path })
  const signature = recogniseImage(await readHead(path))
  if (signature === null) throw new ImpastoError('not-an-image', { path })
  const { format } = signature
  if (!signature.readable) throw new ImpastoError('image-format-unsupported', { path, format })

  const metadata = await readMetadata(path)
  const { width, height } = metadata.autoOrient
  if (width * height > MAXIMUM_PIXELS) {
    throw new ImpastoError('image-too-large', { path, width, height, maximumMegapixels: MAXIMUM_MEGAPIXELS })
  }
  const xmp = metadata.xmpAsString ?? null
  return { format: signature.format, width, height, bytes, hasAlpha: metadata.hasAlpha, xmp }
}

/**
 * Refuses a picture with a side under `minimum` px; a photograph's is to be asked of the framed picture.
 *
 * @throws ImpastoError `image-too-small`
 */
export function checkSmallestSide(
  { width, height }: ScaleSize,
  path: string,
  minimum = SMALLEST_PHOTOGRAPH_SIDE,
): void {
  if (Math.min(width, height) < minimum) {
    throw new ImpastoError('image-too-small', { path, width, height, minimum })
  }
}

async function readHead(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(SIGNATURE_BYTES), 0, SIGNATURE_BYTES, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw inputError(error, path)
  }
}

async function readMetadata(path: string) {
  try {
    return await inTime(path, sharp(path, { limitInputPixels: false }).metadata())
  } catch (error) {
    if (error instanceof ImpastoError) throw error
    throw new ImpastoError('image-truncated', { path }, { cause: error })
  }
}
