import { readFile, writeFile } from 'node:fs/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { checkpointPath } from '../../storage/runs'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import {
  readCheckpoint,
  writeCheckpoint,
  type CheckpointPlan,
  type StylizeCheckpoint,
  type StylizePosition,
} from './stylize-checkpoint'

const checkpoint: StylizeCheckpoint = {
  position: { fingerprint: 'one recipe', scaleIndex: 1, done: 17, seconds: 12.345678901234567 },
  descent: {
    optimiser: {
      kind: 'lbfgs',
      numbers: { history: 20, pairs: 1 },
      vectors: { 'step.0': Float32Array.of(0.1, -2e-38), 'change.0': Float32Array.of(3, 4) },
    },
    numbers: { total: 1 / 3, contentLoss: 2, styleLoss: 3, bestTotal: 1 / 7, rises: 0, rollBacks: 1 },
    vectors: {
      current: Float32Array.of(5, 6),
      gradient: Float32Array.of(7, 8),
      best: Float32Array.of(9, 10),
    },
  },
}

const plan: CheckpointPlan = {
  fingerprint: 'one recipe',
  scales: [
    { iterations: 60, parameters: 1 },
    { iterations: 60, parameters: 2 },
  ],
}

let folder: string
beforeEach(async () => {
  folder = await temporaryFolder()
})

async function expectRefusal(reason: RegExp, expected: CheckpointPlan = plan): Promise<void> {
  await expect(readCheckpoint(folder, expected)).rejects.toMatchObject({
    code: 'checkpoint-foreign',
    data: { path: checkpointPath(folder), reason: expect.stringMatching(reason) as string },
  })
}

describe('a checkpoint', () => {
  it('comes back to the bit', async () => {
    await writeCheckpoint(folder, checkpoint)
    expect(await readCheckpoint(folder, plan)).toEqual(checkpoint)
  })

  it('comes back with losses that are not finite', async () => {
    const { descent } = checkpoint
    const numbers = { ...descent.numbers, total: Infinity, styleLoss: NaN, bestTotal: -Infinity }
    const lost = { ...checkpoint, descent: { ...descent, numbers } }
    await writeCheckpoint(folder, lost)
    expect(await readCheckpoint(folder, plan)).toEqual(lost)
  })

  it('is refused by another recipe', async () => {
    await writeCheckpoint(folder, checkpoint)
    await expectRefusal(/other pictures or settings/, { ...plan, fingerprint: 'another recipe' })
  })

  it('is missed where there is none', async () => {
    await expect(readCheckpoint(folder, plan)).rejects.toMatchObject({ code: 'nothing-to-resume' })
  })

  it('is refused where it is damaged, whichever byte that is', async () => {
    await writeFile(checkpointPath(folder), 'no tensors')
    await expectRefusal(/cannot be read/)
    await writeCheckpoint(folder, checkpoint)
    const whole = await readFile(checkpointPath(folder))
    for (let position = 0; position < whole.length; position += 1) {
      const flipped = Buffer.from(whole)
      flipped.writeUInt8(flipped.readUInt8(position) ^ (1 << (position % 8)), position)
      await writeFile(checkpointPath(folder), flipped)
      await expectRefusal(/cannot be read|is damaged|another version/)
    }
    await writeFile(checkpointPath(folder), whole.subarray(0, whole.length - 1))
    await expectRefusal(/cannot be read/)
  })

  it.each<[string, RegExp, Partial<StylizePosition>]>([
    ['a scale that there is not', /beyond the end/, { scaleIndex: 2 }],
    ['more iterations than there are', /beyond the end/, { done: 61 }],
    ['another scale', /another size/, { scaleIndex: 0 }],
  ])('is refused where it is of %s', async (_, reason, changes) => {
    await writeCheckpoint(folder, { ...checkpoint, position: { ...checkpoint.position, ...changes } })
    await expectRefusal(reason)
  })

  it('is refused where its vectors are of several lengths, no numbers, or too few', async () => {
    const withOptimiser = (changes: Record<string, Float32Array>, pairs = 1): StylizeCheckpoint => {
      const { optimiser } = checkpoint.descent
      const numbers = { ...optimiser.numbers, pairs }
      const vectors = { ...optimiser.vectors, ...changes }
      return {
        ...checkpoint,
        descent: { ...checkpoint.descent, optimiser: { ...optimiser, numbers, vectors } },
      }
    }
    await writeCheckpoint(folder, withOptimiser({ 'step.0': Float32Array.of(1, 2, 3) }))
    await expectRefusal(/another size/)
    await writeCheckpoint(folder, withOptimiser({ 'step.0': Float32Array.of(1, NaN) }))
    await expectRefusal(/no numbers/)
    await writeCheckpoint(folder, withOptimiser({}, 2))
    await expectRefusal(/cannot be read/)
  })
})
