/** @file A shortcut as `aria-keyshortcuts` writes it. */

/** `Ctrl+Shift+O` becomes `Control+Shift+O`; nothing where there is no shortcut. */
export function ariaKeys(keys: string | null): string | undefined {
  return keys?.replace('Ctrl', 'Control')
}
