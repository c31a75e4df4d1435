/** @file The processor's instruction sets that decide how fast oneDNN computes. */
import { readFile } from 'node:fs/promises'

/** As Linux names them, slow to fast. */
const DECISIVE_FEATURES = [
  'sse4_2',
  'avx',
  'fma',
  'avx2',
  'avx_vnni',
  'avx512f',
  'avx512_vnni',
  'avx512_bf16',
  'amx_bf16',
] as const

/** Those that this processor has; none where the system does not list them. */
export async function processorFeatures(): Promise<string[]> {
  return featuresIn(await readFile('/proc/cpuinfo', 'utf8').catch(() => ''))
}

/** @param cpuinfo the text of /proc/cpuinfo (proc(5)) */
export function featuresIn(cpuinfo: string): string[] {
  const flags = new Set(/^flags\s*:\s*(.*)$/m.exec(cpuinfo)?.[1]?.split(' '))
  return DECISIVE_FEATURES.filter((feature) => flags.has(feature))
}
