/** @file How the program is built: three Node entries, one sandboxed preload script, one page. */
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

/** Electron 33 runs Node 20.18, the oldest that any of the three entries meets. */
const nodeTarget = 'node20.18'

export default defineConfig({
  main: {
    build: {
      target: nodeTarget,
      sourcemap: true,
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          app: 'src-main/app/index.ts',
          engine: 'src-main/engine/host/index.ts',
          cli: 'src-main/cli/index.ts',
        },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      target: nodeTarget,
      // A sandboxed preload script can require nothing but electron, so everything else goes into the one file.
      externalizeDeps: false,
      rolldownOptions: {
        input: 'src-main/preload/index.ts',
        output: { format: 'cjs', entryFileNames: 'index.cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [vue()],
    build: {
      target: 'chrome130',
      minify: true,
      // The content security policy lets nothing in from `data:` addresses, so no file becomes one.
      assetsInlineLimit: 0,
      rolldownOptions: { input: 'src-renderer/index.html' },
    },
  },
})
