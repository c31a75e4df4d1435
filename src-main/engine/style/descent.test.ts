import { describe, expect, it } from 'vitest'
import { Descent, startOptimiser, type Evaluate } from './descent'
import { RawPixels } from './image-parameters'
import { normalVector, quadratic } from './testing/problems'

/** Differences of tens, as grey levels have them. */
const target = normalVector(30, 5).map((value) => 20 * value)
const evaluate = quadratic(target, 30)

function start(from: Evaluate, values = new Float32Array(30)): Descent {
  return Descent.start(new RawPixels(values), startOptimiser('lbfgs', values.length, 'near'), from)
}

/** The quadratic, but evaluation number `fault` gives `loss` instead. */
function faulty(fault: number, loss: number): Evaluate {
  let evaluations = 0
  return (values) => {
    const evaluation = evaluate(values)
    evaluations += 1
    return evaluations === fault ? { ...evaluation, total: loss } : evaluation
  }
}

describe('Descent', () => {
  it('reports the losses of the picture that it leads to', () => {
    const descent = start(evaluate)
    const { total } = descent.advance(1)
    expect(total).toBe(evaluate(descent.pixels()).total)
  })

  it.each([Number.NaN, Infinity, 1e9])(
    'rolls back to the best picture at a loss of %d and goes on with Adam',
    (loss) => {
      const descent = start(faulty(5, loss))
      const before = [descent.advance(1), descent.advance(1), descent.advance(1)].map(({ total }) => total)
      const after = descent.advance(1)
      expect(after.rolledBack).toBe(true)
      expect(after.total).toBe(Math.min(...before))
      expect(descent.state().optimiser.kind).toBe('adam')
    },
  )

  it('gives up when nothing helps, and tells at which iteration of the run', () => {
    let evaluations = 0
    const descent = start((values) => ({
      ...evaluate(values),
      total: (evaluations += 1) === 1 ? 1 : Number.NaN,
    }))
    const before = 60
    // Five roll-backs are borne; the sixth, one an iteration here, is one too many.
    const sixth = { code: 'optimisation-diverged', data: { iteration: before + 6 } }
    expect(() => {
      for (let done = 1; done <= 20; done++) descent.advance(before + done)
    }).toThrow(expect.objectContaining(sixth) as Error)
  })

  it('goes on from a saved state with the same numbers to the bit', () => {
    const whole = new Float32Array(30)
    const uninterrupted = start(evaluate, whole)
    for (let i = 0; i < 12; i++) uninterrupted.advance(1)

    const first = start(evaluate)
    for (let i = 0; i < 7; i++) first.advance(1)
    const state = structuredClone(first.state())
    const values = state.vectors.current.slice()
    const second = Descent.restore(new RawPixels(values), state, evaluate)
    for (let i = 0; i < 5; i++) second.advance(1)
    expect(values).toEqual(whole)
  })

  it('settles on the best picture where the last one is worse', () => {
    const values = new Float32Array(30)
    let evaluations = 0
    // The last evaluation shows a picture that is worse, but not so much that it is rolled back.
    const descent = start((picture) => {
      const evaluation = evaluate(picture)
      evaluations += 1
      return evaluations === 6 ? { ...evaluation, total: 3 * evaluation.total + 1e-9 } : evaluation
    }, values)
    const totals = Array.from({ length: 5 }, () => descent.advance(1).total)
    expect(descent.settle().total).toBe(Math.min(...totals))
    expect(evaluate(values).total).toBe(Math.min(...totals))
  })
})
