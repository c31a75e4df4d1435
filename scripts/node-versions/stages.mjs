/** @file What is tried with each Node. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProcess } from '../setup/processes.mjs'
import { projectRoot } from '../setup/project.mjs'
import { runUnitTests } from '../test/unit-stage.mjs'

const samples = join(projectRoot, 'assets/samples')

/**
 * @param {import('./nodes.mjs').Node} node
 * @returns {readonly import('../test/stage.mjs').Stage[]}
 */
export function stagesWith({ version, path }) {
  return [
    {
      name: `Node ${version}, unit tests`,
      run: (signal) => runUnitTests({ signal, node: path }),
    },
    {
      name: `Node ${version}, a painting`,
      run: (signal) => paint(path, signal),
    },
  ]
}

/**
 * A small painting through the command line, whose engine runs on the same Node.
 *
 * @param {string} node
 * @param {AbortSignal} signal
 * @returns {Promise<import('../test/stage.mjs').StageResult>}
 */
async function paint(node, signal) {
  const folder = mkdtempSync(join(tmpdir(), 'impasto-node-'))
  const painted = join(folder, 'painted.png')
  const files = {
    '--content': join(samples, 'photographs/coffee.png'),
    '--style': join(samples, 'paintings/night-cafe.webp'),
    '--output': painted,
  }
  try {
    const { code, output } = await runProcess(
      node,
      [
        join(projectRoot, 'out/main/cli.js'),
        ...['stylize', ...Object.entries(files).flat()],
        ...['--size', '160', '--iterations', '5'],
      ],
      {
        signal,
        environment: { ...process.env, IMPASTO_LIBRARY: join(folder, 'library'), IMPASTO_NODE: node },
      },
    )
    const passed = code === 0 && existsSync(painted)
    return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, output }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
