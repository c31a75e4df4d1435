/**
 * @file Everything that a person can do in the window, as one table. The menus, the keyboard, the buttons' hints
 * and the list of shortcuts all read it; the window decides which actions are possible at the moment.
 */

/**
 * `window` shortcuts work wherever the focus is. Shortcuts of a `single-key` work wherever nothing is typed and the key
 * means nothing to what has the focus; they can be switched off (WCAG 2.2, 2.1.4).
 */
export type ActionScope = 'window' | 'single-key'

export interface Action {
  readonly label: string
  /** Parts joined by `+`, as Electron writes them: `Ctrl+Shift+O`. Null where there is no shortcut. */
  readonly keys: string | null
  readonly scope: ActionScope
  /** A key that is held down does it again and again; of any other action the first press counts. */
  readonly repeats?: true
  /** The mark in front of the menu item: one of several, or on and off. */
  readonly mark?: 'radio' | 'checkbox'
}

const inWindow = (label: string, keys: string | null = null): Action => ({ label, keys, scope: 'window' })
const bySingleKey = (label: string, keys: string): Action => ({ label, keys, scope: 'single-key' })

export const actions = {
  'open-photograph': inWindow('Open photograph…', 'Ctrl+O'),
  'add-painting': inWindow('Add painting…', 'Ctrl+Shift+O'),
  paste: inWindow('Paste picture', 'Ctrl+V'),
  'frame-photograph': inWindow('Crop and straighten…', 'Ctrl+Shift+C'),
  'save-painting': inWindow('Save painting as…', 'Ctrl+S'),
  'copy-painting': inWindow('Copy painting', 'Ctrl+C'),
  'reveal-painting': inWindow('Show painting in folder'),
  paint: inWindow('Paint', 'Ctrl+Enter'),
  'queue-painting': inWindow('Add to the queue', 'Ctrl+Shift+Enter'),
  pause: bySingleKey('Pause or resume', 'Space'),
  stop: inWindow('Stop', 'Ctrl+.'),
  continue: inWindow('Continue painting'),
  'pause-queue': { ...inWindow('Pause the queue'), mark: 'checkbox' },
  'clear-queue': inWindow('Clear the queue'),
  'show-run': inWindow('Back to the painting'),
  again: bySingleKey('Again with this recipe', 'R'),
  'delete-result': bySingleKey('Delete painting', 'Delete'),
  undo: inWindow('Undo', 'Ctrl+Z'),
  redo: inWindow('Redo', 'Ctrl+Shift+Z'),
  'reset-recipe': inWindow('Reset recipe'),
  'show-painting': { ...bySingleKey('Painting', '1'), mark: 'radio' },
  'show-split': { ...bySingleKey('Split', '2'), mark: 'radio' },
  'show-photograph': { ...bySingleKey('Photograph', '3'), mark: 'radio' },
  'zoom-in': { ...bySingleKey('Zoom in', 'Plus'), repeats: true },
  'zoom-out': { ...bySingleKey('Zoom out', '-'), repeats: true },
  'zoom-fit': bySingleKey('Fit', '0'),
  'zoom-actual': bySingleKey('Actual size', 'Shift+0'),
  surround: bySingleKey('Next surround', 'L'),
  'only-picture': { ...bySingleKey('Only the picture', 'F'), mark: 'checkbox' },
  'interface-larger': { ...inWindow('Larger interface', 'Ctrl+Plus'), repeats: true },
  'interface-smaller': { ...inWindow('Smaller interface', 'Ctrl+-'), repeats: true },
  'interface-actual': inWindow('Interface as designed', 'Ctrl+0'),
  'next-panel': inWindow('Next panel', 'F6'),
  'previous-panel': inWindow('Previous panel', 'Shift+F6'),
  'appearance-system': { ...inWindow('As the system'), mark: 'radio' },
  'appearance-dark': { ...inWindow('Dark'), mark: 'radio' },
  'appearance-light': { ...inWindow('Light'), mark: 'radio' },
  settings: inWindow('Settings…', 'Ctrl+,'),
  shortcuts: bySingleKey('Keyboard shortcuts', '?'),
  computer: inWindow('This computer'),
} as const satisfies Record<string, Action>

export type ActionId = keyof typeof actions
export const actionIds = Object.keys(actions) as [ActionId, ...ActionId[]]

export function actionOf(id: ActionId): Action {
  return actions[id]
}

export interface ActionMenu {
  readonly label: string
  /** `null` is a rule between two groups. */
  readonly items: readonly (ActionId | ActionMenu | null)[]
}

export const actionMenus: readonly ActionMenu[] = [
  {
    label: 'File',
    items: [
      'open-photograph',
      'add-painting',
      'paste',
      null,
      'frame-photograph',
      null,
      'save-painting',
      'copy-painting',
      'reveal-painting',
      null,
      'settings',
    ],
  },
  {
    label: 'Painting',
    items: [
      'paint',
      'queue-painting',
      'pause',
      'stop',
      'continue',
      'show-run',
      null,
      'pause-queue',
      'clear-queue',
      null,
      'again',
      'delete-result',
      null,
      'undo',
      'redo',
      'reset-recipe',
    ],
  },
  {
    label: 'View',
    items: [
      'show-painting',
      'show-split',
      'show-photograph',
      null,
      'zoom-in',
      'zoom-out',
      'zoom-fit',
      'zoom-actual',
      null,
      'surround',
      'only-picture',
      null,
      'interface-larger',
      'interface-smaller',
      'interface-actual',
      null,
      'next-panel',
      'previous-panel',
      null,
      { label: 'Appearance', items: ['appearance-system', 'appearance-dark', 'appearance-light'] },
    ],
  },
  { label: 'Help', items: ['shortcuts', 'computer'] },
]

/** The keys as people read them: `Ctrl+Shift+O` becomes `Ctrl Shift O`, `Plus` the sign itself, `ArrowLeft` `Left`. */
export function keysForPeople(keys: string): string {
  return keys.replaceAll('+', ' ').replace('Arrow', '').replace('Plus', '+').replace('-', '−')
}
