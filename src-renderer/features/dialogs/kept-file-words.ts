/** @file What is said where the settings or the desk of the last window could not be used. */
import type { KeptFileProblem } from '../../../src-shared/contract/window-contract'
import { sentenceOf } from '../../../src-shared/errors/sentences'

export interface ProblemNotice {
  readonly title: string
  readonly text: string
}

const words = {
  settings: {
    title: (what: string) => `Your settings ${what}`,
    areNew: 'These are new ones.',
    newer: 'were written',
    damaged: 'were damaged',
    until: 'these hold, and changes only until the window closes.',
  },
  desk: {
    title: (what: string) => `Your desk ${what}`,
    areNew: 'This is a new one.',
    newer: 'was left',
    damaged: 'was damaged',
    until: 'this one stands in for it, and lasts only until the window closes.',
  },
}

export function problemNotice(problem: KeptFileProblem): ProblemNotice {
  const { title, areNew, newer, damaged, until } = words[problem.file]
  switch (problem.kind) {
    case 'unreadable':
      return {
        title: title('cannot be read'),
        text: `${sentenceOf(problem.error, 'window').what} The file is left as it is; until it can be read, ${until}`,
      }
    case 'newer':
      return {
        title: title(`${newer} by a newer Impasto`),
        text: `The file is left for that program; meanwhile ${until}`,
      }
    case 'set-aside':
      return {
        title: title(damaged),
        text: `${areNew} What was there is kept in the library as ${problem.name}.`,
      }
  }
}
