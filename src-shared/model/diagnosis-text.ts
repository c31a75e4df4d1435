/** @file A diagnosis as aligned text, for the terminal and to be copied into a report. */
import type { Diagnosis } from './diagnosis'
import { formatBytes } from './format'

const LABEL_WIDTH = 12

/** One fact a line; what is not installed is said to be missing. */
export function diagnosisText(diagnosis: Diagnosis): string {
  const { node, system, device, weights, library } = diagnosis
  const memory = `${formatBytes(system.memory)}, ${formatBytes(system.memoryFree)} free`
  const lines: readonly (readonly [string, string])[] = [
    ['Impasto', diagnosis.impasto],
    ['Node', `${node.version} (${node.path})`],
    ['TensorFlow', partText(diagnosis.tensorflow)],
    ['Binding', partText(diagnosis.binding)],
    ['Electron', partText(diagnosis.electron)],
    ['System', system.platform],
    ['Processor', `${system.processor}, ${String(system.cores)} cores`],
    ['Features', system.features.join(' ') || 'none that matter for speed'],
    ['Memory', memory],
    ['Device', deviceText(device)],
    ...device.unused.map((unused) => ['Not used', `${unused.device}: ${unused.reason}`] as const),
    ['Weights', `${weights.intact ? 'intact' : 'MISSING OR ALTERED'} (${weights.path})`],
    ['', `sha256 ${weights.sha256}`],
    ['Library', `${library.path} (${formatBytes(library.bytes)}, ${countText(library.runs, 'run')})`],
  ]
  return lines.map(([label, text]) => `${label.padEnd(LABEL_WIDTH)}${text}`.trimEnd()).join('\n')
}

function partText(part: Diagnosis['tensorflow']): string {
  if (part === null) return 'not installed'
  const { version, origin, altered } = part
  const state = altered.length === 0 ? 'intact' : `ALTERED; delete and start again: ${altered.join(', ')}`
  return `${version}, ${origin}, ${state}`
}

function deviceText({ kind, name, threads, seconds }: Diagnosis['device']): string {
  const used = `${name} (${kind}, ${countText(threads, 'thread')})`
  return `${used}, self-test computed in ${String(Math.ceil(seconds * 1000))} ms`
}

function countText(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`
}
