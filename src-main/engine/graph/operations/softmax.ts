/** @file Probabilities of classes, and how far they are from what they should be. */
import { ImpastoError } from '../../../../src-shared/errors/impasto-error'
import type { GradientRule, Node } from '../node'
import { check, checkFloatingPoint, checkRank, checkShape, commonDataType } from './checks'
import { multiply, subtract } from './arithmetic'
import { sum } from './reduction'
import { resultOf } from './results'
import { reshape } from './structure'

/** exp(x_i) / sum_j exp(x_j) along the innermost axis. */
export function softmax(input: Node): Node {
  checkFloatingPoint('softmax', input)
  check('softmax', input.shape.length > 0, `${input.name} has no axis`)
  return input.graph.add('softmax', [input], {}, { shape: input.shape, dataType: input.dataType })
}

/**
 * For each row of `logits` [batch, classes], -sum_i l_i log(softmax(row)_i) for the row l of `labels`, in nats: a
 * vector [batch], not yet averaged. The labels are probabilities, whose sum in each row has to be 1 for the gradient to
 * be right; nothing differentiates with respect to them.
 */
export function softmaxCrossEntropy(logits: Node, labels: Node): Node {
  checkRank('softmaxCrossEntropy', logits, 2)
  checkShape('softmaxCrossEntropy', labels, logits.shape)
  checkFloatingPoint('softmaxCrossEntropy', logits)
  const dataType = commonDataType('softmaxCrossEntropy', logits, labels)
  const shape = logits.shape.slice(0, 1)
  return logits.graph.add('softmaxCrossEntropy', [logits, labels], {}, { shape, dataType })
}

/** softmax (upstream - <upstream, softmax>) */
export const softmaxGradient: GradientRule<'softmax'> = (output, upstream) => [
  () => {
    const along = sum(multiply(upstream, output), [output.shape.length - 1], true)
    return multiply(output, subtract(upstream, along))
  },
]

/** softmax(logits) - labels, which the operation gives as its second result. */
export const softmaxCrossEntropyGradient: GradientRule<'softmaxCrossEntropy'> = (loss, upstream) => [
  () => {
    const [{ shape, dataType }] = loss.inputs
    return multiply(reshape(upstream, [...loss.shape, 1]), resultOf(loss, 1, shape, dataType))
  },
  () => {
    throw new ImpastoError('gradient-undefined', { operation: loss.kind })
  },
]
