/**
 * @file Gives up on a picture that takes too long to be read.
 *
 * [Note: Decoders do not stop] A hostile file can keep a decoder busy for hours: a progressive JPEG of 700 kB may ask
 * for thousands of passes over millions of blocks. sharp's own time limit is looked at between rows of pixels, and such
 * a decoder works before the first. So the wait ends by a timer here, and the thread that still decodes ends with its
 * process: after `image-too-slow` the engine takes no further task and is replaced.
 */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'

/** The largest pictures take a tenth of it on a slow machine. */
const SECONDS = 60

/** What `work` on the file at `path` gives. @throws ImpastoError `image-too-slow` where it takes longer than `seconds` */
export async function inTime<Result>(
  path: string,
  work: Promise<Result>,
  seconds = SECONDS,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ImpastoError('image-too-slow', { path, seconds }))
    }, seconds * 1000)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
