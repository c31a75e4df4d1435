import { createHash } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { diagnoseWeights } from './manifest'
import { loadVgg19Weights, VGG19_WEIGHTS } from './vgg19'

const original = fileURLToPath(new URL('../../../weights', import.meta.url))
const FILE = 'vgg19-codebook.safetensors'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'impasto-weights-test-'))
  await cp(original, folder, { recursive: true })
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe('the weights of VGG-19', () => {
  it('hold at most 256 values a layer, over a kernel laid out height, width, in, out', async () => {
    const weights = await loadVgg19Weights(original)
    expect(weights.input).toEqual({ channelOrder: 'bgr', mean: [103.939, 116.779, 123.68] })
    const { kernelShape, kernel, bias } = weights.convolution('block3_conv1')
    expect(kernelShape).toEqual([3, 3, 128, 256])
    expect(kernel.length).toBe(3 * 3 * 128 * 256)
    expect(bias.length).toBe(256)
    expect(new Set(kernel).size).toBeLessThanOrEqual(256)
    expect(new Set(kernel).size).toBeGreaterThan(200)
  })

  it('have no layer of another name', async () => {
    const weights = await loadVgg19Weights(original)
    expect(() => weights.convolution('block6_conv1')).toThrow('tensor-file-invalid')
  })

  it('are reported missing', async () => {
    await rm(join(folder, FILE))
    await expect(loadVgg19Weights(folder)).rejects.toMatchObject({
      code: 'weights-missing',
      data: { path: join(folder, FILE) },
    })
    expect(await diagnoseWeights(folder, VGG19_WEIGHTS)).toMatchObject({ intact: false, sha256: '' })
  })

  it('are reported altered if one bit is', async () => {
    const bytes = await readFile(join(folder, FILE))
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    await writeFile(join(folder, FILE), bytes)
    await expect(loadVgg19Weights(folder)).rejects.toMatchObject({ code: 'weights-altered' })
    const diagnosis = await diagnoseWeights(folder, VGG19_WEIGHTS)
    expect(diagnosis.intact).toBe(false)
    expect(diagnosis.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('are reported altered if cut short', async () => {
    await truncate(join(folder, FILE), 1000)
    await expect(loadVgg19Weights(folder)).rejects.toMatchObject({ code: 'weights-altered' })
  })

  it('are reported altered if the manifest vouches for altered ones', async () => {
    const bytes = await readFile(join(folder, FILE))
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    await writeFile(join(folder, FILE), bytes)
    const manifest = join(folder, 'manifest.json')
    const vouching = (await readFile(manifest, 'utf8')).replace(
      /[0-9a-f]{64}/,
      createHash('sha256').update(bytes).digest('hex'),
    )
    await writeFile(manifest, vouching)
    await expect(loadVgg19Weights(folder)).rejects.toMatchObject({
      code: 'weights-altered',
      data: { path: manifest },
    })
    expect(await diagnoseWeights(folder, VGG19_WEIGHTS)).toMatchObject({ intact: false, path: manifest })
  })

  it('are reported altered if the manifest is not one', async () => {
    await writeFile(join(folder, 'manifest.json'), '{}')
    await expect(loadVgg19Weights(folder)).rejects.toMatchObject({ code: 'weights-altered' })
  })

  it('are reported intact', async () => {
    expect(await diagnoseWeights(original, VGG19_WEIGHTS)).toMatchObject({ intact: true })
  })
})
