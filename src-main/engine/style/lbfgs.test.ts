import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Lbfgs } from './lbfgs'
import { errorsAlong, loadTrajectory, TRAJECTORY_TOLERANCE } from './testing/optimiser-trajectories'
import { normalVector, quadratic } from './testing/problems'

const settingsSchema = z.object({ history: z.number(), firstMeanChange: z.number() })

describe('Lbfgs', () => {
  const target = normalVector(50, 1)
  const condition = 100
  const evaluate = quadratic(target, condition)

  function descend(optimiser: Lbfgs, values: Float32Array, iterations: number): number {
    for (let i = 0; i < iterations; i++) optimiser.step(values, evaluate(values).gradient)
    return evaluate(values).total
  }

  it('comes down a quadratic at least as far as conjugate gradients are bound to', () => {
    const steps = 50
    const root = Math.sqrt(condition)
    // Nocedal and Wright, equation 5.36, squared: the loss is the square of the distance in the norm of that equation.
    const bound = 4 * ((root - 1) / (root + 1)) ** (2 * steps) * evaluate(new Float32Array(50)).total
    expect(descend(new Lbfgs(), new Float32Array(50), steps)).toBeLessThan(bound)
  })

  it("goes where PyTorch's goes, past pairs that are skipped and pairs that are dropped", async () => {
    const trajectory = await loadTrajectory('lbfgs')
    const { history, firstMeanChange } = settingsSchema.parse(trajectory.settings)
    const optimiser = new Lbfgs(history, firstMeanChange)
    const errors = errorsAlong(trajectory, optimiser)
    expect(errors).toHaveLength(15)
    expect(Math.max(...errors)).toBeLessThan(TRAJECTORY_TOLERANCE)
    expect(optimiser.state().numbers.pairs).toBe(history)
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
