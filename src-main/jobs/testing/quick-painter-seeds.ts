/** @file How quick-painter.ts paints. Any other seed of the recipe is painted to its end. */
export const seeds = {
  /** Comes to its suspension point again and again, and never past it. */
  waitsAtTheFirst: 1,
  failsAtTheThird: 3,
  /** Never comes to the end of saving, as on a disk of the network that hangs. */
  savesForEver: 4,
} as const
