/** @file Shows the events of a long task in the terminal, in the way that suits who watches. */
import { barProgress } from './bar-progress'
import { lineProgress } from './line-progress'
import type { LineOf } from './progress-line'
import type { Terminal } from './terminal'

export interface ProgressDisplay<Event> {
  show(event: Event): void
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
export function progressDisplay<Event extends { readonly event: string }>(
  terminal: Terminal,
  lineOf: LineOf<Event>,
  { json, quiet }: ProgressOptions,
): ProgressDisplay<Event> {
  if (json) return jsonProgress(terminal)
  if (quiet) return quietProgress(terminal, lineOf)
  return terminal.screen === null ? lineProgress(terminal, lineOf) : barProgress(terminal.screen, lineOf)
}

/** Previews are for the eye: a program that wants the picture reads the file. */
function jsonProgress<Event extends { readonly event: string }>(terminal: Terminal): ProgressDisplay<Event> {
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
function quietProgress<Event>(terminal: Terminal, lineOf: LineOf<Event>): ProgressDisplay<Event> {
  const say = (sentence: string): void => {
    terminal.tell(sentence)
  }
  return {
    show: (event) => {
      const line = lineOf(event)
      if (line?.kind === 'notice') say(line.text)
    },
    say,
    close: () => undefined,
  }
}
