/** @file A program that locks the run in the folder given to it when told so, says how that went, and lets go of it. */
import { reportOf } from '../../../src-shared/errors/impasto-error'
import { lockRun, type RunLock } from '../run-lock'

const [, , folder = ''] = process.argv
let lock: RunLock | null = null

async function answer(request: unknown): Promise<unknown> {
  if (request === 'release') {
    await lock?.release()
    lock = null
    return 'released'
  }
  try {
    lock = await lockRun(folder)
    return 'locked'
  } catch (error) {
    return reportOf(error)
  }
}

process.on('message', (request) => void answer(request).then((said) => process.send?.(said)))
process.send?.('ready')
