/** @file What set-up installed beside the program, as it noted it, and whether it is still that. */
import { join } from 'node:path'
import { z } from 'zod'
import { alteredFiles } from './altered-files'
import { readJsonFile } from './json-file'
import { projectFolder } from './project-folder'
import { readSetupRecord } from './setup-record'

const packageSchema = z.object({ version: z.string() })

export interface InstalledPart {
  readonly version: string
  /** Where it came from, in a few words. */
  readonly origin: string
  /** Paths of the files that are missing or hold other bytes than set-up installed. */
  readonly altered: readonly string[]
}

export interface Installation {
  readonly tensorflow: InstalledPart | null
  readonly binding: InstalledPart | null
  readonly electron: InstalledPart | null
}

/** The installation that the running program belongs to. Reads all its bytes, which takes seconds. */
export async function readInstallation(): Promise<Installation> {
  return installationAt(projectFolder())
}

/** The installation in `root`, which holds package.json, node_modules and set-up's record. */
export async function installationAt(root: string): Promise<Installation> {
  const { tensorflow, binding, electron } = await readSetupRecord(root)
  const bindingVersion = await packageVersion(join(root, 'node_modules', '@tensorflow', 'tfjs-node-gpu'))
  return {
    tensorflow:
      tensorflow === undefined
        ? null
        : {
            version: tensorflow.version,
            origin: tensorflow.origin,
            altered: await alteredFiles(tensorflow),
          },
    binding:
      binding === undefined || bindingVersion === null
        ? null
        : {
            version: bindingVersion,
            origin: `compiled here by ${binding.builtWith}`,
            altered: await alteredFiles(binding),
          },
    electron:
      electron === undefined
        ? null
        : {
            version: electron.version,
            origin: `${electron.origin} (${electron.source})`,
            altered: await alteredFiles(electron),
          },
  }
}

async function packageVersion(folder: string): Promise<string | null> {
  return (await readJsonFile(join(folder, 'package.json'), packageSchema))?.version ?? null
}
