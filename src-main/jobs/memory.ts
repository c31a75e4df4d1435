/**
 * @file How much memory a painting may take: what the system, and the container that this process may run in,
 * would give without swapping or killing.
 */
import { readFileSync } from 'node:fs'
import { freemem } from 'node:os'
import { join } from 'node:path'

const PAGE = 4096

/** Where the kernel's files lie; another folder in tests. */
export interface SystemFolders {
  readonly proc: string
  readonly cgroup: string
}

const SYSTEM: SystemFolders = { proc: '/proc', cgroup: '/sys/fs/cgroup' }

/** Bytes that are free: the least of the system's, the control groups' and `IMPASTO_MEMORY_LIMIT` (in MB). */
export function freeMemory(environment = process.env, folders = SYSTEM): number {
  return Math.min(systemFree(folders), controlGroupFree(folders), chosenLimit(environment))
}

/** Bytes of memory that a process holds; 0 where that is unknown. */
export function residentMemory(processId: number, folders = SYSTEM): number {
  const pages = read(join(folders.proc, String(processId), 'statm'))?.split(' ')[1]
  return pages === undefined ? 0 : Number(pages) * PAGE
}

function chosenLimit(environment: NodeJS.ProcessEnv): number {
  const megabytes = Number(environment.IMPASTO_MEMORY_LIMIT ?? '')
  return megabytes > 0 ? megabytes * 1e6 : Infinity
}

/** MemAvailable counts the caches that the kernel would give up; elsewhere only what is plainly unused is known. */
function systemFree({ proc }: SystemFolders): number {
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(read(join(proc, 'meminfo')) ?? '')?.[1]
  return kilobytes === undefined ? freemem() : Number(kilobytes) * 1024
}

/** What the limits of this process's control groups leave (version 2, or the memory controller of version 1). */
function controlGroupFree(folders: SystemFolders): number {
  const membership = read(join(folders.proc, 'self', 'cgroup')) ?? ''
  const unified = /^0::(\/.*)$/m.exec(membership)?.[1]
  const memoryController = /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(\/.*)$/m.exec(membership)?.[1]
  const groups = [
    ...ancestors(unified).map((path) =>
      groupFree(join(folders.cgroup, path), 'memory.max', 'memory.current', 'inactive_file'),
    ),
    ...ancestors(memoryController).map((path) =>
      groupFree(
        join(folders.cgroup, 'memory', path),
        'memory.limit_in_bytes',
        'memory.usage_in_bytes',
        'total_inactive_file',
      ),
    ),
  ]
  return Math.min(Infinity, ...groups)
}

/** `/a/b` as `/a/b`, `/a`, `/`: a limit on any of them binds. Inside a container the last is the container's own. */
function ancestors(path: string | undefined): readonly string[] {
  if (path === undefined) return []
  const parts = path.split('/').filter((part) => part !== '')
  return Array.from(
    { length: parts.length + 1 },
    (_, length) => `/${parts.slice(0, parts.length - length).join('/')}`,
  )
}

/** A group's limit less its use; file caches that the kernel can drop do not count as used. */
function groupFree(folder: string, limitFile: string, usageFile: string, reclaimable: string): number {
  const limit = Number(read(join(folder, limitFile)) ?? NaN)
  const usage = Number(read(join(folder, usageFile)) ?? NaN)
  if (Number.isNaN(limit) || Number.isNaN(usage)) return Infinity
  const statistics = read(join(folder, 'memory.stat')) ?? ''
  const cached = new RegExp(`^${reclaimable} (\\d+)$`, 'm').exec(statistics)?.[1]
  return Math.max(0, limit - usage + Number(cached ?? 0))
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Another system, or a controller that is not there.
    return null
  }
}
