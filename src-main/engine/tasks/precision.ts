/** @file Chooses what the network computes in (see [Note: Reduced precision]). */
import type { StyleRecipe } from '../../../src-shared/model/style-recipe'
import type { Precision } from '../networks/vgg'
import { machineOf } from '../runtime/machine'
import { processorFeatures } from './processor-features'

/** Instruction sets that multiply bfloat16; without one of them it is emulated, and slower than float32. */
const BFLOAT16_FEATURES = ['avx512_bf16', 'amx_bf16']

/**
 * The arithmetic for a recipe on this machine (see also [Note: The plain schedule]).
 */
export async function precisionFor(
  recipe: Pick<StyleRecipe, 'precision' | 'precondition'>,
): Promise<Precision> {
  if (recipe.precision !== 'automatic') return recipe.precision
  if (!recipe.precondition || machineOf().device === 'gpu') return 'float32'
  const features = await processorFeatures()
  return BFLOAT16_FEATURES.some((feature) => features.includes(feature)) ? 'bfloat16' : 'float32'
}
