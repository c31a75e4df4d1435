/** @file Files named on the command line, of this start or of a second one, kept until the window listens. */
import { resolve } from 'node:path'

/** The files among a program's arguments: what is no flag, without the program and the folder that it starts. */
export function filesAmong(programArguments: readonly string[], workingFolder: string): readonly string[] {
  return programArguments
    .filter((argument) => argument !== '' && !argument.startsWith('-'))
    .map((argument) => resolve(workingFolder, argument))
}

export class OutsideFiles {
  #waiting: string[] = []
  #open: ((path: string) => void) | null = null

  add(paths: readonly string[]): void {
    if (this.#open === null) this.#waiting.push(...paths)
    else for (const path of paths) this.#open(path)
  }

  /** Hands over what waits, and from now on what comes. */
  deliverTo(open: (path: string) => void): void {
    this.#open = open
    const waiting = this.#waiting
    this.#waiting = []
    for (const path of waiting) open(path)
  }
}
