/** @file What a copy of Electron runs when started as `electron FOLDER`, as the official binary does: the app there. */
import { app } from 'electron'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
if (folder === undefined) {
  process.stderr.write('electron: name the folder of the app to run.\n')
  process.exit(1)
}

const appFolder = resolve(folder)
const manifest = /** @type {{ name: string, version: string, main: string }} */ (
  JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8'))
)
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
app.setName(manifest.name)
// The typings leave these two out, though Electron's own default app uses them.
const undocumented = /** @type {{ setVersion(version: string): void, setAppPath(path: string): void }} */ (
  /** @type {unknown} */ (app)
)
undocumented.setVersion(manifest.version)
undocumented.setAppPath(appFolder)
await import(pathToFileURL(join(appFolder, manifest.main)).href)
