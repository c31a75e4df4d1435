import { describe, expect, it } from 'vitest'
import { featuresIn } from './processor-features'

describe('featuresIn', () => {
  it('picks the instruction sets that matter, slow to fast', () => {
    const cpuinfo = 'processor\t: 0\nflags\t\t: fpu avx512f avx2 fma sse4_2 avx\nbugs\t\t: none\n'
    expect(featuresIn(cpuinfo)).toEqual(['sse4_2', 'avx', 'fma', 'avx2', 'avx512f'])
  })

  it('finds none where the system lists none', () => {
    expect(featuresIn('')).toEqual([])
    expect(featuresIn('processor\t: 0\nflags_of_old\t: avx2\n')).toEqual([])
  })
})
