/**
 * @file The only ipcMain. Every request from a window passes through `handle`: its sender is checked, its
 * arguments are parsed, and its outcome goes back as data.
 */
import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import { requestChannel } from '../../src-shared/contract/window-channels'
import {
  windowRequests,
  type WindowParsedArguments,
  type WindowRequestName,
  type WindowValue,
} from '../../src-shared/contract/window-contract'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { isOwnFrame } from './own-frame'
import { windowReport } from './window-report'

export type WindowHandlers = {
  readonly [Name in WindowRequestName]: (
    requestArguments: WindowParsedArguments<Name>,
  ) => WindowValue<Name> | Promise<WindowValue<Name>>
}

/** Answers the requests of our windows. Called once. */
export function handleRequests(handlers: WindowHandlers): void {
  for (const name of Object.keys(windowRequests) as WindowRequestName[]) {
    handle(name, handlers[name] as ParsedHandler)
  }
}

/** A handler as the channel calls it: with arguments that were parsed by the schema of its name. */
type ParsedHandler = (requestArguments: unknown) => unknown

function handle(name: WindowRequestName, handler: ParsedHandler): void {
  ipcMain.handle(requestChannel(name), async (event, raw: unknown) => {
    try {
      return { ok: true, value: await handler(parseRequest(name, event, raw)) }
    } catch (thrown) {
      return { ok: false, error: windowReport(thrown) }
    }
  })
}

function parseRequest(name: WindowRequestName, event: IpcMainInvokeEvent, raw: unknown): unknown {
  if (!isOwnFrame(event.senderFrame)) {
    throw new ImpastoError('unexpected', { message: `${name} was asked by a page that is not ours.` })
  }
  const parsed = windowRequests[name].arguments.safeParse(raw)
  if (parsed.success) return parsed.data
  throw new ImpastoError('unexpected', { message: `${name} was asked wrongly: ${parsed.error.message}` })
}
