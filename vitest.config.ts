import { defineConfig } from 'vitest/config'

/** Loading TensorFlow costs 850 MB a process, so all unit tests share one forked worker. */
export default defineConfig({
  test: {
    include: ['{src-*,scripts,bench}/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    isolate: false,
    testTimeout: 60_000,
    // What another process does takes longer where the machine has much to do.
    expect: { poll: { timeout: 20_000 } },
  },
})
