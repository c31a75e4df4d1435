/**
 * @file A program that writes a sidecar and a picture into the folder given to it, and kills itself before one of the
 * calls by which it changes the disk: the first, the second … as it is told.
 */
import fileSystem from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { writeTogether } from '../write-atomically'

const [, , folder = '', replace, killedBefore] = process.argv
let calls = 0

function counted<Call extends (...parameters: never[]) => unknown>(call: Call): Call {
  return ((...parameters) => {
    calls += 1
    if (calls === Number(killedBefore)) process.kill(process.pid, 'SIGKILL')
    return call(...parameters)
  }) as Call
}

const { promises } = fileSystem
promises.open = counted(promises.open)
promises.link = counted(promises.link)
promises.rename = counted(promises.rename)
promises.rm = counted(promises.rm)
syncBuiltinESMExports()

const path = join(folder, 'picture.png')
await writeTogether([
  { path: `${path}.json`, data: 'new', replace: replace === 'replace', links: 'replace' },
  { path, data: 'new', replace: replace === 'replace', links: 'follow' },
])
process.disconnect()
