/** @file A job and a sidecar for tests. */
import { writeFile } from 'node:fs/promises'
import { wholePicture } from '../../../src-shared/model/framing'
import { defaultStyleRecipe } from '../../../src-shared/model/style-recipe'
import { stylizeJobSchema, type StylizeJob } from '../../../src-shared/model/stylize-job'
import { sidecarPath, sidecarSchema, type Sidecar } from '../sidecar'

export function exampleJob(runId: string, folder: string): StylizeJob {
  return stylizeJobSchema.parse({
    kind: 'stylize',
    runId,
    folder,
    photograph: { path: '/pictures/cat.jpg', framing: wholePicture },
    painting: { path: '/pictures/night.webp' },
    initialImage: null,
    recipe: defaultStyleRecipe,
    output: { path: '/pictures/painted.png', overwrite: 'never' },
    resume: false,
  })
}

export const exampleSidecar: Sidecar = sidecarSchema.parse({
  program: 'Impasto',
  programVersion: '0.1.0',
  runId: 'run-1',
  recipe: { ...defaultStyleRecipe, strength: 61 },
  photograph: { name: 'cat.jpg', sha256: 'a'.repeat(64), framing: wholePicture },
  painting: { name: 'night.webp', sha256: 'b'.repeat(64) },
  initialImage: null,
  iteration: 60,
  total: 120,
  complete: false,
  losses: { contentLoss: 12.5, styleLoss: 3.25 },
  machine: { device: 'cpu', tensorflow: '2.21.0', threads: 2, precision: 'float32', seconds: 60 },
})

/** Puts a sidecar beside a picture, which need not be there. */
export function writeSidecar(picture: string, sidecar: Sidecar): Promise<void> {
  return writeFile(sidecarPath(picture), JSON.stringify(sidecar))
}
