import { describe, expect, it } from 'vitest'
import { Lbfgs } from './lbfgs'
import { normalVector, quadratic } from './testing/problems'

describe('Lbfgs', () => {
  const target = normalVector(50, 1)
  const evaluate = quadratic(target, 100)

  function descend(optimiser: Lbfgs, values: Float32Array, iterations: number): number {
    for (let i = 0; i < iterations; i++) optimiser.step(values, evaluate(values).gradient)
    return evaluate(values).total
  }

  it('reaches the minimum of a quadratic with condition 100 in as many steps as it has dimensions', () => {
    expect(descend(new Lbfgs(), new Float32Array(50), 50)).toBeLessThan(1e-6)
  })

  it('skips pairs without positive curvature', () => {
    const optimiser = new Lbfgs()
    const values = new Float32Array(2)
    optimiser.step(values, new Float32Array([1, 1]))
    optimiser.step(values, new Float32Array([1, 1]))
    expect(optimiser.state().numbers.pairs).toBe(0)
  })

  it('keeps at most its history', () => {
    const optimiser = new Lbfgs(3)
    descend(optimiser, new Float32Array(50), 10)
    expect(optimiser.state().numbers.pairs).toBe(3)
  })

  it('goes on from a saved state with the same numbers to the bit', () => {
    const whole = new Float32Array(50)
    descend(new Lbfgs(5), whole, 12)

    const halves = new Float32Array(50)
    const first = new Lbfgs(5)
    descend(first, halves, 7)
    descend(Lbfgs.restore(structuredClone(first.state())), halves, 5)
    expect(halves).toEqual(whole)
  })
})
