/** @file Numbers as the fields write them. */

/** At most two decimals, none that are zero; no grouping, so that it can be typed over. */
export function formatNumber(value: number): string {
  return String(Number(value.toFixed(2)))
}
