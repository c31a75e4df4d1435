import { createHash } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { diagnoseWeights } from './manifest'
import { readSafetensors } from './safetensors'
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
    const kernel = weights.tensor('block3_conv1/kernel')
    expect(kernel.shape).toEqual([3, 3, 128, 256])
    expect(kernel.values.length).toBe(3 * 3 * 128 * 256)
    expect(weights.tensor('block3_conv1/bias').shape).toEqual([256])
    expect(new Set(kernel.values).size).toBeLessThanOrEqual(256)
    expect(new Set(kernel.values).size).toBeGreaterThan(200)
  })

  it('arrive in RGB, though the file has BGR', async () => {
    const weights = await loadVgg19Weights(original)
    // The published mean of ImageNet: red is the strongest.
    expect(weights.mean).toEqual([123.68, 116.779, 103.939])
    const { tensors } = readSafetensors(await readFile(join(original, FILE)))
    const codebook = tensors.get('block1_conv1/codebook')?.values ?? []
    const indices = tensors.get('block1_conv1/kernel_index')?.values ?? []
    const { values } = weights.tensor('block1_conv1/kernel')
    for (const [window, output] of [
      [0, 0],
      [4, 17],
      [8, 63],
    ] as const) {
      const at = (channel: number): number => (window * 3 + channel) * 64 + output
      expect(values[at(0)]).toBe(codebook[indices[at(2)] ?? 0])
      expect(values[at(1)]).toBe(codebook[indices[at(1)] ?? 0])
    }
  })

  it('have no layer of another name', async () => {
    const weights = await loadVgg19Weights(original)
    expect(() => weights.tensor('block6_conv1/kernel')).toThrow('tensor-file-invalid')
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
