/** @file The formats that a painting can be saved in, and the file names that ask for them. */
import { z } from 'zod'

export const outputFormatSchema = z.enum(['png', 'jpeg', 'webp'])
export type OutputFormat = z.infer<typeof outputFormatSchema>

const formatOfExtension: Readonly<Record<string, OutputFormat>> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.webp': 'webp',
}

export const OUTPUT_EXTENSIONS: readonly string[] = Object.keys(formatOfExtension)

/** The format that the name of `path` asks for by its ending, in either case; null where it asks for none. */
export function outputFormatOf(path: string): OutputFormat | null {
  const extension = /\.[^.\\/]+$/.exec(path)?.[0].toLowerCase()
  return extension === undefined ? null : (formatOfExtension[extension] ?? null)
}
