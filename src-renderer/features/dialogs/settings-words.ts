/** @file What is said where the settings of the last window could not be used. */
import type { SettingsProblem } from '../../../src-shared/contract/window-contract'
import { sentenceOf } from '../../../src-shared/errors/sentences'

export interface ProblemNotice {
  readonly title: string
  readonly text: string
}

export function problemNotice(problem: SettingsProblem): ProblemNotice {
  if (problem.kind === 'unreadable') {
    const { what } = sentenceOf(problem.error, 'window')
    return {
      title: 'Your settings cannot be read',
      text: `${what} The file is left as it is; until it can be read, these hold, and changes only until the window closes.`,
    }
  }
  return {
    title: 'Your settings were damaged',
    text: `These are new ones. What was there is kept in the library as ${problem.name}.`,
  }
}
