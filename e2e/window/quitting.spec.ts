/** @file The program ends with its window, also where the system keeps it waiting, and a start meanwhile is no lost one. */
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import {
  electronPath,
  ImpastoWindow,
  programArguments,
  programEnvironment,
  testFolder,
} from './impasto-window'
import { isAlive, programsWith } from './processes'

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
  await first.page.evaluate('void window.impasto.controlWindow({ control: "close" })').catch(() => undefined)
  await expect.poll(() => existsSync(join(tools, 'gio.asked'))).toBe(true)

  const second = spawn(electronPath(), [...programArguments(folder), path], {
    env: programEnvironment(folder),
    stdio: 'ignore',
  })
  await new Promise((resolve) => second.once('close', resolve))
  await expect.poll(() => isAlive(program), { timeout: 15_000 }).toBe(false)
  // The window that comes opens the file, and writes down that it lies on the desk.
  const desk = (): string => readFileSync(join(folder, 'library', 'desk.json'), 'utf8')
  await expect.poll(desk, { timeout: 30_000 }).toContain('meanwhile.png')
  // What was not binned is where it was.
  expect(readdirSync(join(folder, 'library', 'pictures')).some((name) => name.endsWith('.png'))).toBe(true)

  const [next] = programsWith(`--user-data-dir=${join(folder, 'chromium')}`)
  if (next === undefined) throw new Error('There is no program')
  process.kill(next)
  await expect.poll(() => isAlive(next), { timeout: 15_000 }).toBe(false)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

test('a disk that does not answer while paintings are moved does not keep the program', async () => {
  const folder = testFolder()
  const studio = await ImpastoWindow.open({ folder })
  await studio.paintSmall({ size: 64, iterations: 3 })
  await expect(studio.dock.getByText('Finished', { exact: true })).toBeVisible()
  const pictures = join(folder, 'library', 'pictures')
  const [sidecar = ''] = readdirSync(pictures).filter((name) => name.endsWith('.json'))
  rmSync(join(pictures, sidecar))
  // Whoever opens a pipe waits for its other end.
  execFileSync('mkfifo', [join(pictures, sidecar)])
  const elsewhere = join(folder, 'elsewhere')
  mkdirSync(elsewhere)
  await studio.answerOpenDialog(elsewhere)
  const program = studio.app.process().pid ?? 0
  await studio.page.evaluate('void window.impasto.choosePicturesFolder({})')
  await studio.page.waitForTimeout(500)
  await studio.page.evaluate('void window.impasto.controlWindow({ control: "close" })').catch(() => undefined)
  await expect.poll(() => isAlive(program), { timeout: 20_000 }).toBe(false)
  expect(readdirSync(pictures)).toContain(sidecar)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})
