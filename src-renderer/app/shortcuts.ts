/** @file From a key to its action (see the scopes in the action table). */
import { actionIds, actionOf, type ActionId } from '../../src-shared/model/actions'

/** What is asked of a keyboard event. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/** Keys that are typed with Shift on some keyboards and without on others. */
const TYPED_SIGNS = new Set(['Plus', '-', '?', '\\'])

/** Keys whose sign means something else in the action table. */
const NAMES: Readonly<Partial<Record<string, string>>> = { ' ': 'Space', '+': 'Plus' }

/** The press as the action table writes it: `Ctrl+Shift+O`, `Space`, `0`. */
export function keysOf({ key, code, ctrlKey, metaKey, shiftKey }: KeyPress): string {
  const digit = /^Digit(\d)$/.exec(code)?.[1]
  const name = digit ?? NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  const parts = [ctrlKey || metaKey ? 'Ctrl' : '', shiftKey && !TYPED_SIGNS.has(name) ? 'Shift' : '', name]
  return parts.filter((part) => part !== '').join('+')
}

export interface FocusPlace {
  readonly inTextField: boolean
  readonly onCanvas: boolean
}

/** The action of a press where the focus is; null where it means nothing there. */
export function actionFor(press: KeyPress, focus: FocusPlace): ActionId | null {
  if (press.altKey) return null
  const keys = keysOf(press)
  const id = actionIds.find((candidate) => actionOf(candidate).keys === keys)
  if (id === undefined) return null
  if (actionOf(id).scope === 'canvas' && !focus.onCanvas) return null
  // Copying and pasting within a text field belong to the field.
  if (focus.inTextField && (id === 'paste' || id === 'copy-painting')) return null
  return id
}
