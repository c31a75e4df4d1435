/** @file What a painting costs before it is begun: memory and time, from its scales. */
import { SMALLEST_SIZE } from '../model/style-recipe'
import { fitLongSide, type ScaleSize } from './scales'

/*
 * [Note: Measured memory] Peaks of the engine's resident memory on Linux x86-64 with TensorFlow 2.21 on the processor,
 * photograph 3:2: 1.44 GB at 128 and 256 px (the peak of loading), 1.64 GB at 512, 2.13 GB at 768, 2.83 GB at 1024 px.
 * The last three lie on a line of 2.3 kB a pixel above 1.25 GB. With strokes of 4, where the painting is looked at in
 * 16 times as many pixels: 2.34 GB at 256 and 3.76 GB at 384 px, a line of 1.65 kB for each of the painting's pixels.
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

/**
 * The largest long side, at most `largest`, at which a picture of the aspect of `picture` needs no more than `free`
 * bytes with strokes of `styleScale`; null where none does.
 */
export function sizeThatFits(
  picture: ScaleSize,
  styleScale: number,
  largest: number,
  free: number,
): number | null {
  const start = largest - (largest % SIZE_STEP)
  for (let size = start; size >= SMALLEST_SIZE; size -= SIZE_STEP) {
    const final = fitLongSide(picture.width, picture.height, size)
    if (estimateMemory([final], styleScale) <= free) return size
  }
  return null
}
