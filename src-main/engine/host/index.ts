/**
 * @file The engine process: a plain Node program, forked by the window's main process or by the command line, that
 * turns requests into tasks and their events into messages.
 *
 * [Note: The engine is a plain process] sharp and Electron's GTK do not mix, and a crash of native code must leave
 * the window alive; so nothing below this folder imports Electron, and everything that may crash or block runs here.
 */
import { Host } from './host'

const channel = process.send?.bind(process)
if (channel === undefined) {
  process.stderr.write('The engine is started by Impasto itself, not by hand.\n')
  process.exitCode = 2
} else {
  // A message that finds no parent is lost, which `disconnect` tells; without a callback it would be thrown.
  const host = new Host((message) => channel(message, undefined, undefined, () => undefined))
  process.on('message', (message) => {
    host.receive(message)
  })
  // The parent is gone: end what runs at its next suspension point (checkpoints are kept), then leave.
  process.on('disconnect', () => {
    host.shutDown()
  })
  // A terminal sends its signals to the whole process group; what they mean is decided by the parent.
  process.on('SIGINT', () => undefined)
  host.announce()
}
