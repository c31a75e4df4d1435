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
  /** The key is held down, and the system presses it again. */
  readonly repeat: boolean
}

/** Keys that are typed with Shift on some keyboards and without on others. */
const TYPED_SIGNS = new Set(['Plus', '-', '?', '\\'])

/** Keys whose sign means something else in the action table. */
const NAMES: Readonly<Partial<Record<string, string>>> = { ' ': 'Space', '+': 'Plus' }

/** The press as the action table writes it: `Ctrl+Shift+O`, `Space`, `0`. */
export function keysOf({ key, code, ctrlKey, metaKey, shiftKey }: KeyPress): string {
  const withControl = ctrlKey || metaKey
  const digit = /^Digit(\d)$/.exec(code)?.[1]
  // Where + needs Shift, Ctrl and its key say = instead.
  const sign = withControl && !shiftKey && key === '=' ? '+' : key
  const named = NAMES[sign] ?? (sign.length === 1 ? sign.toUpperCase() : sign)
  const name = TYPED_SIGNS.has(named) ? named : (digit ?? named)
  const parts = [withControl ? 'Ctrl' : '', shiftKey && !TYPED_SIGNS.has(name) ? 'Shift' : '', name]
  return parts.filter((part) => part !== '').join('+')
}

export interface FocusPlace {
  readonly inTextField: boolean
  /** What has the focus, and shows it, does something of its own at Space (a button, a switch, a choice). */
  readonly takesSpace: boolean
  /** Text is selected, which Ctrl+C shall copy. */
  readonly textSelected: boolean
  /** The person has not switched the shortcuts of single keys off. */
  readonly singleKeys: boolean
}

/** Within a text field these belong to the field. */
const EDITING: ReadonlySet<ActionId> = new Set<ActionId>(['paste', 'copy-painting', 'undo', 'redo'])

/** Whether a press does the action: what a held key must not do over and over it does once. */
export function doesAction({ repeat }: Pick<KeyPress, 'repeat'>, id: ActionId): boolean {
  return !repeat || actionOf(id).repeats === true
}

/** The action of a press where the focus is; null where it means nothing there. */
export function actionFor(press: KeyPress, focus: FocusPlace): ActionId | null {
  if (press.altKey) return null
  const keys = keysOf(press)
  const id = actionIds.find((candidate) => actionOf(candidate).keys === keys)
  if (id === undefined) return null
  if (focus.inTextField && (EDITING.has(id) || actionOf(id).scope === 'single-key')) return null
  if (focus.textSelected && id === 'copy-painting') return null
  if (actionOf(id).scope === 'single-key' && !focus.singleKeys) return null
  if (keys === 'Space' && focus.takesSpace) return null
  return id
}
