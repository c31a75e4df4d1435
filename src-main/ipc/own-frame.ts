/** @file Who may ask: the top frame of a page of ours, and nothing that it may have been made to embed. */

export const APP_ORIGIN = 'impasto://app'

interface Frame {
  readonly url: string
  readonly parent: unknown
}

/** Whether an address is a page of ours. */
export function isOwnPage(address: string): boolean {
  return URL.canParse(address) && address.startsWith(`${APP_ORIGIN}/`)
}

/** Whether a request comes from the top frame of our own page. A frame that is gone already is not ours. */
export function isOwnFrame(frame: Frame | null): boolean {
  return frame !== null && frame.parent === null && isOwnPage(frame.url)
}
