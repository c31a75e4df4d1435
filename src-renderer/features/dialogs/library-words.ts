/** @file What is said of the paintings that do not lie in the folder that was chosen for them. */
import type { LibraryFacts } from '../../../src-shared/contract/window-contract'
import { sentenceOf } from '../../../src-shared/errors/sentences'
import { formatBytes } from '../../../src-shared/model/format'

/** `3 paintings, 4.1 MB` */
export function countOf({ count, bytes }: { readonly count: number; readonly bytes: number }): string {
  return `${paintings(count)}, ${formatBytes(bytes)}`
}

const paintings = (count: number): string => `${String(count)} ${count === 1 ? 'painting' : 'paintings'}`

export interface ElsewhereNotice {
  readonly kind: 'bad' | 'quiet'
  readonly title: string
  readonly text: string
}

/** How many paintings lie elsewhere, where, and what was in the way of moving them; null where there are none. */
export function elsewhereNotice(elsewhere: LibraryFacts['elsewhere']): ElsewhereNotice | null {
  if (elsewhere.length === 0) return null
  const count = elsewhere.reduce((sum, group) => sum + group.count, 0)
  const stayed = elsewhere.some(({ error }) => error !== null)
  const lines = elsewhere.map(({ error, ...group }) => {
    const reason = error === null ? '' : ` ${sentenceOf(error, 'window').what}`
    return `${countOf(group)}, in ${group.folder}.${reason}`
  })
  const them = count === 1 ? 'it' : 'them'
  return {
    kind: stayed ? 'bad' : 'quiet',
    title: stayed ? `${paintings(count)} could not be moved` : `${paintings(count)} elsewhere`,
    text: [...lines, `Impasto finds ${them} there; choose the folder again to move ${them}.`].join('\n'),
  }
}
