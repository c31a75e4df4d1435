/** @file End-to-end tests: real Electron, one window at a time, no retries, since a test that fails sometimes fails. */
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // Painting on two cores takes its time, and the engine needs seconds to load.
  timeout: 180_000,
  expect: { timeout: 30_000 },
})
