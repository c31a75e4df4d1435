/**
 * @file The random numbers that TensorFlow draws without state, computed here: Philox 4x32-10 (Salmon et al. 2011,
 * "Parallel random numbers: as easy as 1, 2, 3") under a key made of the seed.
 */

type Key = readonly [number, number]
type Block = readonly [number, number, number, number]

const ROUNDS = 10
const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const
/** What is added to the key after each round: the golden ratio and the root of 3 less 1, as fractions of 2^32. */
const KEY_STEPS: Key = [0x9e3779b9, 0xbb67ae85]
/** TensorFlow scrambles a seed by this key, so that seeds may differ in any of their bits. */
const SCRAMBLING_KEY: Key = [0x3ec8f720, 0x02461e29]
/** The transform of Box and Muller takes nothing smaller for a uniform number: there is no logarithm of 0. */
const LEAST_UNIFORM = Math.fround(1e-7)

/** Four random words of 32 bits for each counter. */
export function philox(counter: Block, key: Key): Block {
  let words = counter
  for (let round = 0; round < ROUNDS; round += 1) {
    const [a, b, c, d] = words
    const roundKey = KEY_STEPS.map((step, half) => (key[half] ?? 0) + Math.imul(round, step))
    words = [
      (highWord(MULTIPLIERS[1], c) ^ b ^ (roundKey[0] ?? 0)) >>> 0,
      Math.imul(MULTIPLIERS[1], c) >>> 0,
      (highWord(MULTIPLIERS[0], a) ^ d ^ (roundKey[1] ?? 0)) >>> 0,
      Math.imul(MULTIPLIERS[0], a) >>> 0,
    ]
  }
  return words
}

/** The upper 32 bits of the product of two words. */
function highWord(a: number, b: number): number {
  const [lowA, highA, lowB, highB] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16]
  const middle = highA * lowB + ((lowA * lowB) >>> 16)
  const carried = lowA * highB + (middle % 2 ** 16)
  return highA * highB + Math.floor(middle / 2 ** 16) + Math.floor(carried / 2 ** 16)
}

/** Uniform numbers in [0, 1): the lower 23 bits of each word. */
export function statelessUniform(count: number, seed: Key): Float32Array {
  return drawn(count, seed, (words) => words.map(uniform))
}

/** Numbers of mean 0 and variance 1, a pair from each pair of words. */
export function statelessNormal(count: number, seed: Key): Float32Array {
  return drawn(count, seed, ([a, b, c, d]) => [...normalPair(a, b), ...normalPair(c, d)])
}

/** `count` numbers, four from each block of words. */
function drawn(count: number, seed: Key, numbersOf: (words: Block) => readonly number[]): Float32Array {
  const [low, high, upperCounter, upperCounterEnd] = philox(
    [seed[0] >>> 0, signWord(seed[0]), seed[1] >>> 0, signWord(seed[1])],
    SCRAMBLING_KEY,
  )
  const values = new Float32Array(count)
  for (let start = 0; start < count; start += 4) {
    const words = philox([start / 4, 0, upperCounter, upperCounterEnd], [low, high])
    values.set(numbersOf(words).slice(0, count - start), start)
  }
  return values
}

/** The upper word of an integer of 32 bits as one of 64. */
const signWord = (value: number): number => (value < 0 ? 0xffffffff : 0)

const uniform = (word: number): number => (word & 0x7fffff) / 2 ** 23

function normalPair(a: number, b: number): readonly [number, number] {
  const radius = Math.sqrt(-2 * Math.log(Math.max(uniform(a), LEAST_UNIFORM)))
  const angle = 2 * Math.PI * uniform(b)
  return [radius * Math.sin(angle), radius * Math.cos(angle)]
}
