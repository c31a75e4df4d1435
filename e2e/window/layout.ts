/** @file Looks for faults of the layout by geometry: what is covered, cut off, or laid over something else. */
import { expect, type Locator } from '@playwright/test'
import { z } from 'zod'

/*
 * Runs in the page, where the tests have no types. It walks the elements under `root` that are seen: those with words
 * of their own, and those that answer to a click. Distances are CSS pixels; one is left for rounding.
 */
const SEARCH = `(root) => {
  const SLACK = 1
  const CONTROLS = 'button, input, [role=slider], [role=radio], [role=switch]'
  const faults = new Set()
  const nameOf = (element) =>
    (element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 60)) || element.outerHTML.slice(0, 80)
  const clips = (value) => value !== 'visible'
  const scrolls = (value) => value === 'auto' || value === 'scroll'

  /** The part that is seen, or why it is not: null where it has scrolled away. */
  const seenPart = (element, box) => {
    const part = { left: box.left, top: box.top, right: box.right, bottom: box.bottom }
    let [scrolledX, scrolledY] = [false, false]
    for (let above = element.parentElement; above !== null; above = above.parentElement) {
      const style = getComputedStyle(above)
      const frame = above === document.body || above === document.documentElement
        ? { left: 0, top: 0, right: innerWidth, bottom: innerHeight }
        : above.getBoundingClientRect()
      const isWindow = above === document.body
      scrolledX ||= scrolls(style.overflowX)
      scrolledY ||= scrolls(style.overflowY)
      if (clips(style.overflowX) || isWindow) {
        if (!scrolledX && (part.left < frame.left - SLACK || part.right > frame.right + SLACK))
          faults.add('cut off at the side: ' + nameOf(element))
        part.left = Math.max(part.left, frame.left)
        part.right = Math.min(part.right, frame.right)
      }
      if (clips(style.overflowY) || isWindow) {
        if (!scrolledY && (part.top < frame.top - SLACK || part.bottom > frame.bottom + SLACK))
          faults.add('cut off above or below: ' + nameOf(element))
        part.top = Math.max(part.top, frame.top)
        part.bottom = Math.min(part.bottom, frame.bottom)
      }
      if (style.position === 'fixed') break
    }
    return part.right - part.left > SLACK && part.bottom - part.top > SLACK ? part : null
  }

  /** A panel that has slid out of the window, whole. */
  const hasSlidOut = (panel) => panel !== null && panel.getBoundingClientRect().left >= innerWidth - SLACK

  const isSeen = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.closest('.only-spoken') === null &&
    !hasSlidOut(element.closest('[data-panel]'))

  /** What is dragged over a picture lies on it, and on its fellows, on purpose. */
  const isHandle = (element) => /^(move|.*-resize)$/.test(getComputedStyle(element).cursor)

  const things = []
  for (const element of [root, ...root.querySelectorAll('*')]) {
    if (!isSeen(element)) continue
    if (element.matches(CONTROLS)) {
      const part = seenPart(element, element.getBoundingClientRect())
      if (part === null) continue
      things.push({ element, part, isControl: true })
      const hit = document.elementFromPoint((part.left + part.right) / 2, (part.top + part.bottom) / 2)
      if (!element.disabled && hit !== null && !element.contains(hit) && !hit.contains(element))
        faults.add('covered: ' + nameOf(element) + ', by ' + nameOf(hit))
    }
    const words = [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim() !== '')
    for (const node of words) {
      const range = document.createRange()
      range.selectNodeContents(node)
      const box = range.getBoundingClientRect()
      const frame = element.getBoundingClientRect()
      if (element.scrollWidth > element.clientWidth + SLACK && clips(getComputedStyle(element).overflowX))
        faults.add('words cut: ' + nameOf(element))
      // Words of several lines are cut below; what is left of less than half of them does not name anything.
      if (getComputedStyle(element).webkitLineClamp !== 'none' && element.clientHeight < element.scrollHeight / 2 - SLACK)
        faults.add('words cut to less than half: ' + nameOf(element))
      const button = element.closest('button')
      if (button !== null) {
        const edge = button.getBoundingClientRect()
        if (box.left < edge.left - SLACK || box.right > edge.right + SLACK || box.bottom > edge.bottom + SLACK)
          faults.add('words leave their button: ' + nameOf(button))
      }
      const shown = {
        left: Math.max(box.left, clips(getComputedStyle(element).overflowX) ? frame.left : box.left),
        right: Math.min(box.right, clips(getComputedStyle(element).overflowX) ? frame.right : box.right),
        top: box.top,
        bottom: box.bottom,
      }
      const part = seenPart(element, shown)
      if (part !== null) things.push({ element, part, isControl: false })
    }
  }

  for (const [index, one] of things.entries()) {
    for (const other of things.slice(index + 1)) {
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue
      if (isHandle(one.element) || isHandle(other.element)) continue
      const across = Math.min(one.part.right, other.part.right) - Math.max(one.part.left, other.part.left)
      const down = Math.min(one.part.bottom, other.part.bottom) - Math.max(one.part.top, other.part.top)
      if (across > SLACK && down > SLACK)
        faults.add('overlap: ' + nameOf(one.element) + ', with ' + nameOf(other.element))
    }
  }
  return [...faults]
}`

/** Calls a function of the page, given as text, with an element: the element is marked, and found by its mark. */
async function callInPage(root: Locator, source: string): Promise<unknown> {
  await root.evaluate((element: { setAttribute(name: string, value: string): void }) => {
    element.setAttribute('data-looked-at', '')
  })
  return root.page().evaluate(`{
    const element = document.querySelector('[data-looked-at]')
    element.removeAttribute('data-looked-at')
    ;(${source})(element)
  }`)
}

/** The faults of the layout under `root`, in words; none where everything can be read and reached. */
export async function layoutFaults(root: Locator): Promise<readonly string[]> {
  return z.array(z.string()).parse(await callInPage(root, SEARCH))
}

const overlayStyle = z.object({
  background: z.string(),
  shadow: z.string(),
  padding: z.number(),
  left: z.number(),
  top: z.number(),
  right: z.number(),
  bottom: z.number(),
})

const READ_STYLE = `(element) => {
  const style = getComputedStyle(element)
  const { left, top, right, bottom } = element.getBoundingClientRect()
  return {
    background: style.backgroundColor,
    shadow: style.boxShadow,
    padding: Math.min(...['Left', 'Right', 'Top', 'Bottom'].map((side) => parseFloat(style['padding' + side]))),
    left,
    top,
    right: innerWidth - right,
    bottom: innerHeight - bottom,
  }
}`

/** It has room around its words, lies inside the window, and nothing in it is cut; what casts a shadow has a ground. */
export async function expectWellLaid(overlay: Locator, { casts = false } = {}): Promise<void> {
  const style = overlayStyle.parse(await callInPage(overlay, READ_STYLE))
  expect(style.padding).toBeGreaterThanOrEqual(4)
  if (casts) {
    expect(style.background).not.toBe('rgba(0, 0, 0, 0)')
    expect(style.shadow).not.toBe('none')
  }
  for (const side of ['left', 'top', 'right', 'bottom'] as const)
    expect(style[side]).toBeGreaterThanOrEqual(0)
  expect(await layoutFaults(overlay)).toEqual([])
}
