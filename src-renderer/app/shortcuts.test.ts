import { describe, expect, it } from 'vitest'
import { actionIds, actionOf } from '../../src-shared/model/actions'
import { actionFor, keysOf, type KeyPress } from './shortcuts'

const press = (key: string, code: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
})
const elsewhere = { inTextField: false, onCanvas: false }
const onCanvas = { inTextField: false, onCanvas: true }
const inTextField = { inTextField: true, onCanvas: false }

describe('shortcuts', () => {
  it('are written as the action table writes them', () => {
    expect(keysOf(press('O', 'KeyO', { ctrlKey: true, shiftKey: true }))).toBe('Ctrl+Shift+O')
    expect(keysOf(press(' ', 'Space'))).toBe('Space')
    expect(keysOf(press('=', 'Digit0', { shiftKey: true }))).toBe('Shift+0')
    expect(keysOf(press('+', 'Equal', { shiftKey: true }))).toBe('Plus')
  })

  it('work everywhere where they have a modifier', () => {
    expect(actionFor(press('o', 'KeyO', { ctrlKey: true }), elsewhere)).toBe('open-photograph')
    expect(actionFor(press('Enter', 'Enter', { ctrlKey: true }), inTextField)).toBe('paint')
  })

  it('are single keys only on the canvas', () => {
    expect(actionFor(press(' ', 'Space'), onCanvas)).toBe('pause')
    expect(actionFor(press(' ', 'Space'), elsewhere)).toBeNull()
    expect(actionFor(press('0', 'Digit0'), inTextField)).toBeNull()
  })

  it('leave copying and pasting in a text field to the field', () => {
    expect(actionFor(press('v', 'KeyV', { ctrlKey: true }), inTextField)).toBeNull()
    expect(actionFor(press('v', 'KeyV', { ctrlKey: true }), elsewhere)).toBe('paste')
  })

  it('belong to one action each', () => {
    const keys = actionIds.map((id) => actionOf(id).keys).filter((one) => one !== null)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
