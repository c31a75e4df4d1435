/** @file The words and numbers of a painting's progress in the terminal. */
import type { PaintingEventOf } from '../../src-shared/contract/painting-events'
import { assertNever } from '../../src-shared/model/assert-never'
import { formatDuration } from '../../src-shared/model/format'

const LOSS_FORMAT = new Intl.NumberFormat('en', { maximumSignificantDigits: 3, notation: 'compact' })

/** What begins, as a short phrase. */
export function phaseText({ phase, scale, scales, width, height }: PaintingEventOf<'phase'>): string {
  switch (phase) {
    case 'load':
      return 'Loading the network'
    case 'targets':
      return 'Studying the painting'
    case 'paint':
      return `Painting at ${String(width)} × ${String(height)} px${scales > 1 ? `, ${scaleText(scale, scales)}` : ''}`
    case 'save':
      return 'Saving'
    default:
      return assertNever(phase)
  }
}

export function scaleText(scale: number, scales: number): string {
  return `scale ${String(scale)} of ${String(scales)}`
}

export function lossesText({ contentLoss, styleLoss }: PaintingEventOf<'iteration'>): string {
  return `content ${LOSS_FORMAT.format(contentLoss)}, style ${LOSS_FORMAT.format(styleLoss)}`
}

/** Empty until the time that is left can be told. */
export function timeLeftText({ secondsLeft }: PaintingEventOf<'iteration'>): string {
  if (secondsLeft === null) return ''
  return secondsLeft < 1 ? 'almost done' : `${formatDuration(secondsLeft)} left`
}
