import { describe, expect, it } from 'vitest'
import { philox } from './philox'

const words = (text: string): number[] => text.split(' ').map((word) => parseInt(word, 16))
const four = (text: string) => words(text) as [number, number, number, number]
const two = (text: string) => words(text) as [number, number]

describe('Philox 4x32-10', () => {
  // From `kat_vectors` of the authors' Random123.
  it.each([
    ['00000000 00000000 00000000 00000000', '00000000 00000000', '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    ['ffffffff ffffffff ffffffff ffffffff', 'ffffffff ffffffff', '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    ['243f6a88 85a308d3 13198a2e 03707344', 'a4093822 299f31d0', 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ])('gives of the counter %s under the key %s what its authors publish', (counter, key, expected) => {
    expect(philox(four(counter), two(key))).toEqual(four(expected))
  })
})
