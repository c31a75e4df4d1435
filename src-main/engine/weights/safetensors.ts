/**
 * @file Reads and writes the safetensors format: a length, a JSON header, the tensors' bytes.
 *
 * A file may come from anywhere, so nothing in it is believed: the header's length is bounded, its JSON is parsed with
 * zod, and the tensors have to fill the rest of the file without gaps or overlaps, as the format demands.
 */
import { z } from 'zod'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'

/** A tensor in row-major order; `dtype` is safetensors' name of the array's kind. */
export type SafetensorsTensor =
  | { readonly dtype: 'F64'; readonly shape: readonly number[]; readonly values: Float64Array }
  | { readonly dtype: 'F32'; readonly shape: readonly number[]; readonly values: Float32Array }
  | { readonly dtype: 'I32'; readonly shape: readonly number[]; readonly values: Int32Array }
  | { readonly dtype: 'U8'; readonly shape: readonly number[]; readonly values: Uint8Array }

export interface Safetensors {
  readonly metadata: Readonly<Record<string, string>>
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>
}

const LENGTH_BYTES = 8
/** Far above any header of ours; keeps a forged length from making JSON.parse take the memory. */
const MAXIMUM_HEADER_BYTES = 10_000_000
const ELEMENT_BYTES = { F64: 8, F32: 4, I32: 4, U8: 1 } as const

const METADATA = '__metadata__'

/** Not z.record, which drops a tensor named __proto__. */
const plainObject = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
)
const size = z.int().nonnegative()
const entrySchema = z.strictObject({
  dtype: z.enum(['F64', 'F32', 'I32', 'U8']),
  shape: z.array(size).max(8),
  data_offsets: z.tuple([size, size]),
})
type Entry = z.infer<typeof entrySchema>

/**
 * The content of a safetensors file; the tensors are copies.
 * @param path is named in errors.
 * @throws ImpastoError tensor-file-invalid
 */
export function readSafetensors(bytes: Uint8Array, path: string | null = null): Safetensors {
  const invalid = (reason: string): ImpastoError => new ImpastoError('tensor-file-invalid', { path, reason })
  if (bytes.byteLength < LENGTH_BYTES) throw invalid('it ends within its first 8 bytes')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerBytes = Number(view.getBigUint64(0, true))
  const dataStart = LENGTH_BYTES + headerBytes
  if (headerBytes > MAXIMUM_HEADER_BYTES || dataStart > bytes.byteLength) {
    throw invalid(`its header claims ${String(headerBytes)} bytes`)
  }
  const { metadata, entries } = parseHeader(bytes.subarray(LENGTH_BYTES, dataStart), invalid)
  checkLayout(entries, bytes.byteLength - dataStart, invalid)
  const tensors = new Map<string, SafetensorsTensor>()
  for (const [name, { dtype, shape, data_offsets: offsets }] of entries) {
    const data = new Uint8Array(bytes.subarray(dataStart + offsets[0], dataStart + offsets[1]))
    tensors.set(name, tensorOf(dtype, shape, data.buffer))
  }
  return { metadata, tensors }
}

function parseHeader(
  bytes: Uint8Array,
  invalid: (reason: string) => ImpastoError,
): { metadata: Record<string, string>; entries: (readonly [string, Entry])[] } {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    const properties = Object.entries<unknown>(plainObject.parse(json))
    const metadata = properties.find(([name]) => name === METADATA)?.[1] ?? {}
    const tensors = properties.filter(([name]) => name !== METADATA)
    return {
      metadata: z.record(z.string(), z.string()).parse(metadata),
      entries: tensors.map(([name, entry]) => [name, entrySchema.parse(entry)] as const),
    }
  } catch (error) {
    throw invalid(`its header cannot be read (${error instanceof Error ? error.message : String(error)})`)
  }
}

/** The tensors, by offset, must follow each other without a gap and end with the file. */
function checkLayout(
  entries: readonly (readonly [string, Entry])[],
  dataBytes: number,
  invalid: (reason: string) => ImpastoError,
): void {
  const inOrder = entries.toSorted(
    ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  )
  let position = 0
  for (const [name, { dtype, shape, data_offsets: offsets }] of inOrder) {
    const [begin, end] = offsets
    const expected = shape.reduce((product, length) => product * length, ELEMENT_BYTES[dtype])
    if (begin !== position)
      throw invalid(`tensor ${name} begins at ${String(begin)}, not ${String(position)}`)
    if (end - begin !== expected) {
      throw invalid(`tensor ${name} holds ${String(end - begin)} bytes and needs ${String(expected)}`)
    }
    position = end
  }
  if (position !== dataBytes) {
    throw invalid(`its tensors fill ${String(position)} of ${String(dataBytes)} bytes`)
  }
}

function tensorOf(dtype: Entry['dtype'], shape: readonly number[], data: ArrayBuffer): SafetensorsTensor {
  switch (dtype) {
    case 'F64':
      return { dtype, shape, values: new Float64Array(data) }
    case 'F32':
      return { dtype, shape, values: new Float32Array(data) }
    case 'I32':
      return { dtype, shape, values: new Int32Array(data) }
    case 'U8':
      return { dtype, shape, values: new Uint8Array(data) }
  }
}

/**
 * The bytes of a safetensors file. The same content gives the same bytes, whatever the order of the tensors.
 * @throws ImpastoError tensor-file-invalid if a tensor's values do not fill its shape.
 */
export function writeSafetensors({ metadata, tensors }: Safetensors): Uint8Array {
  const inOrder = [...tensors].sort(
    ([nameA, a], [nameB, b]) =>
      ELEMENT_BYTES[b.dtype] - ELEMENT_BYTES[a.dtype] || (nameA < nameB ? -1 : Number(nameA > nameB)),
  )
  const header: [string, unknown][] = [[METADATA, metadata]]
  let dataBytes = 0
  for (const [name, { dtype, shape, values }] of inOrder) {
    if (shape.reduce((product, length) => product * length, 1) !== values.length) {
      const reason = `tensor ${name} has ${String(values.length)} values for the shape [${shape.join(', ')}]`
      throw new ImpastoError('tensor-file-invalid', { path: null, reason })
    }
    header.push([name, { dtype, shape, data_offsets: [dataBytes, dataBytes + values.byteLength] }])
    dataBytes += values.byteLength
  }
  const headerBytes = new TextEncoder().encode(paddedJson(Object.fromEntries(header)))
  const file = new Uint8Array(LENGTH_BYTES + headerBytes.byteLength + dataBytes)
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes.byteLength), true)
  file.set(headerBytes, LENGTH_BYTES)
  let position = LENGTH_BYTES + headerBytes.byteLength
  for (const [, { values }] of inOrder) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), position)
    position += values.byteLength
  }
  return file
}

/** JSON in ASCII, filled up with spaces so that the tensors, largest elements first, lie aligned to 8 bytes. */
function paddedJson(header: Readonly<Record<string, unknown>>): string {
  const ascii = JSON.stringify(header).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return ascii.padEnd(Math.ceil(ascii.length / LENGTH_BYTES) * LENGTH_BYTES)
}
