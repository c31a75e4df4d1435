/** @file The two ways in which set-up ends early: something is missing, or the user stopped it. */

/** Its message is one sentence for the user: what is missing and what to do. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError'
}

/** The user pressed Ctrl+C; everything half-made is ignored by the next set-up. */
export class SetupInterrupted extends Error {
  /** @override */
  name = 'SetupInterrupted'

  constructor() {
    super('Set-up was interrupted; start again to go on.')
  }
}
