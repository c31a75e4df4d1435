import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { checkpointPath } from '../../storage/runs'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import { readCheckpoint, writeCheckpoint, type StylizeCheckpoint } from './stylize-checkpoint'

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

describe('a checkpoint', () => {
  it('comes back to the bit', async () => {
    const folder = await temporaryFolder()
    await writeCheckpoint(folder, checkpoint)
    expect(await readCheckpoint(folder, 'one recipe')).toEqual(checkpoint)
  })

  it('is refused by another recipe', async () => {
    const folder = await temporaryFolder()
    await writeCheckpoint(folder, checkpoint)
    await expect(readCheckpoint(folder, 'another recipe')).rejects.toMatchObject({
      code: 'checkpoint-foreign',
    })
  })

  it('is missed where there is none', async () => {
    await expect(readCheckpoint(await temporaryFolder(), '')).rejects.toMatchObject({
      code: 'nothing-to-resume',
    })
  })

  it('is refused where it is damaged', async () => {
    const folder = await temporaryFolder()
    await writeFile(checkpointPath(folder), 'no tensors')
    await expect(readCheckpoint(folder, 'one recipe')).rejects.toMatchObject({ code: 'checkpoint-foreign' })
  })
})
