import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Adam } from './adam'
import { errorsAlong, loadTrajectory, TRAJECTORY_TOLERANCE } from './testing/optimiser-trajectories'
import { normalVector, quadratic } from './testing/problems'

describe('Adam', () => {
  const evaluate = quadratic(normalVector(20, 2), 10)

  function descend(optimiser: Adam, values: Float32Array, iterations: number): void {
    for (let i = 0; i < iterations; i++) optimiser.step(values, evaluate(values).gradient)
  }

  it('moves each value by the learning rate in the first step, whatever the size of the gradient', () => {
    const values = new Float32Array(2)
    Adam.start(2, 0.5).step(values, new Float32Array([1e-3, -1e3]))
    // Short of it by epsilon, 1e-8, beside the gradient: 1e-5 of the step at most.
    expect(values[0]).toBeCloseTo(-0.5, 4)
    expect(values[1]).toBeCloseTo(0.5, 4)
  })

  it("goes where PyTorch's goes", async () => {
    const trajectory = await loadTrajectory('adam')
    const { learningRate } = z.object({ learningRate: z.number() }).parse(trajectory.settings)
    const errors = errorsAlong(trajectory, Adam.start(trajectory.length, learningRate))
    expect(errors).toHaveLength(15)
    expect(Math.max(...errors)).toBeLessThan(TRAJECTORY_TOLERANCE)
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
