/** @file How quantities are written for people: one voice for the window and the terminal. */

/** 1 234 567 as `1.2 MB`; decimal units, a space before the unit. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${units[power] ?? 'B'}`
}

/**
 * A duration of `seconds`, rounded so that it promises no more than is known:
 * `8 s`, `40 s`, `2 min 30 s`, `1 h 10 min`.
 */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${String(Math.max(1, Math.round(seconds)))} s`
  if (seconds < 57.5) return `${String(Math.round(seconds / 5) * 5)} s`
  if (seconds < 600) {
    const rounded = Math.round(seconds / 10) * 10
    return joinUnits(Math.floor(rounded / 60), 'min', rounded % 60, 's')
  }
  const minutes = Math.round(seconds / 60)
  return minutes < 60
    ? `${String(minutes)} min`
    : joinUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

function joinUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0
    ? `${String(large)} ${largeUnit}`
    : `${String(large)} ${largeUnit} ${String(small)} ${smallUnit}`
}
