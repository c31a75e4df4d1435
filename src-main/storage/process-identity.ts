/** @file Tells processes apart, also when the system gave the same process id to a later one. */
import { readFileSync } from 'node:fs'
import { systemErrorCode } from './file-errors'

export interface ProcessIdentity {
  readonly processId: number
  /** When it started, in the system's own ticks; `0` where the system does not tell. */
  readonly started: string
}

const STATE_FIELD = 0
const START_TIME_FIELD = 19

/**
 * State and start time of a process from /proc/ID/stat (proc(5), fields 3 and 22), null where there is none.
 * The second field is the program's name in brackets and may itself hold spaces and brackets.
 */
function processStatus(processId: number): { readonly state: string; readonly started: string } | null {
  try {
    const text = readFileSync(`/proc/${String(processId)}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[STATE_FIELD] ?? '', started: fields[START_TIME_FIELD] ?? '0' }
  } catch {
    return null
  }
}

/** Whether a process with this id runs. One that has ended and was not yet waited for counts as gone. */
export function isProcessAlive(processId: number): boolean {
  const state = processStatus(processId)?.state
  if (state !== undefined) return state !== 'Z' && state !== 'X'
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return systemErrorCode(error) === 'EPERM'
  }
}

export function identityOf(processId: number): ProcessIdentity {
  return { processId, started: processStatus(processId)?.started ?? '0' }
}

/** Whether that very process still runs, and not a later one under the same id. */
export function isSameProcessAlive({ processId, started }: ProcessIdentity): boolean {
  return isProcessAlive(processId) && identityOf(processId).started === started
}
