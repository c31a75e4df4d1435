/** @file What main does for each request of the window about the queue. */
import type { queueRequests } from '../../../src-shared/contract/queue-contract'
import type { WindowHandlers } from '../../ipc/window-channel'
import type { JobQueue } from '../../jobs/queue/job-queue'
import type { PaintingRuns } from './painting-runs'

export type QueueHandlers = Pick<WindowHandlers, keyof typeof queueRequests>

export function queueHandlers(queue: JobQueue, runs: PaintingRuns): QueueHandlers {
  return {
    queuePainting: async (request) => {
      await runs.queue(request)
      return {}
    },
    moveQueued: ({ runId, place }) => {
      queue.move(runId, place)
      return {}
    },
    removeQueued: ({ runIds }) => {
      queue.remove(runIds)
      return {}
    },
    restoreQueued: ({ runIds }) => {
      queue.restore(runIds)
      return {}
    },
    retryQueued: ({ runId }) => {
      queue.retry(runId)
      return {}
    },
    pauseQueue: ({ isPaused }) => {
      if (isPaused) queue.pause()
      else queue.resume()
      return {}
    },
  }
}
