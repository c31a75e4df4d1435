/** @file What the window's estimates need to know of this machine. */
import { cpus, totalmem } from 'node:os'
import type { Machine } from '../../src-shared/contract/window-contract'
import { freeMemory, residentMemory } from '../jobs/memory'

/**
 * The machine as it is now.
 * @param engineId the painting engine, whose memory is there for the next painting too
 */
export function machineNow(engineId: number | null): Machine {
  const processors = cpus()
  return {
    processor: processors[0]?.model.trim() ?? 'CPU',
    cores: processors.length,
    memory: totalmem(),
    memoryFree: freeMemory() + (engineId === null ? 0 : residentMemory(engineId)),
  }
}
