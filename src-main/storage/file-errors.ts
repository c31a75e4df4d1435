/** @file What a failed file operation means to a person: the system's codes as the program's own. */
import { dirname } from 'node:path'
import { ImpastoError } from '../../src-shared/errors/impasto-error'

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the disk is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'it is not a folder',
  ELOOP: 'too many links',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EFBIG: 'the file is larger than the disk allows',
  EIO: 'the disk reported an error',
  EBUSY: 'it is in use',
  ETXTBSY: 'it is in use',
}

/** The system's code of a thrown value, such as `ENOENT`; null where it is not a system error. */
export function systemErrorCode(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || !('code' in thrown)) return null
  return typeof thrown.code === 'string' && 'syscall' in thrown ? thrown.code : null
}

/** Why the system refused, in words. */
export function reasonOf(thrown: unknown): string {
  const code = systemErrorCode(thrown)
  if (code !== null) return reasons[code] ?? code
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/** Turns a failure to read `path` into an ImpastoError; what is no system error is handed back unchanged. */
export function inputError(thrown: unknown, path: string): unknown {
  const code = systemErrorCode(thrown)
  if (code === null) return thrown
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new ImpastoError('file-missing', { path }, { cause: thrown })
  if (code === 'EISDIR') return new ImpastoError('not-a-file', { path, kind: 'folder' }, { cause: thrown })
  return new ImpastoError('file-unreadable', { path, reason: reasons[code] ?? code }, { cause: thrown })
}

/** Turns a failure to write `path` into an ImpastoError; what is no system error is handed back unchanged. */
export function outputError(thrown: unknown, path: string): unknown {
  const code = systemErrorCode(thrown)
  switch (code) {
    case null:
      return thrown
    case 'ENOSPC':
    case 'EDQUOT':
      return new ImpastoError('disk-full', { path }, { cause: thrown })
    case 'ENOENT':
    case 'ENOTDIR':
      return new ImpastoError('output-folder-missing', { path: dirname(path) }, { cause: thrown })
    case 'EEXIST':
      return new ImpastoError('output-exists', { path }, { cause: thrown })
    default:
      return new ImpastoError('output-unwritable', { path, reason: reasons[code] ?? code }, { cause: thrown })
  }
}
