/**
 * @file Refuses every request that would leave the program, and remembers it. Nothing in Impasto asks for one, so
 * the record is empty; the end-to-end tests look.
 */
import type { Session } from 'electron'

const OWN_SCHEMES = ['impasto:', 'devtools:']

/** A page that asks again and again must not fill the memory. */
const MOST_REMEMBERED = 100

/** Whether an address leads to our own files. */
export function staysInside(address: string): boolean {
  return URL.canParse(address) && OWN_SCHEMES.includes(new URL(address).protocol)
}

export class NetworkGuard {
  readonly #refused: string[] = []

  /** The addresses that were asked for and refused, the earliest first. */
  get refusedRequests(): readonly string[] {
    return this.#refused
  }

  watch(session: Session): void {
    session.webRequest.onBeforeRequest((details, answer) => {
      const cancel = !staysInside(details.url)
      if (cancel && this.#refused.length < MOST_REMEMBERED) this.#refused.push(details.url)
      answer({ cancel })
    })
  }
}
