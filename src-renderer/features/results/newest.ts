/** @file How much of a long strip is shown: each frame costs time, whether it is seen or has scrolled away. */

/** Frames that are shown at first, and that are added at a time. */
export const FRAMES_A_TIME = 60

/**
 * The number of frames that are shown of `total`: whole steps of them, `steps` or as many as the chosen one needs.
 * `chosen` counts from 0; -1 where none is.
 */
export function framesShown(total: number, steps: number, chosen: number): number {
  const needed = Math.max(steps, Math.ceil((chosen + 1) / FRAMES_A_TIME))
  return Math.min(total, needed * FRAMES_A_TIME)
}
