/** @file The end of the program: the engines end, moves and deletions come to their end, the rest is written down. */
import { app } from 'electron'
import type { EngineKeeper } from '../jobs/engine-keeper'
import type { LibraryKeeper } from './library-keeper'
import type { DeskFile } from './pictures/desk-file'
import type { Results } from './runs/results'
import type { WindowSettingsFile } from './window-settings-file'

export interface QuittingParts {
  readonly engines: readonly EngineKeeper[]
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
}

/**
 * A painting under way is cut off, which is what its checkpoints are for: the next start offers to go on from one
 * that is some seconds old. Waiting for the end of a large step would keep the program for longer than that.
 */
async function takeDown({ engines, keeper, results, desk, settings }: QuittingParts): Promise<void> {
  await Promise.all(engines.map((engine) => engine.kill()))
  await keeper.endMove()
  await results.binDeleted()
  await desk.written()
  await settings.written()
}
