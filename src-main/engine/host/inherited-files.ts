/**
 * @file Closes what the engine was given open without having asked for it.
 *
 * [Note: Inherited files] Electron keeps dozens of sockets, pipes and files open that are not marked to be closed in
 * the programs that it starts. In the engine they would hold the window's connections and the parts of the disk that
 * they lie on for as long as a painting takes. Node marks every file of its own, the channel to its parent
 * included; so when the engine starts, before native code is loaded, the unmarked ones are the inherited ones.
 */
import { closeSync, readdirSync, readFileSync } from 'node:fs'

const LAST_STANDARD_STREAM = 2
/** O_CLOEXEC of Linux, as /proc/ID/fdinfo shows it among a file's flags (proc(5)). */
const CLOSE_ON_EXEC = 0o2000000

/** Does nothing on a system without /proc. */
export function closeInheritedFiles(): void {
  for (const file of openFiles()) {
    if (file > LAST_STANDARD_STREAM && isInherited(file)) close(file)
  }
}

function openFiles(): readonly number[] {
  try {
    return readdirSync('/proc/self/fd').map(Number)
  } catch {
    return []
  }
}

function isInherited(file: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${String(file)}`, 'utf8'))?.[1]
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0
  } catch {
    // Closed since it was listed, as the listing itself is.
    return false
  }
}

function close(file: number): void {
  try {
    closeSync(file)
  } catch {
    // Some files report a failed write when they are closed; closed they are.
  }
}
