/** @file What a copy of a painting is called, from the name that a person typed. */
import { outputFormatOf } from '../../../src-shared/model/output-format'

/**
 * The path with the ending of a format that paintings can be saved in: its own, or else PNG's after it. A name may hold
 * a dot ("Anna 12.5") that begins no format.
 */
export function withFormatEnding(path: string): string {
  return outputFormatOf(path) === null ? `${path}.png` : path
}
