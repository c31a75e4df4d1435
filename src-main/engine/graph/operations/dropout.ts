/** @file Dropout (Srivastava et al. 2014, "Dropout: a simple way to prevent neural networks from overfitting"). */
import type { Node } from '../node'
import { multiply, scale } from './arithmetic'
import { cast } from './cast'
import { check } from './checks'
import { less } from './comparison'
import { randomUniformLike } from './random'
import { scalar } from './source'

/**
 * `input` with each element kept with probability `keep`, else 0. What is kept is divided by `keep`, so that the mean
 * stays and a network that infers leaves this out ("inverted" dropout, section 10 of the paper). One mask serves both
 * ways: the gradient passes the elements that were kept.
 *
 * @param seed two integers, int32 (see [Note: Random streams]): a seed for each step
 * @param name within its scope free; another name drops others
 */
export function dropout(input: Node, keep: number, seed: Node, name = 'dropout'): Node {
  check('randomUniform', keep > 0 && keep <= 1, `${String(keep)} is no probability to keep with`)
  const kept = less(randomUniformLike(input, seed, name), scalar(input.graph, keep))
  return multiply(input, scale(cast(kept, input.dataType), 1 / keep))
}
