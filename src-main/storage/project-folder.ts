/** @file Where the program lies, built or not: the folder of its package.json, its weights and its samples. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The nearest folder above the running program that holds a package.json. */
export function projectFolder(): string {
  const start = import.meta.dirname
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
  }
  return start
}
