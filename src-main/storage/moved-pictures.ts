/**
 * @file Where paintings of the person's own lie now that others were made from, or that lie on the desk.
 *
 * [Note: Moved paintings] A painting of the window is named after its run, and keeps that name where the folder of the
 * paintings is moved. So whoever finds none at the place that was written down asks its run, instead of all that
 * is written down being changed at each move: a run that is busy then, or a program that is killed, loses nothing.
 */
import { basename, parse } from 'node:path'
import type { StylizeJob } from '../../src-shared/model/stylize-job'
import type { Library } from './library'
import { picturePlace } from './picture-place'
import { readRun, runFolder } from './runs'

/** Where a picture lies that once lay at `path`: there, where no run knows better. Never rejects. */
export async function presentPath(path: string, library: Library): Promise<string> {
  if ((await picturePlace(path, library)) === 'there') return path
  const painted = (await readRun(runFolder(library, parse(path).name)))?.job.output.path
  return painted !== undefined && basename(painted) === basename(path) ? painted : path
}

/** The job with its pictures where they lie now. Never rejects. */
export async function withPresentPictures(job: StylizeJob, library: Library): Promise<StylizeJob> {
  const { photograph, painting, initialImage } = job
  return {
    ...job,
    photograph: { ...photograph, path: await presentPath(photograph.path, library) },
    painting: { path: await presentPath(painting.path, library) },
    initialImage: initialImage === null ? null : await presentPath(initialImage, library),
  }
}
