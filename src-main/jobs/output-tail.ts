/** @file The last that a child process wrote, kept for the day it dies; bounded, whatever it writes. */

const MAXIMUM_CHARACTERS = 16_384
const MAXIMUM_LINE = 240

/** How Node, V8 and the C++ library begin the line that says why they end. */
const REASON = /^(?:\w*Error\b.*:|FATAL ERROR|terminate called|what\(\):)/

export class OutputTail {
  #text = ''

  append(chunk: string): void {
    this.#text = (this.#text + chunk).slice(-MAXIMUM_CHARACTERS)
  }

  get text(): string {
    return this.#text
  }

  /** The line that tells most about an end, shortened to fit into a sentence; null where nothing was written. */
  get lastWords(): string | null {
    const lines = this.#text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
    const line = lines.findLast((candidate) => REASON.test(candidate)) ?? lines.at(-1)
    return line?.slice(0, MAXIMUM_LINE) ?? null
  }
}
