/**
 * @file The clipboard's pictures and files. From Electron 44 on the clipboard answers with promises and knows no
 * native images: raising Electron changes this file and nothing else.
 */
import { fileURLToPath } from 'node:url'
import { clipboard, nativeImage, type NativeImage } from 'electron'

/** What Electron 33 offers; named here, since the types of the current major no longer do. */
interface ImmediateClipboard {
  readImage(): NativeImage
  readBuffer(format: string): Buffer
  writeImage(image: NativeImage): void
}

const immediate = clipboard as unknown as ImmediateClipboard

/** The picture that was copied, as a PNG file; null where there is none. */
export function copiedPicture(): Uint8Array | null {
  const image = immediate.readImage()
  return image.isEmpty() ? null : image.toPNG()
}

/** The first file of the clipboard's list, as file managers write it; null where there is none. */
export function copiedFile(): string | null {
  const list = immediate.readBuffer('text/uri-list').toString('utf8')
  const address = list.split(/\r?\n/).find((line) => line.startsWith('file://'))
  return address === undefined ? null : fileURLToPath(address)
}

/** @param file the bytes of a PNG or JPEG file */
export function copyPicture(file: Uint8Array): void {
  immediate.writeImage(nativeImage.createFromBuffer(Buffer.from(file)))
}
