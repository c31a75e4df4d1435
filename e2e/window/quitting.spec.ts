/** @file The program ends with its window, also where the system keeps it waiting, and a start meanwhile is no lost one. */
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, expect, test } from '@playwright/test'
import {
  electronPath,
  ImpastoWindow,
  programArguments,
  programEnvironment,
  testFolder,
} from './impasto-window'
import { isAlive } from './processes'

/** A folder for PATH, whose `gio` takes what is to be moved to the bin and never answers. */
function silentBin(folder: string): string {
  const tools = join(folder, 'tools')
  mkdirSync(tools)
  writeFileSync(join(tools, 'gio'), '#!/bin/sh\ntouch "$0.asked"\nexec sleep 40\n')
  chmodSync(join(tools, 'gio'), 0o755)
  return tools
}

test('a bin that does not answer keeps neither the program nor the next window', async () => {
  const folder = testFolder()
  const tools = silentBin(folder)
  const environment = { PATH: `${tools}:${process.env.PATH ?? ''}`, ELECTRON_TRASH: 'gio' }
  const first = await ImpastoWindow.open({ folder, environment })
  const path = await first.ownPicture('photographs/chelsea.png', 'meanwhile.png', 120, 80)
  await first.paintSmall({ size: 64, iterations: 3 })
  await expect(first.dock.getByText('Finished', { exact: true })).toBeVisible()
  await first.page
    .getByRole('radiogroup', { name: 'Paintings made' })
    .getByRole('radio')
    .first()
    .press('Delete')
  await expect(first.page.getByRole('button', { name: 'Undo' })).toBeVisible()
  const program = first.app.process().pid ?? 0
  const portFile = join(folder, 'chromium', 'DevToolsActivePort')
  await first.page.evaluate('void window.impasto.controlWindow({ control: "close" })').catch(() => undefined)
  await expect.poll(() => existsSync(join(tools, 'gio.asked'))).toBe(true)

  const second = spawn(electronPath(), [...programArguments(folder), '--remote-debugging-port=0', path], {
    env: programEnvironment(folder),
    stdio: 'ignore',
  })
  await new Promise((resolve) => second.once('close', resolve))
  // The next one to be written is that of the window that comes.
  rmSync(portFile, { force: true })
  await expect.poll(() => isAlive(program), { timeout: 15_000 }).toBe(false)
  await expect.poll(() => existsSync(portFile), { timeout: 15_000 }).toBe(true)
  const [port] = readFileSync(portFile, 'utf8').split('\n')
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port ?? ''}`)
  const page = browser.contexts()[0]?.pages()[0]
  await expect.poll(() => page?.title()).toBe('Impasto')
  if (page === undefined) throw new Error('There is no window')
  await expect(page.getByRole('complementary', { name: 'Source' }).getByText('meanwhile.png')).toBeVisible()
  // What was not binned is where it was.
  await expect(page.getByRole('radiogroup', { name: 'Paintings made' }).getByRole('radio')).toHaveCount(1)
  expect(readdirSync(join(folder, 'library', 'pictures')).some((name) => name.endsWith('.png'))).toBe(true)

  const session = await browser.newBrowserCDPSession()
  // It may end before it answers.
  await session.send('Browser.close').catch(() => undefined)
  await expect.poll(() => browser.isConnected()).toBe(false)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})
