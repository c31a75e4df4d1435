/**
 * @file Gives one picture the palette of another: the linear map of colours that makes mean and covariance agree and
 * moves the colours least (Monge's map between Gaussians; Gatys et al. 2016, "Preserving Color", sec. 4.1).
 */
import { EigenvalueDecomposition, Matrix, inverse } from 'ml-matrix'

interface ColourStatistics {
  readonly mean: readonly [number, number, number]
  readonly covariance: Matrix
}

/** Added to the variances, in squared grey levels, so that a picture of one colour has a map too. */
const LEAST_VARIANCE = 1

/**
 * `picture` in the colours of `palette`, both RGB of 0-255, interleaved; clipped to 0-255.
 * x' = A (x - mean_picture) + mean_palette, A = P^-1/2 (P^1/2 S P^1/2)^1/2 P^-1/2 for covariances P and S.
 */
export function withColoursOf(picture: Float32Array, palette: Float32Array): Float32Array {
  const from = statistics(picture)
  const to = statistics(palette)
  const root = squareRoot(from.covariance)
  const inverseRoot = inverse(root)
  const middle = squareRoot(root.mmul(to.covariance).mmul(root))
  const map = inverseRoot.mmul(middle).mmul(inverseRoot).to2DArray()
  const result = new Float32Array(picture.length)
  for (let pixel = 0; pixel < picture.length; pixel += 3) {
    const red = picture[pixel]! - from.mean[0]
    const green = picture[pixel + 1]! - from.mean[1]
    const blue = picture[pixel + 2]! - from.mean[2]
    for (const [channel, [byRed = 0, byGreen = 0, byBlue = 0]] of map.entries()) {
      const value = byRed * red + byGreen * green + byBlue * blue + to.mean[channel]!
      result[pixel + channel] = Math.min(255, Math.max(0, value))
    }
  }
  return result
}

function statistics(pixels: Float32Array): ColourStatistics {
  const count = pixels.length / 3
  const mean: [number, number, number] = [0, 0, 0]
  for (let index = 0; index < pixels.length; index++) mean[index % 3]! += pixels[index]! / count
  const covariance = Matrix.eye(3, 3).mul(LEAST_VARIANCE)
  for (let pixel = 0; pixel < pixels.length; pixel += 3) {
    for (let row = 0; row < 3; row++) {
      const deviation = (pixels[pixel + row]! - mean[row]!) / count
      for (let column = 0; column < 3; column++) {
        const product = deviation * (pixels[pixel + column]! - mean[column]!)
        covariance.set(row, column, covariance.get(row, column) + product)
      }
    }
  }
  return { mean, covariance }
}

/** The symmetric square root of a symmetric positive definite matrix. */
function squareRoot(matrix: Matrix): Matrix {
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  })
  const roots = Matrix.diag(realEigenvalues.map((value) => Math.sqrt(Math.max(0, value))))
  return eigenvectorMatrix.mmul(roots).mmul(eigenvectorMatrix.transpose())
}
