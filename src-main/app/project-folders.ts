/** @file Where the window's own files lie. */
import { join } from 'node:path'
import { projectFolder } from '../storage/project-folder'

export const projectRoot = projectFolder()

export const projectFolders = {
  samples: join(projectRoot, 'assets', 'samples'),
  renderer: join(projectRoot, 'out', 'renderer'),
  preload: join(projectRoot, 'out', 'preload', 'index.cjs'),
  engine: join(projectRoot, 'out', 'main', 'engine.js'),
} as const
