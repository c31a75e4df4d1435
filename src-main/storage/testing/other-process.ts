/** @file Runs a module of the program in a real second process. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { build } from 'vite'

/** Bundles the TypeScript file `entry` into `folder` and returns the bundle's path. */
export async function bundle(entry: string, folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'bundle.mjs' } },
    },
  })
  return join(folder, 'bundle.mjs')
}

/** Starts a bundle; killed when the test ends, if it still runs then. */
export function start(bundlePath: string, ...arguments_: readonly string[]): ChildProcess {
  const child = fork(bundlePath, arguments_, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** The next message that a process sends. */
export async function nextMessage(child: ChildProcess): Promise<unknown> {
  const [message] = (await once(child, 'message')) as [unknown]
  return message
}

/** Starts a TypeScript file as it is, with the project's packages at hand; killed when the test ends. */
export function startProgram(path: string, ...arguments_: readonly string[]): ChildProcess {
  return start(join(import.meta.dirname, 'run-program.mjs'), path, ...arguments_)
}
