/**
 * @file What a person reads when something fails: what happened, and what to do.
 * The only place in the program that words errors (see [Note: Errors are codes]).
 *
 * [Note: Two audiences] The window has no flags and the terminal no menus, so a wording that names what to use comes
 * twice, once for each reader. Whether a painting can be resumed is no matter of its error: who offers that looks
 * whether a checkpoint is there.
 */
import { formatBytes } from '../model/format'
import type { ErrorCode, ErrorData, ErrorReport } from './codes'

export interface Sentence {
  /** What happened, one sentence. */
  readonly what: string
  /** What to do, one sentence. */
  readonly todo: string
}

/** Who reads a sentence: a person at the window, or one at a terminal (see [Note: Two audiences]). */
export type Audience = 'window' | 'terminal'

/** Words for both audiences, or the words of each. */
type Wording = string | Readonly<Record<Audience, string>>

interface WordedError {
  readonly what: Wording
  readonly todo: Wording
}

type WordedErrors = { readonly [C in ErrorCode]: (data: ErrorData<C>) => WordedError }

const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path

const makeRoom = (sizeThatFits: number | null): string =>
  sizeThatFits === null
    ? 'Close other programs and try again.'
    : `Paint at ${String(sizeThatFits)} px, or close other programs and try again.`

const faultInTheProgram: Wording = {
  window: 'This is a fault in the program; report it with what “This computer” in the Help menu tells.',
  terminal: 'This is a fault in the program; report it with the text of npx --no impasto doctor.',
}

const reportARepetition: Wording = {
  window: 'Try again; if it happens once more, report it with what “This computer” in the Help menu tells.',
  terminal: 'Try again; if it happens once more, report it with the text of npx --no impasto doctor.',
}

const sentences: WordedErrors = {
  'file-missing': ({ path }) => ({
    what: `${path} does not exist.`,
    todo: 'Check the name and the folder.',
  }),
  'file-unreadable': ({ path, reason }) => ({
    what: `${path} cannot be read: ${reason}.`,
    todo: 'Choose another file, or make this one readable.',
  }),
  'not-a-file': ({ path, kind }) => ({
    what: `${path} is a ${kind}, not a file.`,
    todo: kind === 'folder' ? 'Choose a file in it.' : 'Choose a file instead.',
  }),
  'file-empty': ({ path }) => ({
    what: `${fileName(path)} is empty: it holds 0 bytes.`,
    todo: 'Copy it again from where it came.',
  }),
  'not-an-image': ({ path }) => ({
    what: `${fileName(path)} is not a picture that can be read.`,
    todo: 'Choose a JPEG, PNG, WebP, TIFF, AVIF or GIF file.',
  }),
  'image-truncated': ({ path }) => ({
    what: `${fileName(path)} is damaged or ends early.`,
    todo: 'Copy it again from where it came.',
  }),
  'image-too-slow': ({ path, seconds }) => ({
    what: `${fileName(path)} could not be read within ${String(seconds)} seconds.`,
    todo: 'It may be damaged or made to do harm; open it in another program, save it anew and use that.',
  }),
  'image-too-large': ({ path, width, height, maximumMegapixels }) => ({
    what: `${fileName(path)} measures ${String(width)} × ${String(height)} px, more than ${String(maximumMegapixels)} megapixels.`,
    todo: 'Make a smaller copy and use that.',
  }),
  'image-too-small': ({ path, width, height, minimum }) => ({
    what: `${fileName(path)} measures ${String(width)} × ${String(height)} px; each side needs at least ${String(minimum)} px.`,
    todo: 'Choose a larger picture.',
  }),
  'photograph-too-narrow': ({ path, width, height, minimum }) => ({
    what: `${fileName(path)} is too narrow: its painting would measure ${String(width)} × ${String(height)} px, and each side needs at least ${String(minimum)} px.`,
    todo: 'Crop it to a part that is less narrow, or paint it larger.',
  }),
  'image-format-unsupported': ({ path, format }) => ({
    what: `${fileName(path)} is a ${format} file, which cannot be read.`,
    todo: 'Save it as JPEG, PNG or TIFF and use that.',
  }),
  'clipboard-empty': () => ({
    what: 'The clipboard holds no picture.',
    todo: 'Copy a picture or a picture file first.',
  }),
  'drop-too-large': ({ bytes, maximum }) => ({
    what: `What was dropped takes ${formatBytes(bytes)}, more than the ${formatBytes(maximum)} that can be taken without a file.`,
    todo: 'Save it as a file and open that.',
  }),
  'sizes-differ': ({ image, photograph }) => ({
    what: `The image measures ${image} px and the photograph ${photograph} px.`,
    todo: 'Give two files of the same size.',
  }),
  'output-exists': ({ path }) => ({
    what: `${path} exists already.`,
    todo: {
      window: 'Choose another name.',
      terminal: 'Choose another name, or add --force to replace it.',
    },
  }),
  'picture-changed': ({ path }) => ({
    what: `${path} was changed by another program since it was painted, and is not replaced.`,
    todo: {
      window: 'Give it another name in its folder, then go on with the painting.',
      terminal: 'Give it another name, or add --force to replace it.',
    },
  }),
  'output-folder-missing': ({ path }) => ({
    what: `The folder ${path} does not exist.`,
    todo: {
      window:
        'Connect its disk or make the folder, or choose another one (in the settings, for paintings that are not saved yet); then try again.',
      terminal: 'Make the folder first, or choose another one.',
    },
  }),
  'output-is-input': ({ path }) => ({
    what: `${path} is both an input and the output.`,
    todo: 'Choose another name for the output.',
  }),
  'output-format-unsupported': ({ path, formats }) => ({
    what: `The format of ${fileName(path)} cannot be written.`,
    todo: `End its name in ${formats.join(', ')}.`,
  }),
  'folder-of-library': ({ path }) => ({
    what: `The folder ${fileName(path)} belongs to Impasto's library, where what is not needed any more is deleted.`,
    todo: "Choose a folder outside the library, or the library's own folder for pictures.",
  }),
  'output-unwritable': ({ path, reason }) => ({
    what: `${path} cannot be written: ${reason}.`,
    todo: 'Check that you may write there, or choose another folder.',
  }),
  'disk-full': ({ path }) => ({
    what: `There is no room left on the disk for ${path}.`,
    todo: 'Free some space, then try again; nothing that was saved before is lost.',
  }),
  'bin-unavailable': ({ path, reason }) => ({
    what: `${fileName(path)} could not be moved to the bin (${reason}).`,
    todo: 'It stays where it is; delete it in its folder.',
  }),
  usage: ({ message }) => ({
    what: message,
    todo: {
      window: 'Start Impasto with nothing but the names of pictures.',
      terminal: 'Run the command with --help to see its flags.',
    },
  }),
  'recipe-invalid': ({ path, issues }) => ({
    what: `${path === null ? 'The recipe' : fileName(path)} is not valid: ${issues.join('; ')}.`,
    todo: 'Correct these values.',
  }),
  'recipe-too-new': ({ path, version, newest }) => ({
    what: `${fileName(path)} was written by a newer Impasto (recipe version ${String(version)}, this program reads up to ${String(newest)}).`,
    todo: 'Update Impasto, or write the recipe anew.',
  }),
  'weights-missing': ({ path }) => ({
    what: `The network's weights are missing: ${path}.`,
    todo: 'Restore the file from the project, or install Impasto again.',
  }),
  'weights-altered': ({ path }) => ({
    what: `The network's weights in ${path} are not the ones that Impasto was made with.`,
    todo: 'Restore the file from the project, or install Impasto again.',
  }),
  'tensor-file-invalid': ({ path, reason }) => ({
    what: `${path === null ? 'A tensor file' : fileName(path)} is not a valid safetensors file: ${reason}.`,
    todo: 'Restore the file from where it came.',
  }),
  'gradient-undefined': ({ operation }) => ({
    what: `The operation ${operation} has no gradient.`,
    todo: faultInTheProgram,
  }),
  'network-input-unfit': ({ network, input }) => ({
    what: `${network} cannot be built for pictures of ${input}.`,
    todo: 'Choose a larger input.',
  }),
  'graph-invalid': ({ operation, reason }) => ({
    what: `The operation ${operation} cannot be built: ${reason}.`,
    todo: faultInTheProgram,
  }),
  'session-failed': ({ reason }) => ({
    what: `TensorFlow could not compute a step: ${reason}.`,
    todo: {
      window:
        'Try a smaller size; if it happens once more, report it with what “This computer” in the Help menu tells.',
      terminal:
        'Try a smaller size; if it happens once more, report it with the text of npx --no impasto doctor.',
    },
  }),
  'memory-too-small': ({ needed, free, sizeThatFits }) => ({
    what: `This painting needs about ${formatBytes(needed)} of memory and ${formatBytes(free)} are free.`,
    todo: makeRoom(sizeThatFits),
  }),
  'measuring-too-large': ({ needed, free }) => ({
    what: `Measuring these pictures needs about ${formatBytes(needed)} of memory and ${formatBytes(free)} are free.`,
    todo: 'Measure smaller copies, or close other programs and try again.',
  }),
  'run-busy': ({ processId }) => ({
    what: `Another Impasto (process ${String(processId)}) is painting this very picture.`,
    todo: 'Wait until it has finished, or stop it first.',
  }),
  'run-in-use': ({ use }) =>
    use === 'move'
      ? { what: 'This painting is being moved to another folder.', todo: 'Try again in a moment.' }
      : {
          what: 'This painting is under way.',
          todo: 'Wait until it has finished, or stop it first; then choose the folder again.',
        },
  'run-busy-elsewhere': ({ host, path }) => ({
    what: `Another Impasto, on ${host}, is painting this very picture, or was when it ended.`,
    todo: `Wait until it has finished; where it runs no more, delete ${path}.`,
  }),
  'nothing-to-resume': ({ path }) => ({
    what: {
      window: 'What this painting would go on from is not there any more.',
      terminal: `There is no interrupted run of ${fileName(path)} with these settings.`,
    },
    todo: { window: 'Start the painting anew.', terminal: 'Start it without --resume.' },
  }),
  'runs-unreadable': ({ path, reason }) => ({
    what: `The paintings made before cannot be listed: the folder ${path} cannot be read (${reason}).`,
    todo: 'They are left as they are; make that folder readable, then start Impasto again.',
  }),
  'run-too-new': () => ({
    what: 'This painting was begun by a newer Impasto, and this one cannot read how.',
    todo: 'Go on with that program; the painting was left as it is.',
  }),
  'checkpoint-foreign': ({ path, reason }) => ({
    what: `The checkpoint ${path} cannot be continued: ${reason}.`,
    todo: { window: 'Start the painting anew.', terminal: 'Start it without --resume.' },
  }),
  'optimisation-diverged': ({ iteration }) => ({
    what: `The painting fell apart at iteration ${String(iteration)} and could not be saved by smaller steps.`,
    todo: 'Lower the strength, or start from the photograph.',
  }),
  'engine-unavailable': ({ reason }) => ({
    what: `The painting engine could not start: ${reason}.`,
    todo: {
      window: 'Close Impasto and start it again, which repairs what is missing.',
      terminal: 'Run the set-up again with npm start, then look at npx --no impasto doctor.',
    },
  }),
  'engine-died': ({ cause, detail, sizeThatFits }) => ({
    what:
      cause === 'memory'
        ? 'The painting engine was ended by the system, most likely for want of memory.'
        : `The painting engine stopped unexpectedly (${detail}).`,
    todo: cause === 'memory' ? makeRoom(sizeThatFits) : reportARepetition,
  }),
  'run-killed': ({ iteration }) => ({
    what:
      iteration === null
        ? 'The painting was ended at once; nothing of it was saved yet.'
        : `The painting was ended at once; it is saved up to iteration ${String(iteration)}.`,
    todo: iteration === null ? 'Start it again.' : 'Go on from there, or start it again.',
  }),
  unexpected: ({ message }) => ({
    what: `Something went wrong that should not: ${message.replace(/[.]?$/, '.')}`,
    todo: reportARepetition,
  }),
}

/** The sentences for a report, in the words of the one who reads them. */
export function sentenceOf(report: ErrorReport, audience: Audience): Sentence {
  const word = sentences[report.code] as (data: ErrorReport['data']) => WordedError
  const { what, todo } = word(report.data)
  return { what: wordsFor(audience, what), todo: wordsFor(audience, todo) }
}

function wordsFor(audience: Audience, wording: Wording): string {
  return typeof wording === 'string' ? wording : wording[audience]
}
