/**
 * @file The loss of a painting as graph functions.
 *
 *   L = W_c * content + W_s * sum over layers of w_l * style_l / C_l^2 + W_tv * total variation
 *
 * after Gatys, Ecker, Bethge 2016, "Image Style Transfer Using Convolutional Neural Networks", equations 1 to 7; the
 * normalisation by positions and channels is that of Gatys et al. 2017.
 */
import type { Node } from '../graph/node'
import { add, divide, mean, multiply, scale, square, subtract } from '../graph/operations/arithmetic'
import { matMul } from '../graph/operations/linear-algebra'
import { crop, elementCount, reshape } from '../graph/operations/structure'

/** F Fᵀ / (H W): the mean, over all positions, of the products of channels; [1, H, W, C] gives [C, C]. */
export function gramMatrix(features: Node): Node {
  const channels = features.shape.at(-1) ?? null
  const positions = reshape(features, [null, channels])
  const positionCount = scale(elementCount(features, features.dataType), 1 / (channels ?? 1))
  return divide(matMul(positions, positions, { transposeA: true }), positionCount)
}

/** The mean squared difference of two tensors of one shape: of features (content) or of Gram matrices (style). */
export function meanSquaredError(actual: Node, target: Node): Node {
  return mean(square(subtract(actual, target)))
}

/**
 * The mean squared difference between neighbours, across plus down. In squared grey levels per pixel of an image of
 * 0 to 255, [1, H, W, 3], so it does not grow with the size.
 */
export function totalVariation(image: Node): Node {
  const across = subtract(crop(image, margins(2, 1, 0)), crop(image, margins(2, 0, 1)))
  const down = subtract(crop(image, margins(1, 1, 0)), crop(image, margins(1, 0, 1)))
  return add(mean(square(across)), mean(square(down)))
}

/** Margins of an image that take `before` and `after` from one axis. */
function margins(axis: number, before: number, after: number): (readonly [number, number])[] {
  return [0, 1, 2, 3].map((other) => (other === axis ? [before, after] : [0, 0]))
}

/** The sum of products of terms with their weights, all scalars. */
export function weightedSum(terms: readonly (readonly [weight: Node, term: Node])[]): Node {
  return terms.map(([weight, term]) => multiply(weight, term)).reduce(add)
}
