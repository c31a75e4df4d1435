import { describe, expect, it } from 'vitest'
import { readSafetensors, writeSafetensors, type Safetensors } from './safetensors'

const sample: Safetensors = {
  metadata: { note: 'Größe 5 × 7 🎨' },
  tensors: new Map([
    ['bytes', { dtype: 'U8', shape: [3], values: Uint8Array.of(0, 128, 255) }],
    ['façade', { dtype: 'F32', shape: [2, 1], values: Float32Array.of(-1.5, Infinity) }],
    ['none', { dtype: 'F32', shape: [0, 4], values: new Float32Array(0) }],
    ['__proto__', { dtype: 'I32', shape: [], values: Int32Array.of(-7) }],
    ['double', { dtype: 'F64', shape: [1], values: Float64Array.of(Math.PI) }],
  ]),
}

/** A file with a header of any content. */
function fileOf(header: unknown, data: readonly number[] = []): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const file = new Uint8Array(8 + json.length + data.length)
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true)
  file.set(json, 8)
  file.set(data, 8 + json.length)
  return file
}

describe('safetensors', () => {
  it('come back as they were written', () => {
    const { metadata, tensors } = readSafetensors(writeSafetensors(sample))
    expect(metadata).toEqual(sample.metadata)
    expect(new Map([...tensors].sort())).toEqual(new Map([...sample.tensors].sort()))
  })

  it('come back from a view into a larger buffer, as copies', () => {
    const written = writeSafetensors(sample)
    const shared = Buffer.concat([Buffer.from([1, 2, 3]), written]).subarray(3)
    const { tensors } = readSafetensors(shared)
    shared.fill(0)
    expect(tensors.get('double')?.values[0]).toBe(Math.PI)
  })

  it('are written the same whatever their order, and aligned', () => {
    const reversed = { ...sample, tensors: new Map([...sample.tensors].reverse()) }
    const written = writeSafetensors(sample)
    expect(writeSafetensors(reversed)).toEqual(written)
    expect(new DataView(written.buffer).getBigUint64(0, true) % 8n).toBe(0n)
  })

  it('are not written if values do not fill a shape', () => {
    const tensors = new Map([['a', { dtype: 'U8', shape: [2], values: Uint8Array.of(1) } as const]])
    expect(() => writeSafetensors({ metadata: {}, tensors })).toThrow('tensor-file-invalid')
  })
})

const u8 = (shape: unknown, begin: unknown, end: unknown) => ({
  dtype: 'U8',
  shape,
  data_offsets: [begin, end],
})

describe('a safetensors file is refused', () => {
  it.each([
    ['that is empty', new Uint8Array(0)],
    ['that ends in its length', Uint8Array.of(1, 0, 0)],
    ['whose header is longer than the file', Uint8Array.of(100, 0, 0, 0, 0, 0, 0, 0, 123)],
    ['whose header claims 2^63 bytes', Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 128)],
    ['whose header is no JSON', fileOf('{"a":')],
    ['whose header is no UTF-8', Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe)],
    ['whose header is a list', fileOf([])],
    ['whose metadata is no text', fileOf({ __metadata__: { a: 1 } })],
    ['with an unknown type', fileOf({ a: { dtype: 'F8', shape: [1], data_offsets: [0, 1] } }, [1])],
    ['with a negative size', fileOf({ a: u8([-1], 0, 1) }, [1])],
    ['with a fractional size', fileOf({ a: u8([0.5, 2], 0, 1) }, [1])],
    ['with a size beyond counting', fileOf({ a: u8([2 ** 53, 2 ** 53], 0, 1) }, [1])],
    ['with a tensor of another size than its shape', fileOf({ a: u8([2], 0, 1) }, [1])],
    ['with a tensor that ends before it begins', fileOf({ a: u8([1], 1, 0) }, [1])],
    ['with a tensor beyond its end', fileOf({ a: u8([2], 0, 2) }, [1])],
    ['with overlapping tensors', fileOf({ a: u8([2], 0, 2), b: u8([2], 1, 3) }, [1, 2, 3])],
    ['with a gap between tensors', fileOf({ a: u8([1], 0, 1), b: u8([1], 2, 3) }, [1, 2, 3])],
    ['with bytes after its tensors', fileOf({ a: u8([1], 0, 1) }, [1, 2])],
  ])('%s', (_, file) => {
    expect(() => readSafetensors(file, 'somewhere')).toThrow('tensor-file-invalid')
  })
})
