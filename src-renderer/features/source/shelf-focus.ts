/** @file Where the focus goes when the tile that has it is taken off its shelf. */
import { nextTick, type Ref } from 'vue'

/** What a shelf is made of; null while it is not there. */
export interface ShelfPlace {
  readonly shelf: Readonly<Ref<HTMLElement | null>>
  /** Adds a picture; it is always there. */
  readonly adder: Readonly<Ref<{ readonly $el: HTMLElement } | null>>
}

/**
 * Takes a tile off by `remove`. The focus goes to its neighbour before, and to what adds a picture where none is left:
 * from where nothing has it, the next press of the same key would delete the painting on the stage.
 */
export async function takeOffShelf({ shelf, adder }: ShelfPlace, remove: () => void): Promise<void> {
  const tiles = [...(shelf.value?.querySelectorAll('[data-tile]') ?? [])]
  const place = tiles.findIndex((tile) => tile.contains(document.activeElement))
  const neighbour = place === -1 ? undefined : (tiles[place + 1] ?? tiles[place - 1])
  neighbour?.querySelector('button')?.focus()
  remove()
  await nextTick()
  if (place !== -1 && document.activeElement === document.body) adder.value?.$el.focus()
}
