/** @file Lets a person choose a picture file, or a folder for pictures. */
import { dialog, type BrowserWindow } from 'electron'
import type { PictureRole } from '../../../src-shared/model/window-picture'

const PICTURES = ['jpg', 'jpeg', 'png', 'webp', 'tif', 'tiff', 'avif', 'gif']

/** The path that was chosen, null where none was. */
export async function choosePictureFile(window: BrowserWindow, role: PictureRole): Promise<string | null> {
  const photograph = role === 'photograph'
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: photograph ? 'Open a photograph, a painting’s recipe or a finished painting' : 'Add a painting',
    properties: ['openFile'],
    filters: [
      { name: 'Pictures', extensions: photograph ? [...PICTURES, 'json'] : PICTURES },
      { name: 'All files', extensions: ['*'] },
    ],
  })
  return filePaths[0] ?? null
}

/** The folder that was chosen for paintings, null where none was. */
export async function choosePicturesFolder(window: BrowserWindow, now: string): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Where paintings are kept',
    defaultPath: now,
    buttonLabel: 'Keep them here',
    properties: ['openDirectory', 'createDirectory'],
  })
  return filePaths[0] ?? null
}
