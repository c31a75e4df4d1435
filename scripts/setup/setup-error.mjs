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

const writeFailureCodes = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT']

/**
 * @param {unknown} error
 * @returns {SetupError | undefined} the sentence for a folder that cannot be written or a disk that is full, undefined
 *   for any other error
 */
export function writeFailure(error) {
  const { code = '', path } = /** @type {NodeJS.ErrnoException} */ (error)
  if (!writeFailureCodes.includes(code)) return undefined
  return new SetupError(
    `Set-up could not write ${path ?? 'its files'}: see that the folder may be written and that the disk has room, then start again.`,
    { cause: error },
  )
}
