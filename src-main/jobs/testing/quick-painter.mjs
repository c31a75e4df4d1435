/** @file The entry of quick-painter.ts for a Node that reads no TypeScript. */
process.argv[2] = new URL('quick-painter.ts', import.meta.url).pathname
await import('../../storage/testing/run-program.mjs')
