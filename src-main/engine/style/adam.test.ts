import { describe, expect, it } from 'vitest'
import { Adam } from './adam'
import { normalVector, quadratic } from './testing/problems'

describe('Adam', () => {
  const evaluate = quadratic(normalVector(20, 2), 10)

  function descend(optimiser: Adam, values: Float32Array, iterations: number): void {
    for (let i = 0; i < iterations; i++) optimiser.step(values, evaluate(values).gradient)
  }

  it('moves each value by the learning rate in the first step, whatever the size of the gradient', () => {
    const values = new Float32Array(2)
    Adam.start(2, 0.5).step(values, new Float32Array([1e-3, -1e3]))
    expect(values[0]).toBeCloseTo(-0.5, 4)
    expect(values[1]).toBeCloseTo(0.5, 4)
  })

  it('comes close to the minimum of a quadratic', () => {
    const values = new Float32Array(20)
    const start = evaluate(values).total
    descend(Adam.start(20, 0.05), values, 300)
    expect(evaluate(values).total).toBeLessThan(start * 1e-3)
  })

  it('goes on from a saved state with the same numbers to the bit', () => {
    const whole = new Float32Array(20)
    descend(Adam.start(20), whole, 12)

    const halves = new Float32Array(20)
    const first = Adam.start(20)
    descend(first, halves, 7)
    descend(Adam.restore(structuredClone(first.state())), halves, 5)
    expect(halves).toEqual(whole)
  })
})
