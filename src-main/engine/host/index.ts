/**
 * @file The engine process: a plain Node program, forked by the window's main process or by the command line, that
 * turns requests into tasks and their events into messages.
 *
 * [Note: The engine is a plain process] sharp and Electron's GTK do not mix, and a crash of native code must leave
 * the window alive; so nothing below this folder imports Electron, and everything that may crash or block runs here.
 */
import { tasks } from '../tasks'
import { Host } from './host'
import { closeInheritedFiles } from './inherited-files'

const channel = process.send?.bind(process)
if (channel === undefined) {
  process.stderr.write('The engine is started by Impasto itself, not by hand.\n')
  process.exitCode = 2
} else {
  closeInheritedFiles()
  // A message that finds no parent is lost, which `disconnect` tells; without a callback it would be thrown.
  const host = new Host(tasks, (message) => channel(message, undefined, undefined, () => undefined))
  process.on('message', (message) => {
    host.receive(message)
  })
  process.on('disconnect', () => {
    host.abandon()
  })
  // A terminal sends its signals to the whole process group; what they mean is decided by the parent.
  process.on('SIGINT', () => undefined)
  host.announce()
}
