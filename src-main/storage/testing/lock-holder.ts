/** @file A program that locks the run in the folder given to it, says how that went, and lives until it is killed. */
import { reportOf } from '../../../src-shared/errors/impasto-error'
import { lockRun } from '../run-lock'

const [, , folder = ''] = process.argv

async function lockAndTell(): Promise<void> {
  try {
    await lockRun(folder)
    process.send?.('locked')
  } catch (error) {
    process.send?.(reportOf(error))
  }
}

process.on('message', () => void lockAndTell())
process.send?.('ready')
