/** @file The sentences of notices: what a person should know although nothing failed. */
import { assertNever } from '../model/assert-never'
import type { Notice } from './painting-events'

const unsavedReasons = {
  'disk-full': 'The disk of the library is full',
  unwritable: 'The library takes no files any more',
} as const

export function noticeSentence(notice: Notice): string {
  switch (notice.code) {
    case 'photograph-enlarged':
      return `The photograph is smaller than the size that is painted: it is enlarged from ${String(notice.from)} to ${String(notice.to)} px.`
    case 'optimiser-rolled-back':
      return `The painting grew unstable at iteration ${String(notice.iteration)}: it went back to the best picture and goes on with Adam.`
    case 'resumed':
      return notice.iteration === 0
        ? 'Resumed before the first iteration.'
        : `Resumed from iteration ${String(notice.iteration)}.`
    case 'engine-restarted':
      return notice.iteration === 0
        ? 'The engine stopped and was started again; the painting begins anew.'
        : `The engine stopped and was started again; the painting goes on from iteration ${String(notice.iteration)}.`
    case 'unsaved':
      return `${unsavedReasons[notice.reason]}: the painting goes on, but after an interruption only what was saved before can be resumed.`
    default:
      return assertNever(notice)
  }
}
