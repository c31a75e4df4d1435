/** @file What main tells, from the first moment on: kept until the page knows the state (see [Note: Numbered events]). */
import type { NumberedEvent, WindowEvent, WindowEventName } from '../../src-shared/contract/window-contract'

export type WindowListeners = {
  readonly [Name in WindowEventName]: (event: WindowEvent<Name>) => void
}

const names = [
  'run',
  'queue',
  'result',
  'engine',
  'opened',
  'refused',
  'action',
  'frame',
] as const satisfies readonly WindowEventName[]

/** These leave no mark on the state, so it cannot know them already. */
const PASSING: ReadonlySet<WindowEventName> = new Set<WindowEventName>(['opened', 'refused', 'action'])

export interface EventStream {
  /** Hands over what came after `eventNumber`, and from then on everything. Called once. */
  deliver(listeners: WindowListeners, eventNumber: number): void
}

/** Listens to everything from now on. */
export function listenToWindow(): EventStream {
  const waiting: (() => void)[] = []
  let begun: { readonly listeners: WindowListeners; readonly after: number } | null = null

  const take = <Name extends WindowEventName>(name: Name, { number, event }: NumberedEvent<Name>): void => {
    if (begun === null)
      waiting.push(() => {
        take(name, { number, event })
      })
    else if (number > begun.after || PASSING.has(name)) begun.listeners[name](event)
  }
  for (const name of names) {
    window.impasto.listen[name]((numbered: NumberedEvent<typeof name>) => {
      take(name, numbered)
    })
  }

  return {
    deliver: (listeners, after) => {
      begun = { listeners, after }
      for (const handOver of waiting.splice(0)) handOver()
    },
  }
}
