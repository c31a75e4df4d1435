/** @file Where the window opens: where it was closed, if that place is still on a screen. */

export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const MINIMUM_SIZE = { width: 1024, height: 680 } as const
const FIRST_SIZE = { width: 1440, height: 900 } as const

/** So much of the window has to be visible, in px, for a person to find and drag it. */
const VISIBLE_WIDTH = 160
const VISIBLE_HEIGHT = 40

/**
 * The bounds for a new window.
 * @param saved where the last window was; null at the first start
 * @param workAreas the screens without their panels, the main one first
 */
export function windowBounds(saved: Bounds | null, workAreas: readonly Bounds[]): Partial<Bounds> {
  if (saved !== null && workAreas.some((area) => isReachable(saved, area))) {
    return {
      ...saved,
      width: Math.max(saved.width, MINIMUM_SIZE.width),
      height: Math.max(saved.height, MINIMUM_SIZE.height),
    }
  }
  const [main] = workAreas
  return {
    width: Math.max(MINIMUM_SIZE.width, Math.min(FIRST_SIZE.width, main?.width ?? FIRST_SIZE.width)),
    height: Math.max(MINIMUM_SIZE.height, Math.min(FIRST_SIZE.height, main?.height ?? FIRST_SIZE.height)),
  }
}

/** Whether the title bar of a window lies on a screen. */
function isReachable(window: Bounds, area: Bounds): boolean {
  const visible = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  return visible >= VISIBLE_WIDTH && window.y >= area.y && window.y + VISIBLE_HEIGHT <= area.y + area.height
}
