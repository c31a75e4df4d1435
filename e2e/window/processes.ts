/** @file What the system knows of the processes that a window started. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export interface ChildProcessInfo {
  readonly id: number
  readonly command: string
}

/** The processes that `parent` started, and theirs. */
export function childrenOf(parent: number): readonly ChildProcessInfo[] {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ id: Number(name), parent: parentOf(name) }))
  const children = processes.filter((one) => one.parent === parent)
  return children.flatMap(({ id }) => [
    { id, command: read(`/proc/${String(id)}/cmdline`) },
    ...childrenOf(id),
  ])
}

/** The main processes of the programs that were started with an argument. */
export function programsWith(argument: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      // Not split: Chromium may write its arguments over with spaces between them.
      const command = read(`/proc/${name}/cmdline`)
      return command.includes(argument) && !command.includes('--type=')
    })
    .map(Number)
}

/** Pages of memory that a process holds. */
export function residentMemory(id: number): number {
  return Number(read(`/proc/${String(id)}/statm`).split(' ')[1] ?? 0)
}

export function isAlive(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch {
    return false
  }
}

/** The connections of a process to other machines, as the kernel lists them. */
export function connectionsBeyondThisMachine(id: number): readonly string[] {
  const own = new Set(socketsOf(id))
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) =>
    read(`/proc/${String(id)}/net/${kind}`)
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => own.has(fields[9] ?? '') && !isLocal(fields[2] ?? ''))
      .map((fields) => `${kind} ${fields[2] ?? ''}`),
  )
}

/** What a process has open that is one of its kind: files, sockets and pipes, as the kernel names them. */
export function openFiles(id: number): readonly string[] {
  const folder = `/proc/${String(id)}/fd`
  return names(folder)
    .map((name) => linkOf(`${folder}/${name}`))
    .filter((target) => /^(\/(?!dev\/)|(socket|pipe):)/.test(target))
}

/** Whether a process has loaded a library whose name begins so. */
export function hasLoaded(id: number, library: string): boolean {
  return read(`/proc/${String(id)}/maps`).includes(`/${library}`)
}

/** The inode numbers of a process's sockets. */
function socketsOf(id: number): readonly string[] {
  const folder = `/proc/${String(id)}/fd`
  return names(folder).flatMap((name) => {
    const socket = /^socket:\[(\d+)\]$/.exec(linkOf(`${folder}/${name}`))?.[1]
    return socket === undefined ? [] : [socket]
  })
}

/** A hexadecimal address, in the kernel's byte order: nobody's (not connected), or this machine's own. */
function isLocal(address: string): boolean {
  const [host = ''] = address.split(':')
  return /^0+$/.test(host) || host.endsWith('7F') || host === '00000000000000000000000001000000'
}

function parentOf(name: string): number {
  // The name of the program stands in brackets and may hold anything.
  return Number(read(`/proc/${name}/stat`).split(') ').at(-1)?.split(' ')[1] ?? 0)
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
