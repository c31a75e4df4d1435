/**
 * @file The engine process: a plain Node program, forked by the window's main process or by the command line, that
 * turns requests into tasks and their events into messages.
 *
 * [Note: The engine is a plain process] sharp and Electron's GTK do not mix, and a crash of native code must leave
 * the window alive; so nothing below this folder imports Electron, and everything that may crash or block runs here.
 */
import { tasks } from '../tasks'
import { closeInheritedFiles } from './inherited-files'
import { serve } from './serve'

if (process.connected) {
  closeInheritedFiles()
  serve(tasks)
} else {
  process.stderr.write('The engine is started by Impasto itself, not by hand.\n')
  process.exitCode = 2
}
