import { describe, expect, it } from 'vitest'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { windowReport } from './window-report'

describe('windowReport', () => {
  it('names the file but not where it lies', () => {
    const error = new ImpastoError('image-truncated', { path: '/home/someone/pictures/harbour.tif' })
    expect(windowReport(error)).toEqual({ code: 'image-truncated', data: { path: 'harbour.tif' } })
  })

  it('leaves data without a path as it is', () => {
    const error = new ImpastoError('optimisation-diverged', { iteration: 12 })
    expect(windowReport(error)).toEqual({ code: 'optimisation-diverged', data: { iteration: 12 } })
  })
})
