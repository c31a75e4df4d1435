/** @file The engine and the machine that it paints on: the ground of every estimate. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { EngineStatus, Machine, WindowState } from '../../src-shared/contract/window-contract'
import { ask } from '../bridge/bridge'

/** Free memory changes with every program that opens. */
const MACHINE_INTERVAL = 10_000

export const useEngineStore = defineStore('engine', () => {
  const status = shallowRef<EngineStatus>({ state: 'starting', secondsPerMegapixel: null, error: null })
  const machine = shallowRef<Machine>({ processor: '', cores: 0, memory: 0, memoryFree: 0 })

  function load(state: WindowState): void {
    status.value = state.engine
    machine.value = state.machine
    window.setInterval(() => {
      void ask('machine', {}).then((now) => {
        machine.value = now
      })
    }, MACHINE_INTERVAL)
  }

  /** Tests what this machine can do. @throws ImpastoError `session-failed`, `engine-unavailable` */
  const diagnose = () => ask('diagnosis', {})

  /** Starts the engine anew. */
  const retry = () => ask('retryEngine', {})

  return { status, machine, load, diagnose, retry }
})
