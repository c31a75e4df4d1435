/** @file What the user has to bring, asked for before minutes are spent on anything else. */
import { SetupError } from '../setup-error.mjs'

/** @type {readonly { command: string, args: string[], name: string, debianPackage: string }[]} */
const wanted = [
  { command: 'python3', args: ['--version'], name: 'Python 3', debianPackage: 'python3' },
  {
    command: 'python3',
    args: ['-m', 'pip', '--version'],
    name: "Python's pip",
    debianPackage: 'python3-pip',
  },
  { command: 'g++', args: ['--version'], name: 'the C++ compiler g++', debianPackage: 'g++' },
]

/** @type {import('../steps.mjs').Step} */
export const tools = {
  name: 'tools',
  title: 'Checking Python and the C++ compiler',
  weight: 1,

  // They serve to fetch TensorFlow and to compile its binding; where both are there, nothing is asked of the user.
  isDone({ record }) {
    return record.tensorflow !== undefined && record.binding !== undefined
  },

  async run({ run }) {
    const answers = await Promise.all(wanted.map(({ command, args }) => run(command, args)))
    const missing = wanted.filter((_, index) => answers[index]?.code !== 0)
    if (missing.length === 0) return {}
    const names = missing.map(({ name }) => name).join(' and ')
    const packages = missing.map(({ debianPackage }) => debianPackage).join(' ')
    throw new SetupError(
      `Not found: ${names}; install what is missing (on Debian: apt-get install ${packages}), then start again.`,
    )
  },
}
