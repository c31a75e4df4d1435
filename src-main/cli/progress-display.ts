/** @file Shows the events of a painting in the terminal, in the way that suits who watches. */
import { noticeSentence } from '../../src-shared/contract/notices'
import type { PaintingEvent } from '../../src-shared/contract/painting-events'
import { barProgress } from './bar-progress'
import { lineProgress } from './line-progress'
import type { Terminal } from './terminal'

export interface ProgressDisplay {
  show(event: PaintingEvent): void
  /** A sentence for the person who watches. */
  say(sentence: string): void
  /** Leaves the terminal as it was found. */
  close(): void
}

export interface ProgressOptions {
  readonly json: boolean
  readonly quiet: boolean
}

/** Events as lines of JSON for a program; for a person a live bar, or a line now and then where there is no screen. */
export function progressDisplay(terminal: Terminal, { json, quiet }: ProgressOptions): ProgressDisplay {
  if (json) return jsonProgress(terminal)
  if (quiet) return quietProgress(terminal)
  return terminal.screen === null ? lineProgress(terminal) : barProgress(terminal.screen)
}

/** Previews are for the eye: a program that wants the picture reads the file. */
function jsonProgress(terminal: Terminal): ProgressDisplay {
  return {
    show: (event) => {
      if (event.event !== 'preview') terminal.print(JSON.stringify(event))
    },
    say: (sentence) => {
      terminal.tell(sentence)
    },
    close: () => undefined,
  }
}

/** Only what a person should know although nothing failed. */
function quietProgress(terminal: Terminal): ProgressDisplay {
  const say = (sentence: string): void => {
    terminal.tell(sentence)
  }
  return {
    show: (event) => {
      if (event.event === 'notice') say(noticeSentence(event.notice))
    },
    say,
    close: () => undefined,
  }
}
