/**
 * @file The terminal: results on standard output, everything else on standard error.
 *
 * [Note: No line speaks to the terminal] A file's name or a recipe's key may hold what a terminal obeys: colours,
 * a new title, a line feed that feigns a line of ours. Such characters are shown as `\u001b` instead. JSON that is
 * printed stays the same JSON: it holds them only within strings, where that is how JSON writes them too.
 *
 * A reader of standard output that goes away (`impasto … | head -1`) makes writing fail; that ends the work in
 * order, with a checkpoint, instead of by an exception. Without standard error there is nobody to tell.
 */
export class Terminal {
  readonly #closed: Promise<void>

  readonly #output: NodeJS.WriteStream
  readonly #errors: NodeJS.WriteStream

  constructor(output: NodeJS.WriteStream = process.stdout, errors: NodeJS.WriteStream = process.stderr) {
    this.#output = output
    this.#errors = errors
    this.#closed = new Promise((resolve) => {
      output.on('error', () => {
        resolve()
      })
    })
    errors.on('error', () => undefined)
  }

  /** Resolves when nobody reads standard output any more. */
  get outputClosed(): Promise<void> {
    return this.#closed
  }

  /** Where a live progress bar may be drawn; null where it is no terminal. */
  get screen(): NodeJS.WriteStream | null {
    return this.#errors.isTTY ? this.#errors : null
  }

  print(...lines: readonly string[]): void {
    for (const line of lines) this.#output.write(`${inert(line)}\n`)
  }

  tell(line: string): void {
    this.#errors.write(`${inert(line)}\n`)
  }
}

/** Control characters, line and paragraph separators, and those that turn the direction of writing around. */
const ACTIVE_CHARACTERS = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu

/** See [Note: No line speaks to the terminal]. */
function inert(line: string): string {
  return line.replace(
    ACTIVE_CHARACTERS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
