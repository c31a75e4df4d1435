/** @file The gradient rule of every operation. */
import type { GradientRule, OperationKind } from './node'
import { reluGradient } from './operations/activation'
import {
  absGradient,
  addGradient,
  divideGradient,
  multiplyGradient,
  signGradient,
  sqrtGradient,
  squareGradient,
  subtractGradient,
} from './operations/arithmetic'
import { biasAddGradient, conv2dGradient } from './operations/convolution'
import { matMulGradient, transposeGradient } from './operations/linear-algebra'
import { averagePoolGradient, maxPoolGradient } from './operations/pooling'
import { broadcastToGradient, sumGradient } from './operations/reduction'
import { resultOfGradient } from './operations/results'
import { constantGradient, placeholderGradient } from './operations/source'
import { variableGradient } from './operations/state'
import { castGradient } from './operations/cast'
import {
  cropGradient,
  elementCountGradient,
  padGradient,
  reshapeGradient,
  shapeOfGradient,
} from './operations/structure'

/** null: the operation occurs only in gradients, which nothing here differentiates again. */
export const gradientRules: { readonly [K in OperationKind]: GradientRule<K> | null } = {
  placeholder: placeholderGradient,
  constant: constantGradient,
  variable: variableGradient,
  resultOf: resultOfGradient,
  conv2d: conv2dGradient,
  conv2dImageGradient: null,
  conv2dFilterGradient: null,
  biasAdd: biasAddGradient,
  relu: reluGradient,
  reluGradient: null,
  maxPool: maxPoolGradient,
  maxPoolGradient: null,
  averagePool: averagePoolGradient,
  averagePoolGradient: null,
  add: addGradient,
  subtract: subtractGradient,
  multiply: multiplyGradient,
  divide: divideGradient,
  square: squareGradient,
  sqrt: sqrtGradient,
  abs: absGradient,
  sign: signGradient,
  matMul: matMulGradient,
  transpose: transposeGradient,
  sum: sumGradient,
  broadcastTo: broadcastToGradient,
  reshape: reshapeGradient,
  pad: padGradient,
  crop: cropGradient,
  cast: castGradient,
  shapeOf: shapeOfGradient,
  elementCount: elementCountGradient,
}
