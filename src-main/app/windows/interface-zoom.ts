/** @file How large the window draws itself: steps as browsers have them. */

const STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const

/** The factor that a wish leads to from the present one, which may lie between two steps. */
export function zoomedInterface(now: number, zoom: 'in' | 'out' | 'reset'): number {
  switch (zoom) {
    case 'in':
      return STEPS.find((step) => step > now) ?? now
    case 'out':
      return STEPS.findLast((step) => step < now) ?? now
    case 'reset':
      return 1
  }
}
