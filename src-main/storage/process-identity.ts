/**
 * @file Tells processes apart, also where the system gave an id to a later one, or a folder is shared.
 *
 * [Note: Whose process] A folder may be shared: over the network, by containers, by the users of one temporary
 * folder. A process id means something only in one process space of one start of one machine, so what a process
 * leaves lying about is named by all of these. Where they are ours, the system tells whether it lives. What ran
 * before this machine was last started is gone. Of a process on another machine, or in another container of this one,
 * nothing can be known: it counts as living until nothing of it has changed for a day (leftovers.ts).
 */
import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { systemErrorCode } from './file-errors'

export interface ProcessIdentity {
  readonly processId: number
  /** When it started, in the system's own ticks; `0` where the system does not tell. */
  readonly started: string
  readonly place: ProcessPlace
}

/** Where a process id means something; a part is `0` where the system does not tell it. */
export interface ProcessPlace {
  /** Changes with each start of the machine. */
  readonly boot: string
  /** Containers of one machine number their processes apart (pid_namespaces(7)). */
  readonly processSpace: string
  /** Stays the same as long as the system is installed; containers mostly have none. */
  readonly machine: string
  readonly host: string
}

export type Liveness = 'alive' | 'gone' | 'unknown'

const NOT_TOLD = '0'
const STATE_FIELD = 0
const START_TIME_FIELD = 19

/**
 * State and start time of a process from /proc/ID/stat (proc(5), fields 3 and 22), null where there is none.
 * The second field is the program's name in brackets and may itself hold spaces and brackets.
 */
function processStatus(processId: number): { readonly state: string; readonly started: string } | null {
  const text = told(() => readFileSync(`/proc/${String(processId)}/stat`, 'utf8'))
  if (text === null) return null
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { state: fields[STATE_FIELD] ?? '', started: fields[START_TIME_FIELD] ?? NOT_TOLD }
}

/** Whether a process with this id runs here. One that has ended and was not yet waited for counts as gone. */
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

const here = currentPlace()

function currentPlace(): ProcessPlace {
  return {
    boot: shortHash(told(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'))),
    processSpace: told(() => /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0]) ?? NOT_TOLD,
    machine: shortHash(told(() => readFileSync('/etc/machine-id', 'utf8'))),
    // Any name, made fit for a file's.
    host:
      hostname()
        .replace(/[^\w.-]/g, '_')
        .slice(0, 60) || NOT_TOLD,
  }
}

function told<Value>(ask: () => Value): Value | null {
  try {
    return ask()
  } catch {
    return null
  }
}

function shortHash(text: string | null): string {
  const content = text?.trim() ?? ''
  return content === '' ? NOT_TOLD : createHash('sha256').update(content).digest('hex').slice(0, 12)
}

/** The identity of a process that runs on this machine. */
export function identityOf(processId: number): ProcessIdentity {
  return { processId, started: processStatus(processId)?.started ?? NOT_TOLD, place: here }
}

/** Whether that very process still runs, and not a later one under the same id (see [Note: Whose process]). */
export function livenessOf({ processId, started, place }: ProcessIdentity): Liveness {
  if (!isThisMachine(place)) return 'unknown'
  if (place.boot !== here.boot) return here.machine === NOT_TOLD ? 'unknown' : 'gone'
  if (place.processSpace !== here.processSpace) return 'unknown'
  return isProcessAlive(processId) && identityOf(processId).started === started ? 'alive' : 'gone'
}

/**
 * The same start of the same machine proves it, whatever it is called: a name changes while the machine runs. Where that
 * proves nothing, the name counts too, since machines that were copied from one image may share their machine-id.
 */
function isThisMachine({ boot, machine, host }: ProcessPlace): boolean {
  const sameStart = boot === here.boot && boot !== NOT_TOLD
  return machine === here.machine && (sameStart || host === here.host)
}

const tagPattern = /^(\d+)-(\d+)-([0-9a-f]+)-(\d+)-([0-9a-f]+)-([\w.-]+)$/

/** An identity as a part of a file's name. */
export function tagOf({ processId, started, place }: ProcessIdentity): string {
  return [processId, started, place.boot, place.processSpace, place.machine, place.host].join('-')
}

/** The identity that `tagOf` wrote, null where it wrote none. */
export function identityFromTag(tag: string): ProcessIdentity | null {
  const [, processId, started, boot, processSpace, machine, host] = tagPattern.exec(tag) ?? []
  if (processId === undefined || started === undefined || boot === undefined) return null
  if (processSpace === undefined || machine === undefined || host === undefined) return null
  return { processId: Number(processId), started, place: { boot, processSpace, machine, host } }
}
