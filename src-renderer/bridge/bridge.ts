/** @file The window's way to the main process: the only place that touches `window.impasto`. */
import type {
  Opened,
  WindowArguments,
  WindowBridge,
  WindowReply,
  WindowRequestName,
  WindowValue,
} from '../../src-shared/contract/window-contract'
import { errorOf } from '../../src-shared/errors/impasto-error'
import type { PictureRole } from '../../src-shared/model/window-picture'

declare global {
  interface Window {
    readonly impasto: WindowBridge
  }
}

type AskedName = Exclude<WindowRequestName, 'openFile' | 'openBytes'>
type Ask<Name extends AskedName> = (requestArguments: WindowArguments<Name>) => Promise<WindowReply<Name>>

/** Asks main for something. @throws ImpastoError what main answered instead */
export async function ask<Name extends AskedName>(
  name: Name,
  requestArguments: WindowArguments<Name>,
): Promise<WindowValue<Name>> {
  return valueOf(await (window.impasto[name] as Ask<Name>)(requestArguments))
}

/** Opens a file of a drop. @throws ImpastoError why it was refused */
export async function openDroppedFile(file: File, role: PictureRole): Promise<Opened> {
  return valueOf(await window.impasto.openDroppedFile(file, role))
}

function valueOf<Name extends WindowRequestName>(reply: WindowReply<Name>): WindowValue<Name> {
  if (reply.ok) return reply.value
  throw errorOf(reply.error)
}
