/** @file What the command's exit code says. Scripts rely on these numbers: they never change their meaning. */
import type { ErrorCode, ErrorReport } from '../../src-shared/errors/codes'

export const EXIT_CODES = {
  done: { code: 0, meaning: 'done' },
  failed: { code: 1, meaning: 'something went wrong that should not' },
  usage: { code: 2, meaning: 'the flags or the recipe are not valid' },
  input: { code: 3, meaning: 'a picture is missing or cannot be used' },
  output: { code: 4, meaning: 'the result cannot be saved there' },
  memory: { code: 5, meaning: 'the pictures need more memory than is free' },
  engine: { code: 6, meaning: 'the engine could not start, died, or lacks its weights' },
  run: { code: 7, meaning: 'the run is busy elsewhere, or cannot be resumed' },
  hangUp: { code: 129, meaning: 'ended by SIGHUP; the run can be resumed from its checkpoint' },
  interrupted: {
    code: 130,
    meaning: 'stopped by Ctrl-C (SIGINT); the picture so far is saved, unless a second one followed',
  },
  pipeClosed: {
    code: 141,
    meaning: 'the reader of standard output went away; the run can be resumed from its checkpoint',
  },
  terminated: { code: 143, meaning: 'ended by SIGTERM; the run can be resumed from its checkpoint' },
} as const

export type ExitReason = keyof typeof EXIT_CODES

const REASONS: Readonly<Record<ErrorCode, ExitReason>> = {
  'file-missing': 'input',
  'file-unreadable': 'input',
  'not-a-file': 'input',
  'file-empty': 'input',
  'not-an-image': 'input',
  'image-truncated': 'input',
  'image-too-slow': 'input',
  'image-too-large': 'input',
  'image-too-small': 'input',
  'photograph-too-narrow': 'input',
  'image-format-unsupported': 'input',
  'sizes-differ': 'input',
  'clipboard-empty': 'input',
  'drop-too-large': 'input',
  'output-exists': 'output',
  'picture-changed': 'output',
  'output-folder-missing': 'output',
  'output-is-input': 'output',
  'output-format-unsupported': 'output',
  'folder-of-library': 'output',
  'output-unwritable': 'output',
  'disk-full': 'output',
  'bin-unavailable': 'output',
  usage: 'usage',
  'recipe-invalid': 'usage',
  'recipe-too-new': 'usage',
  'weights-missing': 'engine',
  'weights-altered': 'engine',
  'tensor-file-invalid': 'engine',
  'gradient-undefined': 'failed',
  'network-input-unfit': 'usage',
  'graph-invalid': 'failed',
  'memory-too-small': 'memory',
  'measuring-too-large': 'memory',
  'run-busy': 'run',
  'run-in-use': 'run',
  'run-busy-elsewhere': 'run',
  'nothing-to-resume': 'run',
  'runs-unreadable': 'run',
  'run-too-new': 'run',
  'checkpoint-foreign': 'run',
  'optimisation-diverged': 'failed',
  'session-failed': 'failed',
  'engine-unavailable': 'engine',
  'engine-died': 'engine',
  'run-killed': 'engine',
  unexpected: 'failed',
}

/** The exit code of a failure. */
export function exitCodeOf({ code }: ErrorReport): number {
  return EXIT_CODES[REASONS[code]].code
}
