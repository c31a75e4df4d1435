/** @file The checks that run nothing of the program: types, lint, styles, format, architecture, dead code. */
import { projectRoot } from '../setup/project.mjs'
import { commandStage } from './stage.mjs'

const cruised = ['src-shared', 'src-main', 'src-renderer', 'scripts', 'bench', 'e2e']

/** @type {readonly import('./stage.mjs').Stage[]} */
export const staticStages = [
  // The page and the rest have a type program each, so two linters share nothing that one would reuse.
  commandStage(projectRoot, 'lint', ['eslint', '.', '--ignore-pattern=src-renderer', '--max-warnings=0']),
  commandStage(projectRoot, 'lint of the page', ['eslint', 'src-renderer', '--max-warnings=0']),
  commandStage(projectRoot, 'types of the page', ['vue-tsc', '--project', 'tsconfig.renderer.json']),
  commandStage(projectRoot, 'types', ['tsc', '--project', 'tsconfig.json']),
  commandStage(projectRoot, 'types with the current Electron', [
    'tsc',
    '--project',
    'tsconfig.electron-current.json',
  ]),
  commandStage(projectRoot, 'styles', ['stylelint', 'src-renderer/**/*.{css,vue}', '--max-warnings=0']),
  commandStage(projectRoot, 'format', ['prettier', '--check', '.']),
  commandStage(projectRoot, 'dead code', ['knip']),
  commandStage(projectRoot, 'architecture', ['depcruise', '--config', '.dependency-cruiser.cjs', ...cruised]),
]
