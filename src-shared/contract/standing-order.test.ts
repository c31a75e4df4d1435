import { expect, it } from 'vitest'
import { taskControlSchema, type TaskControl } from './engine-messages'
import { FIRST_ORDER, standingOrder } from './standing-order'

/** Every sequence of up to four controls, so that each also comes twice and after each other one. */
function sequences(length: number): readonly (readonly TaskControl[])[] {
  if (length === 0) return [[]]
  const shorter = sequences(length - 1)
  const longest = shorter.filter((sequence) => sequence.length === length - 1)
  return [
    ...shorter,
    ...longest.flatMap((sequence) => taskControlSchema.options.map((control) => [...sequence, control])),
  ]
}

const all = sequences(4)

it('has a table of all sequences', () => {
  expect(all).toHaveLength(1 + 4 + 16 + 64 + 256)
})

it.each(all.map((sequence) => [sequence.join(', ') || 'nothing', sequence] as const))(
  'after %s',
  (_, sequence) => {
    const order = sequence.reduce(standingOrder, FIRST_ORDER)
    if (sequence.includes('cancel')) expect(order).toBe('cancel')
    else if (sequence.includes('stop')) expect(order).toBe('stop')
    else expect(order).toBe(sequence.at(-1) ?? 'resume')
  },
)
