import { describe, expect, it } from 'vitest'
import { actionIds, actionOf, keysForPeople } from './actions'

/** The key codes of Electron's accelerators that the table may use; a sign stands for itself, but `+` parts them. */
const ACCELERATOR_PART = /^(Ctrl|Shift|Space|Delete|Plus|Enter|F\d{1,2}|[0-9A-Z]|[-=.,/\\?[\]])$/

describe('the keys of the actions', () => {
  it('are accelerators, so that the menus can show them', () => {
    const parts = actionIds.flatMap((id) => actionOf(id).keys?.split('+') ?? [])
    expect(parts.length).toBeGreaterThan(20)
    expect(parts.filter((part) => !ACCELERATOR_PART.test(part))).toEqual([])
  })

  it('are read as signs', () => {
    expect(keysForPeople('Ctrl+Shift+O')).toBe('Ctrl Shift O')
    expect(keysForPeople('Plus')).toBe('+')
    expect(keysForPeople('Ctrl+Plus')).toBe('Ctrl +')
    expect(keysForPeople('-')).toBe('−')
    expect(keysForPeople('Alt+ArrowLeft')).toBe('Alt Left')
  })
})
