/**
 * @file The terminal: results on standard output, everything else on standard error.
 *
 * A reader of standard output that goes away (`impasto … | head -1`) makes writing fail; that ends the work in
 * order, with a checkpoint, instead of by an exception. Without standard error there is nobody to tell.
 */
export class Terminal {
  readonly #closed: Promise<void>

  constructor(
    private readonly output: NodeJS.WriteStream = process.stdout,
    private readonly errors: NodeJS.WriteStream = process.stderr,
  ) {
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
    return this.errors.isTTY ? this.errors : null
  }

  print(line: string): void {
    this.output.write(`${line}\n`)
  }

  tell(line: string): void {
    this.errors.write(`${line}\n`)
  }
}
