/** @file A terminal that is no screen, and everything that was written to it. */
import { Writable } from 'node:stream'
import { Terminal } from '../terminal'

/** A stream that keeps the text that is written to it. */
export class RecordedStream extends Writable {
  text = ''

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString('utf8')
    done()
  }
}

export interface RecordedTerminal {
  readonly terminal: Terminal
  readonly output: RecordedStream
  readonly errors: RecordedStream
}

export function recordedTerminal(): RecordedTerminal {
  const [output, errors] = [new RecordedStream(), new RecordedStream()]
  const terminal = new Terminal(
    output as unknown as NodeJS.WriteStream,
    errors as unknown as NodeJS.WriteStream,
  )
  return { terminal, output, errors }
}
