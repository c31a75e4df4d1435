/**
 * @file Questions to disks that are not the library's, which may never be answered.
 *
 * [Note: Disks that hang] A network disk whose server is gone neither answers nor refuses, for hours. Node asks from four
 * threads, and a question without an answer keeps one: after four of them nothing is read any more, from any disk. So
 * the folder is asked first, once for all that lies in it, and its files only where it answers.
 */
import { stat } from 'node:fs/promises'

/** The longest that anybody waits for such a disk. */
const LONGEST_MS = 4000

/** How much is waited for by nobody any more, and has not come. */
let unanswered = 0

/** Whether something that took too long still goes on: Node waits for it where it ends in the usual way. */
export function isDiskSilent(): boolean {
  return unanswered > 0
}

/** What `work` gives, `late` where that takes too long; the work itself cannot be stopped. */
export async function withinLimit<Result, Late>(work: Promise<Result>, late: Late): Promise<Result | Late> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<Late>((resolve) => {
    timer = setTimeout(() => {
      unanswered += 1
      const forget = (): void => {
        unanswered -= 1
      }
      work.then(forget, forget)
      resolve(late)
    }, LONGEST_MS)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}

interface Question {
  readonly answered: Promise<true>
  isLate: boolean
}

/** By their folder: questions that have no answer yet. */
const questions = new Map<string, Question>()

/** What `ask` finds out of a file in `folder`, `late` where the disk does not answer. */
export async function askDisk<Answer, Late>(
  folder: string,
  ask: () => Promise<Answer>,
  late: Late,
): Promise<Answer | Late> {
  return (await answers(folder)) ? withinLimit(ask(), late) : late
}

async function answers(folder: string): Promise<boolean> {
  const question = questions.get(folder) ?? questionTo(folder)
  if (question.isLate) return false
  const isAnswered = await withinLimit(question.answered, false)
  question.isLate = !isAnswered
  return isAnswered
}

function questionTo(folder: string): Question {
  // A refusal is an answer too.
  const told = (): true => {
    questions.delete(folder)
    return true
  }
  const question = { answered: stat(folder).then(told, told), isLate: false }
  questions.set(folder, question)
  return question
}
