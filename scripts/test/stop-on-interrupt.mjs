/** @file Ctrl+C ends the stage that runs, with all its processes. */

/** @returns {AbortSignal} */
export function stopOnInterrupt() {
  const interruption = new AbortController()
  process.once('SIGINT', () => {
    interruption.abort()
    process.exit(130)
  })
  return interruption.signal
}
