/** @file The gradient rule of every operation. */
import type { GradientRule, OperationKind } from './node'
import { reluGradient, sigmoidGradient, tanhGradient } from './operations/activation'
import {
  absGradient,
  addGradient,
  divideGradient,
  exponentialGradient,
  logarithmGradient,
  maximumGradient,
  multiplyGradient,
  signGradient,
  sqrtGradient,
  squareGradient,
  subtractGradient,
} from './operations/arithmetic'
import { batchNormalisationGradient } from './operations/batch-normalisation'
import { comparisonGradient, selectGradient } from './operations/comparison'
import { biasAddGradient, conv2dGradient } from './operations/convolution'
import { argMaxGradient, gatherGradient, oneHotGradient } from './operations/indexing'
import { matMulGradient, transposeGradient } from './operations/linear-algebra'
import { localResponseNormalisationGradient } from './operations/local-response-normalisation'
import { averagePoolGradient, maxPoolGradient } from './operations/pooling'
import { randomGradient } from './operations/random'
import { broadcastToGradient, sumGradient } from './operations/reduction'
import { softmaxCrossEntropyGradient, softmaxGradient } from './operations/softmax'
import { constantGradient, placeholderGradient } from './operations/source'
import { variableGradient } from './operations/state'
import { bytesOfGradient, castGradient } from './operations/cast'
import {
  concatenateGradient,
  cropGradient,
  elementCountGradient,
  padGradient,
  reshapeGradient,
  shapeOfGradient,
} from './operations/structure'

/**
 * null: the operation occurs only in gradients and in statistics, which nothing here differentiates; a gradient that
 * would have to pass it is refused.
 */
export const gradientRules: { readonly [K in OperationKind]: GradientRule<K> | null } = {
  placeholder: placeholderGradient,
  constant: constantGradient,
  variable: variableGradient,
  randomUniform: randomGradient,
  randomNormal: randomGradient,
  resultOf: null,
  conv2d: conv2dGradient,
  conv2dImageGradient: null,
  conv2dFilterGradient: null,
  biasAdd: biasAddGradient,
  relu: reluGradient,
  reluGradient: null,
  tanh: tanhGradient,
  sigmoid: sigmoidGradient,
  maxPool: maxPoolGradient,
  maxPoolGradient: null,
  averagePool: averagePoolGradient,
  averagePoolGradient: null,
  batchNormalisation: batchNormalisationGradient,
  batchNormalisationGradient: null,
  localResponseNormalisation: localResponseNormalisationGradient,
  localResponseNormalisationGradient: null,
  add: addGradient,
  subtract: subtractGradient,
  multiply: multiplyGradient,
  divide: divideGradient,
  square: squareGradient,
  sqrt: sqrtGradient,
  abs: absGradient,
  sign: signGradient,
  exponential: exponentialGradient,
  logarithm: logarithmGradient,
  maximum: maximumGradient,
  equal: comparisonGradient,
  greater: comparisonGradient,
  greaterOrEqual: comparisonGradient,
  select: selectGradient,
  matMul: matMulGradient,
  transpose: transposeGradient,
  sum: sumGradient,
  broadcastTo: broadcastToGradient,
  gather: gatherGradient,
  gatherGradient: null,
  argMax: argMaxGradient,
  oneHot: oneHotGradient,
  softmax: softmaxGradient,
  softmaxCrossEntropy: softmaxCrossEntropyGradient,
  reshape: reshapeGradient,
  pad: padGradient,
  crop: cropGradient,
  concatenate: concatenateGradient,
  cast: castGradient,
  bytesOf: bytesOfGradient,
  shapeOf: shapeOfGradient,
  elementCount: elementCountGradient,
}
