/**
 * @file Random numbers that a run draws anew.
 *
 * [Note: Random streams] What is drawn depends on the seed that is fed and on the node's name, on nothing else: the
 * same in every call with this seed, and whatever else a graph computes. So a training goes on after a break as it
 * would have gone, with a seed of its recipe's number and of the step's. The name must be free, since a number appended
 * to it would depend on the order of building. The generator is Philox 4x32-10 (Salmon et al. 2011, "Parallel random
 * numbers: as easy as 1, 2, 3"), whose key TensorFlow makes of the seed; the first number of the seed is changed by the
 * name's key before.
 */
import type { GradientRule, Node } from '../node'
import { check, checkShape } from './checks'
import { shapeTensor } from './structure'

type RandomKind = 'randomUniform' | 'randomNormal'

function draw(kind: RandomKind, model: Node, seed: Node, name: string): Node {
  checkShape(kind, seed, [2])
  check(kind, seed.dataType === 'int32', `the seed ${seed.name} is ${seed.dataType}`)
  const result = { shape: model.shape, dataType: 'float32' } as const
  return model.graph.add(kind, [shapeTensor(model), seed], {}, result, name)
}

/**
 * Uniform in [0, 1), multiples of 2^-23, float32, of the shape of `model`.
 *
 * @param seed two integers, int32
 * @param name within its scope free; another name draws other numbers
 */
export const randomUniformLike = (model: Node, seed: Node, name: string): Node =>
  draw('randomUniform', model, seed, name)

/** The same, of mean 0 and variance 1, by the transform of Box and Muller (1958). */
export const randomNormalLike = (model: Node, seed: Node, name: string): Node =>
  draw('randomNormal', model, seed, name)

/** What sets the stream of a name apart: 32 bits, FNV-1a (Fowler, Noll and Vo 1991). */
export function streamKey(name: string): number {
  return new TextEncoder()
    .encode(name)
    .reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5 | 0)
}

/** Neither a shape nor a seed has a gradient. */
export const randomGradient: GradientRule<RandomKind> = () => [null, null]
