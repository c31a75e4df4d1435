/** @file What a person at a terminal is shown of a painting. */
import { noticeSentence } from '../../src-shared/contract/notices'
import type { PaintingEvent, PaintingEventOf } from '../../src-shared/contract/painting-events'
import { assertNever } from '../../src-shared/model/assert-never'
import type { ProgressLine } from './progress-line'

const LOSS_FORMAT = new Intl.NumberFormat('en', { maximumSignificantDigits: 3, notation: 'compact' })

/** Previews are pictures, checkpoints go unseen, and the command itself says where the picture lies. */
export function paintingLine(event: PaintingEvent): ProgressLine | null {
  switch (event.event) {
    case 'phase':
      return { kind: 'phase', text: phaseText(event) }
    case 'iteration': {
      const { iteration, total, secondsLeft, scale, scales } = event
      const part = scales > 1 ? scaleText(scale, scales) : ''
      return { kind: 'iteration', iteration, total, part, measures: lossesText(event), secondsLeft }
    }
    case 'notice':
      return { kind: 'notice', text: noticeSentence(event.notice) }
    case 'preview':
    case 'paused':
    case 'checkpoint':
    case 'done':
      return null
    default:
      return assertNever(event)
  }
}

function phaseText({ phase, scale, scales, width, height }: PaintingEventOf<'phase'>): string {
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

function scaleText(scale: number, scales: number): string {
  return `scale ${String(scale)} of ${String(scales)}`
}

function lossesText({ contentLoss, styleLoss }: PaintingEventOf<'iteration'>): string {
  return `content ${LOSS_FORMAT.format(contentLoss)}, style ${LOSS_FORMAT.format(styleLoss)}`
}
