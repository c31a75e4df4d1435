/** @file Reads and writes JSON files: parsed by a schema on the way in, written whole on the way out. */
import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { inputError } from './file-errors'
import { writeAtomically } from './write-atomically'

/**
 * The content of a JSON file that the program wrote itself; null where the file is missing or is not what
 * `schema` describes, as a file from before a crash or from another version is no reason to fail.
 *
 * @throws ImpastoError `file-unreadable`
 */
export async function readJsonFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  const text = await readTextFile(path)
  return text === null ? null : (schema.safeParse(parseJson(text)).data ?? null)
}

/** @throws ImpastoError `disk-full`, `output-unwritable` */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  await writeAtomically(path, jsonText(value))
}

/** A value as the text of a JSON file. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** The value that `text` holds as JSON, undefined where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The text of a file, null where there is none. */
async function readTextFile(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const failure = inputError(error, path)
    if (failure instanceof ImpastoError && failure.code === 'file-missing') return null
    throw failure
  }
}
