/** @file Where the program's own files lie, seen from the built main script in out/main. */
import { join, resolve } from 'node:path'

export const projectRoot = resolve(import.meta.dirname, '../..')

export const projectFolders = {
  samples: join(projectRoot, 'assets', 'samples'),
  renderer: join(projectRoot, 'out', 'renderer'),
  preload: join(projectRoot, 'out', 'preload', 'index.cjs'),
  engine: join(projectRoot, 'out', 'main', 'engine.js'),
} as const
