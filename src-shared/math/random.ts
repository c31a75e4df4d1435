/**
 * @file Counter-based random numbers: the n-th number of a stream is a function of (seed, stream, n) alone, so the
 * order in which numbers are asked for never matters and two runs of a recipe see the same ones.
 */

const GOLDEN = 0x9e3779b9

/** A 32-bit integer that depends on every bit of its input: the finaliser of MurmurHash3 (Appleby 2011). */
function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Uniform in (0, 1), never the ends. */
export function randomUniform(seed: number, stream: number, index: number): number {
  const bits = mix(index + Math.imul(mix(stream + Math.imul(mix(seed), GOLDEN)), GOLDEN))
  return (bits + 0.5) / 2 ** 32
}

/** Standard normal, by the transform of Box and Muller (1958). */
export function randomNormal(seed: number, stream: number, index: number): number {
  const radius = Math.sqrt(-2 * Math.log(randomUniform(seed, stream, 2 * index)))
  return radius * Math.cos(2 * Math.PI * randomUniform(seed, stream, 2 * index + 1))
}
