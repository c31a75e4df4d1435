import { describe, expect, it } from 'vitest'
import { actionIds, actionOf } from '../../src-shared/model/actions'
import { actionFor, doesAction, keysOf, type FocusPlace, type KeyPress } from './shortcuts'

const press = (key: string, code: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  repeat: false,
  ...modifiers,
})
const onPage: FocusPlace = { inTextField: false, takesSpace: false, textSelected: false, singleKeys: true }
const onButton: FocusPlace = { ...onPage, takesSpace: true }
const inTextField: FocusPlace = { ...onPage, inTextField: true }

describe('shortcuts', () => {
  it('are written as the action table writes them', () => {
    expect(keysOf(press('O', 'KeyO', { ctrlKey: true, shiftKey: true }))).toBe('Ctrl+Shift+O')
    expect(keysOf(press(' ', 'Space'))).toBe('Space')
    expect(keysOf(press('=', 'Digit0', { shiftKey: true }))).toBe('Shift+0')
    expect(keysOf(press('+', 'Equal', { shiftKey: true }))).toBe('Plus')
    expect(keysOf(press('-', 'Digit6'))).toBe('-')
    expect(keysOf(press('=', 'Equal', { ctrlKey: true }))).toBe('Ctrl+Plus')
    expect(keysOf(press('+', 'Equal', { ctrlKey: true, shiftKey: true }))).toBe('Ctrl+Plus')
    expect(keysOf(press('0', 'Digit0', { ctrlKey: true }))).toBe('Ctrl+0')
  })

  it('work everywhere where they have a modifier', () => {
    expect(actionFor(press('o', 'KeyO', { ctrlKey: true }), onPage)).toBe('open-photograph')
    expect(actionFor(press('Enter', 'Enter', { ctrlKey: true }), inTextField)).toBe('paint')
  })

  it('are single keys wherever nothing is typed, from the first moment on', () => {
    expect(actionFor(press(' ', 'Space'), onPage)).toBe('pause')
    expect(actionFor(press('f', 'KeyF'), onButton)).toBe('only-picture')
    expect(actionFor(press('0', 'Digit0'), inTextField)).toBeNull()
    expect(actionFor(press('Delete', 'Delete'), inTextField)).toBeNull()
  })

  it('leave Space to a control that shows the focus', () => {
    expect(actionFor(press(' ', 'Space'), onButton)).toBeNull()
  })

  it('are none of a single key where they are switched off', () => {
    const off = { ...onPage, singleKeys: false }
    expect(actionFor(press('f', 'KeyF'), off)).toBeNull()
    expect(actionFor(press('s', 'KeyS', { ctrlKey: true }), off)).toBe('save-painting')
  })

  it('leave editing in a text field to the field, and the copying of selected text', () => {
    expect(actionFor(press('v', 'KeyV', { ctrlKey: true }), inTextField)).toBeNull()
    expect(actionFor(press('z', 'KeyZ', { ctrlKey: true }), inTextField)).toBeNull()
    expect(actionFor(press('z', 'KeyZ', { ctrlKey: true }), onPage)).toBe('undo')
    expect(actionFor(press('v', 'KeyV', { ctrlKey: true }), onPage)).toBe('paste')
    expect(actionFor(press('c', 'KeyC', { ctrlKey: true }), onPage)).toBe('copy-painting')
    expect(actionFor(press('c', 'KeyC', { ctrlKey: true }), { ...onPage, textSelected: true })).toBeNull()
  })

  it('do at a held key again only what is meant to go on', () => {
    const again = actionIds.filter((id) => doesAction({ repeat: true }, id))
    expect(again).toEqual(['zoom-in', 'zoom-out', 'interface-larger', 'interface-smaller'])
    expect(actionIds.filter((id) => !doesAction({ repeat: false }, id))).toEqual([])
  })

  it('belong to one action each', () => {
    const keys = actionIds.map((id) => actionOf(id).keys).filter((one) => one !== null)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
