/** @file What main is asked to paint: the pair and the recipe as they are now. */
import type { WindowArguments } from '../../src-shared/contract/window-contract'
import { usePicturesStore } from './pictures'
import { useRecipeStore } from './recipe'

/** Null before there is a pair. */
export function paintingRequest(): WindowArguments<'queuePainting'> | null {
  const { photograph, painting, framing } = usePicturesStore()
  const { recipe, initialImage } = useRecipeStore()
  if (photograph === null || painting === null) return null
  return {
    photograph: photograph.id,
    framing,
    painting: painting.id,
    initialImage: recipe.init === 'image' ? (initialImage?.id ?? null) : null,
    recipe,
  }
}
