/** @file How quick-painter.ts paints. Any other seed of the recipe is painted to its end. */
export const seeds = {
  /** Comes to its suspension point again and again, and never past it. */
  waitsAtTheFirst: 1,
  failsAtTheThird: 3,
} as const
