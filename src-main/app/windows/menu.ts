/** @file The menus, drawn from the action table. Choosing an item asks the window to perform the action. */
import { Menu, type MenuItemConstructorOptions } from 'electron'
import { actionMenus, actionOf, type ActionId, type ActionMenu } from '../../../src-shared/model/actions'

export interface ActionStates {
  readonly enabled: readonly ActionId[]
  readonly marked: readonly ActionId[]
}

/**
 * The keys are shown but not registered: the window handles them, because single letters count only while the
 * picture has the focus.
 */
export function actionMenu(states: ActionStates, perform: (action: ActionId) => void): Menu {
  const itemFor = (item: ActionId | ActionMenu | null): MenuItemConstructorOptions => {
    if (item === null) return { type: 'separator' }
    if (typeof item === 'object') return { label: item.label, submenu: item.items.map(itemFor) }
    const { label, keys, mark } = actionOf(item)
    return {
      id: item,
      label,
      enabled: states.enabled.includes(item),
      ...(mark === undefined ? {} : { type: mark, checked: states.marked.includes(item) }),
      ...(keys === null ? {} : { accelerator: keys, registerAccelerator: false }),
      click: () => {
        perform(item)
      },
    }
  }
  const quit: MenuItemConstructorOptions = { role: 'quit', label: 'Quit Impasto', accelerator: 'Ctrl+Q' }
  const [file, ...others] = actionMenus.map(itemFor)
  const fileItems = file?.submenu as MenuItemConstructorOptions[]
  return Menu.buildFromTemplate([
    { ...file, submenu: [...fileItems, { type: 'separator' }, quit] },
    ...others,
  ])
}
