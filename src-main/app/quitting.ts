/** @file The end of the program: engines and moves end, the rest is written down, what was deleted goes into the bin. */
import { setTimeout } from 'node:timers/promises'
import { app } from 'electron'
import type { EngineKeeper } from '../jobs/engine-keeper'
import type { JobQueue } from '../jobs/queue/job-queue'
import { isDiskSilent } from '../storage/outside-disks'
import type { LibraryKeeper } from './library-keeper'
import type { DeskFile } from './pictures/desk-file'
import type { Results } from './runs/results'
import type { WindowSettingsFile } from './window-settings-file'

export interface QuittingParts {
  readonly engines: readonly EngineKeeper[]
  readonly queue: JobQueue
  readonly keeper: LibraryKeeper
  readonly results: Results
  readonly desk: DeskFile
  readonly settings: WindowSettingsFile
}

/** Ends the program with its window. */
export function leaveWhenClosed(parts: QuittingParts): void {
  let left = false
  app.on('window-all-closed', () => {
    app.quit()
  })
  app.on('will-quit', (event) => {
    if (left) return
    event.preventDefault()
    void takeDown(parts).finally(() => {
      left = true
      app.quit()
    })
  })
  app.on('quit', () => {
    // Node would wait for the disk (see [Note: Disks that hang]); all that is the window's has been written by now.
    if (isDiskSilent()) process.kill(process.pid, 'SIGKILL')
  })
}

/** The longest that the closed window's program waits for the system's bin, which may lie on a disk that hangs. */
const BIN_MILLISECONDS = 4000

/**
 * A painting under way is cut off, which is what its checkpoints are for: the next start offers to go on from one
 * that is some seconds old. Waiting for the end of a large step would keep the program for longer than that. What the
 * bin has not taken in time stays where it was.
 */
async function takeDown({ engines, queue, keeper, results, desk, settings }: QuittingParts): Promise<void> {
  // First, so that what dies with the engines counts as cut off and nothing else is begun.
  await queue.close()
  await Promise.all(engines.map((engine) => engine.kill()))
  await keeper.endMove()
  await desk.written()
  await settings.written()
  await Promise.race([results.binDeleted(), setTimeout(BIN_MILLISECONDS)])
}
