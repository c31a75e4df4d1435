/** @file What the window is told at the beginning of a painting: its pictures by id, its recipe. */
import { wholePicture } from '../../../src-shared/model/framing'
import type { RunStart, ShownImage } from '../../../src-shared/model/run-state'
import type { StylizeJob } from '../../../src-shared/model/stylize-job'
import type { WindowPicture } from '../../../src-shared/model/window-picture'
import type { PictureShelf } from '../pictures/picture-shelf'

/**
 * The start of a recorded job. A picture whose file is gone is stood in for: the painting itself can still be looked
 * at, though not compared.
 *
 * @param standIn gives what is shown in place of a picture that is gone; null where there is nothing to show
 * @param resumedFrom the iteration of its checkpoint; 0 where there is none
 * @throws ImpastoError why a picture cannot be read, where there is no stand-in
 */
export async function startOf(
  job: StylizeJob,
  shelf: PictureShelf,
  {
    standIn,
    resumedFrom,
  }: { readonly standIn: (() => Promise<ShownImage>) | null; readonly resumedFrom: number },
): Promise<RunStart> {
  const { runId, recipe, additionalIterations } = job
  const pictureOf = async (path: string): Promise<WindowPicture> => {
    try {
      return await shelf.pictureOf(path)
    } catch (error) {
      if (standIn === null) throw error
      return gonePicture(shelf.nameOf(path), await standIn())
    }
  }
  const photograph = await pictureOf(job.photograph.path)
  const isGone = photograph.origin === 'gone'
  const framing = isGone ? wholePicture : job.photograph.framing
  const framed = isGone ? shownWhole(photograph) : await shelf.framed(photograph.id, framing)
  const painting = await pictureOf(job.painting.path)
  const initialImage =
    job.initialImage === null ? null : await shelf.pictureOf(job.initialImage).catch(() => null)
  return {
    runId,
    photograph,
    framing,
    framed,
    painting,
    recipe,
    initialImage,
    additionalIterations,
    resumedFrom,
  }
}

function gonePicture(name: string, { image, width, height }: ShownImage): WindowPicture {
  return { id: image, name, year: null, origin: 'gone', width, height }
}

function shownWhole({ id, width, height }: WindowPicture): ShownImage {
  return { image: id, width, height }
}
