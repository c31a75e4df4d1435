/** @file Work on many files without opening all of them at once: a process may have 1024 open, or fewer. */

/** What `work` gives for each item, in their order; no more than `most` are worked on at a time. */
export async function mapSomeAtOnce<Item, Result>(
  most: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  const waiting = items.entries()
  const worker = async (): Promise<void> => {
    // All workers take from the same iterator.
    for (const [index, item] of waiting) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker))
  return results
}
