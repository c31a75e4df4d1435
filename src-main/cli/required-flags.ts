/**
 * @file Flags that a command cannot do without. The parser's own check would come before that for unknown flags,
 * and so answer a slip of the finger (`--ouput`) with a flag that was given.
 */
import type { OptionValues } from 'commander'
import { ImpastoError } from '../../src-shared/errors/impasto-error'

/** @throws ImpastoError `usage` that names every flag of `names` that was not given */
export function requireFlags(command: string, values: OptionValues, names: readonly string[]): void {
  const missing = names.filter((name) => values[name] === undefined).map((name) => `--${name}`)
  if (missing.length > 0) {
    throw new ImpastoError('usage', { message: `${command} needs ${missing.join(', ')}.` })
  }
}
