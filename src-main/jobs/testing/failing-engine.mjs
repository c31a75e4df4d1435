/** @file The entry of failing-engine.ts for a Node that reads no TypeScript. */
process.argv[2] = new URL('failing-engine.ts', import.meta.url).pathname
await import('../../storage/testing/run-program.mjs')
