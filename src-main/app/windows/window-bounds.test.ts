import { describe, expect, it } from 'vitest'
import { windowBounds } from './window-bounds'

const screen = { x: 0, y: 0, width: 1920, height: 1080 }

describe('windowBounds', () => {
  it('leaves the place to the system at the first start', () => {
    expect(windowBounds(null, [screen])).toEqual({ width: 1440, height: 900 })
  })

  it('is no larger than the screen and no smaller than the layout allows', () => {
    expect(windowBounds(null, [{ x: 0, y: 0, width: 1280, height: 600 }])).toEqual({
      width: 1280,
      height: 680,
    })
  })

  it('comes back where it was, on a second screen too', () => {
    const saved = { x: 2000, y: 100, width: 1200, height: 800 }
    const second = { x: 1920, y: 0, width: 1920, height: 1080 }
    expect(windowBounds(saved, [screen, second])).toEqual(saved)
  })

  it('returns to the main screen when the other one is gone', () => {
    const saved = { x: 2000, y: 100, width: 1200, height: 800 }
    expect(windowBounds(saved, [screen])).toEqual({ width: 1440, height: 900 })
  })

  it('does not hide its title bar above the screen', () => {
    expect(windowBounds({ x: 0, y: -200, width: 1200, height: 800 }, [screen])).toEqual({
      width: 1440,
      height: 900,
    })
  })
})
