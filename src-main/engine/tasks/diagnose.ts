/** @file Tells what this machine and this installation can do, by trying it out. */
import { availableParallelism, arch, cpus, freemem, release, totalmem, type } from 'node:os'
import type { EngineTaskArguments, EngineTaskResult } from '../../../src-shared/contract/engine-tasks'
import type { Diagnosis } from '../../../src-shared/model/diagnosis'
import { readInstallation } from '../../storage/installation'
import { folderBytes, libraryAt } from '../../storage/library'
import { PROGRAM_VERSION } from '../../storage/program-version'
import { listRuns } from '../../storage/run-list'
import { runSelfTest } from '../runtime/self-test'
import { diagnoseWeights } from '../weights/manifest'
import { VGG19_WEIGHTS } from '../weights/vgg19'
import { weightsFolder } from '../weights/weights-folder'
import { processorFeatures } from './processor-features'

/** @throws ImpastoError `session-failed` where no device computes rightly */
export async function diagnose({
  library,
}: EngineTaskArguments<'diagnose'>): Promise<EngineTaskResult<'diagnose'>> {
  const { tensorflow: loadedVersion, ...device } = await runSelfTest()
  const { tensorflow, binding, electron } = await readInstallation()
  return {
    impasto: PROGRAM_VERSION,
    node: { version: process.versions.node, path: process.execPath },
    system: await diagnoseSystem(),
    tensorflow: {
      version: loadedVersion,
      origin: tensorflow?.origin ?? 'not installed by set-up',
      altered: [...(tensorflow?.altered ?? [])],
    },
    binding: binding && { ...binding, altered: [...binding.altered] },
    electron: electron && { ...electron, altered: [...electron.altered] },
    device: { ...device, unused: [...device.unused] },
    weights: await diagnoseWeights(weightsFolder(), VGG19_WEIGHTS),
    library: await diagnoseLibrary(library),
  }
}

async function diagnoseSystem(): Promise<Diagnosis['system']> {
  return {
    platform: `${type()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    features: await processorFeatures(),
    memory: totalmem(),
    memoryFree: freemem(),
  }
}

async function diagnoseLibrary(folder: string): Promise<Diagnosis['library']> {
  const { runs } = await listRuns(libraryAt(folder))
  return { path: folder, bytes: await folderBytes(folder), runs: runs.length }
}
