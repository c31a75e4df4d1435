/** @file The beginning of a painting, for tests. */
import { wholePicture } from '../framing'
import type { RunStart } from '../run-state'
import { defaultStyleRecipe } from '../style-recipe'

/** A square photograph of 1024 px, painted after itself with the default recipe. */
export function exampleStart(changes: Partial<RunStart> = {}): RunStart {
  const picture = { id: 'a', name: 'a.png', year: null, origin: 'own', width: 1024, height: 1024 } as const
  return {
    runId: 'run',
    photograph: picture,
    framing: wholePicture,
    framed: { image: 'a', width: 1024, height: 1024 },
    painting: picture,
    recipe: defaultStyleRecipe,
    initialImage: null,
    additionalIterations: 0,
    resumedFrom: 0,
    ...changes,
  }
}
