/**
 * @file The only bridge between the sandboxed window and the main process: named functions, each tied to one
 * channel. Neither ipcRenderer nor an event object gets through, and the path of a dropped file stays here.
 */
import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'
import type {
  NumberedEvent,
  WindowArguments,
  WindowBridge,
  WindowEventName,
  WindowReply,
  WindowRequestName,
} from '../../src-shared/contract/window-contract'
import type { PictureRole } from '../../src-shared/model/window-picture'
import {
  eventChannel,
  LONGEST_DROPPED_NAME,
  MOST_DROPPED_BYTES,
  requestChannel,
} from '../../src-shared/contract/window-channels'

type Request<Name extends WindowRequestName> = (
  requestArguments: WindowArguments<Name>,
) => Promise<WindowReply<Name>>

function request<Name extends WindowRequestName>(name: Name): Request<Name> {
  return (requestArguments) =>
    ipcRenderer.invoke(requestChannel(name), requestArguments) as Promise<WindowReply<Name>>
}

function listen<Name extends WindowEventName>(name: Name): WindowBridge['listen'][Name] {
  return ((listener: (event: NumberedEvent<Name>) => void) => {
    const forward = (_event: IpcRendererEvent, payload: NumberedEvent<Name>): void => {
      listener(payload)
    }
    ipcRenderer.on(eventChannel(name), forward)
    return () => {
      ipcRenderer.off(eventChannel(name), forward)
    }
  }) as WindowBridge['listen'][Name]
}

const openFile = request('openFile')
const openBytes = request('openBytes')

/** A file dragged out of a file manager has a path; a picture dragged out of a web page has only its bytes. */
async function openDroppedFile(file: File, role: PictureRole): Promise<WindowReply<'openFile'>> {
  const path = webUtils.getPathForFile(file)
  if (path !== '') return openFile({ path, role })
  if (file.size > MOST_DROPPED_BYTES) {
    const data = { bytes: file.size, maximum: MOST_DROPPED_BYTES }
    return { ok: false, error: { code: 'drop-too-large', data } }
  }
  const name = file.name.slice(-LONGEST_DROPPED_NAME) || 'picture'
  return openBytes({ name, bytes: new Uint8Array(await file.arrayBuffer()), role })
}

const bridge: WindowBridge = {
  windowState: request('windowState'),
  windowReady: request('windowReady'),
  machine: request('machine'),
  diagnosis: request('diagnosis'),
  choosePicture: request('choosePicture'),
  openDroppedFile: (file, role) => openDroppedFile(file as File, role),
  pastePicture: request('pastePicture'),
  framePhotograph: request('framePhotograph'),
  paint: request('paint'),
  queuePainting: request('queuePainting'),
  moveQueued: request('moveQueued'),
  removeQueued: request('removeQueued'),
  restoreQueued: request('restoreQueued'),
  retryQueued: request('retryQueued'),
  pauseQueue: request('pauseQueue'),
  controlRun: request('controlRun'),
  continueRun: request('continueRun'),
  discardRun: request('discardRun'),
  showResult: request('showResult'),
  deleteResult: request('deleteResult'),
  restoreResult: request('restoreResult'),
  binResult: request('binResult'),
  forgetAbsent: request('forgetAbsent'),
  savePainting: request('savePainting'),
  copyPainting: request('copyPainting'),
  revealPainting: request('revealPainting'),
  keepDesk: request('keepDesk'),
  libraryFacts: request('libraryFacts'),
  choosePicturesFolder: request('choosePicturesFolder'),
  clearCheckpoints: request('clearCheckpoints'),
  changePreferences: request('changePreferences'),
  zoomInterface: request('zoomInterface'),
  retryEngine: request('retryEngine'),
  reportActions: request('reportActions'),
  controlWindow: request('controlWindow'),
  listen: {
    run: listen('run'),
    queue: listen('queue'),
    result: listen('result'),
    engine: listen('engine'),
    opened: listen('opened'),
    refused: listen('refused'),
    action: listen('action'),
    frame: listen('frame'),
  },
}

contextBridge.exposeInMainWorld('impasto', bridge)
