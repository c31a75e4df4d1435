import { describe, expect, it } from 'vitest'
import { placeLabel } from './place-label'

describe('placeLabel', () => {
  it.each([
    ['/home/ada', '~'],
    ['/home/ada/Pictures/Impasto', '~/Pictures/Impasto'],
    ['/home/adam/Pictures', '/home/adam/Pictures'],
    ['/media/disk', '/media/disk'],
  ])('of %s is %s', (path, label) => {
    expect(placeLabel(path, '/home/ada')).toBe(label)
  })
})
