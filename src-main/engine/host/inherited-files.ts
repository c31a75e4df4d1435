/**
 * @file Closes what the engine was given open without having asked for it.
 *
 * [Note: Inherited files] Electron keeps dozens of files, pipes and sockets open that are not marked to be closed in
 * the programs that it starts: its resources, its data base, the connections of its pages. The engine would hold
 * them for as long as a painting takes. A mark does not tell them from the engine's own, since Node itself marks at
 * its start what it was given. But what is inherited is shared: whatever the parent has open too, beside what it
 * handed over on purpose, does not belong here.
 */
import { closeSync, readdirSync, statSync, type Stats } from 'node:fs'

/** The standard streams and the channel, in the order of `fork` in jobs/engine-process.ts. */
const LAST_HANDED_OVER = 3

/** Does nothing on a system without /proc. */
export function closeInheritedFiles(): void {
  const shared = new Set(openFiles(String(process.ppid)).map(({ identity }) => identity))
  for (const { descriptor, identity } of openFiles('self')) {
    if (descriptor > LAST_HANDED_OVER && shared.has(identity)) close(descriptor)
  }
}

interface OpenFile {
  readonly descriptor: number
  readonly identity: string
}

/** What a process has open that is like no other: devices and the kernel's own objects look alike everywhere. */
function openFiles(processId: string): readonly OpenFile[] {
  const folder = `/proc/${processId}/fd`
  return namesIn(folder).flatMap((name) => {
    const status = statusOf(`${folder}/${name}`)
    if (status === null || !(status.isFile() || status.isFIFO() || status.isSocket())) return []
    return [{ descriptor: Number(name), identity: `${String(status.dev)} ${String(status.ino)}` }]
  })
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function statusOf(path: string): Stats | null {
  try {
    return statSync(path)
  } catch {
    // Closed since it was listed.
    return null
  }
}

function close(descriptor: number): void {
  try {
    closeSync(descriptor)
  } catch {
    // A failed write may be reported only now; closed it is.
  }
}
