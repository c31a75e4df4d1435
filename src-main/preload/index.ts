/**
 * @file The only bridge between the sandboxed window and the main process: named functions, each tied to one
 * channel. Neither ipcRenderer nor an event object gets through, and the path of a dropped file stays here.
 */
import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'
import type {
  WindowArguments,
  WindowBridge,
  WindowEvent,
  WindowEventName,
  WindowReply,
  WindowRequestName,
} from '../../src-shared/contract/window-contract'
import type { PictureRole } from '../../src-shared/model/window-picture'
import { eventChannel, requestChannel } from '../../src-shared/contract/window-channels'

type Request<Name extends WindowRequestName> = (
  requestArguments: WindowArguments<Name>,
) => Promise<WindowReply<Name>>

function request<Name extends WindowRequestName>(name: Name): Request<Name> {
  return (requestArguments) =>
    ipcRenderer.invoke(requestChannel(name), requestArguments) as Promise<WindowReply<Name>>
}

function listen<Name extends WindowEventName>(name: Name): WindowBridge['listen'][Name] {
  return ((listener: (event: WindowEvent<Name>) => void) => {
    const forward = (_event: IpcRendererEvent, payload: WindowEvent<Name>): void => {
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
  return openBytes({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), role })
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
  controlRun: request('controlRun'),
  continueRun: request('continueRun'),
  resumeRun: request('resumeRun'),
  discardRun: request('discardRun'),
  savePainting: request('savePainting'),
  copyPainting: request('copyPainting'),
  revealPainting: request('revealPainting'),
  changeSettings: request('changeSettings'),
  reportActions: request('reportActions'),
  controlWindow: request('controlWindow'),
  listen: {
    run: listen('run'),
    engine: listen('engine'),
    opened: listen('opened'),
    refused: listen('refused'),
    action: listen('action'),
    frame: listen('frame'),
  },
}

contextBridge.exposeInMainWorld('impasto', bridge)
