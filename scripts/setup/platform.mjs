/** @file Where Impasto runs at all, checked before anything else. */
import { SetupError } from './setup-error.mjs'

const oldestNode = { major: 20, minor: 19 }

/**
 * @param {{ platform: string, arch: string, nodeVersion: string }} [machine]
 * @throws {SetupError}
 */
export function checkPlatform(
  { platform, arch, nodeVersion } = {
    platform: process.platform,
    arch: process.arch,
    nodeVersion: process.versions.node,
  },
) {
  if (platform !== 'linux' || arch !== 'x64') {
    throw new SetupError(
      `Impasto runs on Linux on x86-64 processors so far, and this is ${platform} on ${arch}.`,
    )
  }
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number)
  if (major > oldestNode.major || (major === oldestNode.major && minor >= oldestNode.minor)) return
  throw new SetupError(
    `Impasto needs Node.js ${String(oldestNode.major)}.${String(oldestNode.minor)} or newer, and this is ${nodeVersion}: install a newer one, then start again.`,
  )
}
