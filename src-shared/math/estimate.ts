/** @file What a painting costs before it is begun: memory and time, from its scales. */
import { SMALLEST_SIZE, type StyleRecipe } from '../model/style-recipe'
import { fitLongSide, marginOf, paintingSize, smallestSide, type ScaleSize } from './scales'

/*
 * [Note: Measured memory] Peaks of the engine's resident memory on Linux x86-64 with TensorFlow 2.21 on the processor,
 * photograph 3:2: 1.44 GB at 128 and 256 px (the peak of loading), 1.64 GB at 512, 2.13 GB at 768, 2.83 GB at 1024 px.
 * The last three lie on a line of 2.3 kB a pixel above 1.25 GB. With strokes of 4, where the painting is looked at in
 * 16 times as many pixels: 2.34 GB at 256 and 3.76 GB at 384 px, a line of 1.65 kB for each of the painting's pixels.
 * Decoding a file of 54 megapixels took for a moment, for each pixel, 3 bytes (JPEG), 6 (progressive JPEG, interlaced
 * PNG), 8 (WebP, alpha), 9 (16 bits), 12 (straightened) and 18 (AVIF); the picture then keeps 3, with alpha 4.
 */

/** Bytes that loading the network takes at its peak, whatever the picture. */
const LOADING = 1.45e9
/** Bytes of the engine with the network loaded, without a picture. */
const BASE = 1.25e9
/** Bytes a pixel for the activations and gradients of VGG-19 to conv5_1. */
const ACTIVATIONS = 2_300
/** Bytes a pixel of the painting while its style is taken, for which no gradient is needed. */
const STYLE_ACTIVATIONS = 1_650
/** Bytes a pixel for the optimiser: 20 pairs of float32 RGB vectors over the pyramid of grids (4/3 of the pixels). */
const HISTORY = (20 * 2 * 3 * 4 * 4) / 3

/** Bytes for each pixel of a file while it is decoded, and of the picture after it. */
const DECODING = 12
const DECODING_AVIF = 18
const DECODED = 4

/** Sizes are offered in steps of this many pixels. */
const SIZE_STEP = 32

const pixels = ({ width, height }: ScaleSize): number => width * height

/**
 * Peak bytes of the engine for a painting that goes through `scales`: the largest one decides. The network also looks
 * at the painting itself, which has `styleScale`^2 times as many pixels as the picture.
 */
export function estimateMemory(scales: readonly ScaleSize[], styleScale: number): number {
  const largest = Math.max(0, ...scales.map(pixels))
  const iterating = BASE + (ACTIVATIONS + HISTORY) * largest
  const studyingStyle = BASE + STYLE_ACTIVATIONS * styleScale ** 2 * largest
  return Math.max(LOADING, iterating, studyingStyle)
}

/** What is known of a picture file before it is decoded. */
type PictureFile = ScaleSize & { /** Null where it is not known. */ readonly format: string | null }

/** A painting that is to be made. */
export interface PaintingPlan {
  /** The photograph as it is framed. */
  readonly photograph: ScaleSize
  readonly painting: ScaleSize
  /** Every file that is decoded for it. */
  readonly files: readonly PictureFile[]
  readonly recipe: Pick<StyleRecipe, 'size' | 'styleScale' | 'margin' | 'precondition'>
}

/**
 * Peak bytes of the engine for a painting from these very files. An ordinary one takes what estimateMemory says and a
 * little for its decoded files; huge files, and paintings so long and thin that their margin is most of them, take more.
 */
export function estimatePainting({ photograph, painting, files, recipe }: PaintingPlan): number {
  const final = fitLongSide(photograph.width, photograph.height, recipe.size)
  const margin = marginOf(recipe)
  const { width, height } = paintingSize(painting, final, recipe.styleScale, smallestSide(margin))
  const studied = { width: width + 2 * margin, height: height + 2 * margin }
  const painted = Math.max(estimateMemory([final], recipe.styleScale), studying(studied))
  return Math.max(decoding(files), painted + decoded(files))
}

/** Peak bytes of the engine while it measures a picture against a painting, both at the size of their files. */
export function estimateMeasuring(
  picture: ScaleSize,
  painting: ScaleSize,
  files: readonly PictureFile[],
): number {
  const measured = Math.max(LOADING, BASE + ACTIVATIONS * pixels(picture), studying(painting))
  return Math.max(decoding(files), measured + decoded(files))
}

const studying = (painting: ScaleSize): number => BASE + STYLE_ACTIVATIONS * pixels(painting)

const decoded = (files: readonly ScaleSize[]): number =>
  files.reduce((sum, file) => sum + DECODED * pixels(file), 0)

/** While one is decoded the others may be there already. */
function decoding(files: readonly PictureFile[]): number {
  const peaks = files.map(
    (file) => ((file.format === 'avif' ? DECODING_AVIF : DECODING) - DECODED) * pixels(file),
  )
  return BASE + decoded(files) + Math.max(0, ...peaks)
}

/**
 * Seconds for `iterations` at each of the scales.
 * @param secondsPerMegapixel seconds of one iteration for each megapixel, measured on this machine
 */
export function estimateSeconds(
  scales: readonly ScaleSize[],
  iterations: number,
  secondsPerMegapixel: number,
): number {
  const megapixels = scales.reduce((sum, scale) => sum + pixels(scale), 0) / 1e6
  return iterations * megapixels * secondsPerMegapixel
}

/** The largest size, at most `largest`, at which a painting needs no more than `free` bytes; null where none does. */
export function sizeThatFits(plan: PaintingPlan, largest: number, free: number): number | null {
  const start = largest - (largest % SIZE_STEP)
  for (let size = start; size >= SMALLEST_SIZE; size -= SIZE_STEP) {
    if (estimatePainting({ ...plan, recipe: { ...plan.recipe, size } }) <= free) return size
  }
  return null
}
