/** @file Starts the real program on the display of the tests, with a library and pictures of its own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, type ElectronApplication, type Locator, type Page } from '@playwright/test'
import sharp from 'sharp'
import type { ActionId } from '../../src-shared/model/actions'
import { runEventSchema, type RunEvent } from '../../src-shared/model/run-state'
import { readRecord } from '../../scripts/setup/record.mjs'
import { childrenOf, residentMemory } from './processes'

const ROOT = join(import.meta.dirname, '../..')
const SAMPLES = join(ROOT, 'assets/samples')

/** Chromium's own sandbox does not work for root. */
export const isRoot = process.getuid?.() === 0

export interface WindowOptions {
  /** A folder of an earlier window, whose library this one continues. */
  readonly folder?: string
  readonly environment?: NodeJS.ProcessEnv
}

export class ImpastoWindow {
  private constructor(
    readonly app: ElectronApplication,
    readonly page: Page,
    /** Holds the library and the pictures of the test. */
    readonly folder: string,
  ) {}

  static async open({ folder = testFolder(), environment = {} }: WindowOptions = {}): Promise<ImpastoWindow> {
    const app = await _electron.launch({
      executablePath: electronPath(),
      args: programArguments(folder),
      colorScheme: null,
      env: { ...programEnvironment(folder), ...stringsOf(environment) },
    })
    const page = await app.firstWindow()
    await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
    await page.evaluate(
      'window.seenEvents = []; window.impasto.listen.run(({ event }) => window.seenEvents.push(event.event))',
    )
    return new ImpastoWindow(app, page, folder)
  }

  /** Kills the program without a word, as a crash or a power cut would; its folder stays. */
  async kill(): Promise<void> {
    const gone = this.app.waitForEvent('close')
    this.app.process().kill('SIGKILL')
    await gone
  }

  /** Closes the window and removes what it made. */
  async dispose(): Promise<void> {
    await this.app.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Makes the window so large, in pixels of the screen, and waits until the page is. */
  async resize(width: number, height: number): Promise<void> {
    await this.app.evaluate(
      ({ BrowserWindow }, size) => {
        BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height)
      },
      { width, height },
    )
    const shown = (): Promise<unknown> =>
      this.page.evaluate('[innerWidth, innerHeight].map((side) => Math.round(side * devicePixelRatio))')
    await expect.poll(shown).toEqual([width, height])
  }

  async chooseInMenu(action: ActionId): Promise<void> {
    await this.app.evaluate(({ Menu }, id) => {
      Menu.getApplicationMenu()?.getMenuItemById(id)?.click()
    }, action)
  }

  at(name: string): string {
    return join(this.folder, name)
  }

  /** What main has told of the painting since the window was opened. */
  async events(): Promise<readonly RunEvent[]> {
    return runEventSchema.array().parse(await this.page.evaluate('window.seenEvents'))
  }

  /** The file that the next open dialog chooses. */
  async answerOpenDialog(path: string): Promise<void> {
    await this.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    }, path)
  }

  async answerSaveDialog(path: string): Promise<void> {
    await this.app.evaluate(({ dialog }, chosen) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
    }, path)
  }

  /** A small copy of a sample, as a person's own file. */
  async ownPicture(sample: string, name: string, width: number, height: number): Promise<string> {
    const path = this.at(name)
    await sharp(join(SAMPLES, sample)).resize(width, height).toFile(path)
    return path
  }

  async openPhotograph(path: string): Promise<void> {
    await this.answerOpenDialog(path)
    await this.page.getByRole('button', { name: 'Open a photograph' }).click()
  }

  async setNumber(name: string, value: number): Promise<void> {
    const field = this.page.getByRole('spinbutton', { name, exact: true })
    await field.fill(String(value))
    await field.press('Enter')
  }

  /** Sets a size that two cores paint in seconds, and begins. */
  async paintSmall({ size, iterations }: { size: number; iterations: number }): Promise<void> {
    await this.setNumber('Long side', size)
    await this.setNumber('Iterations', iterations)
    await this.page.keyboard.press('Control+Enter')
  }

  /** Waits until the painting has come to `iteration`. */
  async reach(iteration: number, timeout = 30_000): Promise<void> {
    await expect.poll(() => this.iteration(), { timeout }).toBeGreaterThanOrEqual(iteration)
  }

  async iteration(): Promise<number> {
    const counts = (await this.events()).flatMap((event) =>
      event.kind === 'task' && event.event.event === 'iteration' ? [event.event.iteration] : [],
    )
    return counts.at(-1) ?? 0
  }

  get dock(): Locator {
    return this.page.getByRole('region', { name: 'Progress' })
  }

  get canvas(): Locator {
    return this.page.locator('[data-canvas]')
  }

  /** The processes of the program: main, its pages and helpers, and both engines. */
  processIds(): readonly number[] {
    const main = this.app.process().pid ?? 0
    return [main, ...childrenOf(main).map(({ id }) => id)]
  }

  /** The engines, the one that paints first: it holds the network, and so the most memory. */
  engines(): readonly number[] {
    const main = this.app.process().pid ?? 0
    return childrenOf(main)
      .filter(({ command }) => command.includes('engine.js'))
      .sort((one, other) => residentMemory(other.id) - residentMemory(one.id))
      .map(({ id }) => id)
  }

  paintingEngine(): number {
    const [painter] = this.engines()
    if (painter === undefined) throw new Error('There is no engine')
    return painter
  }
}

export function electronPath(): string {
  const { electron } = readRecord(ROOT)
  if (electron === undefined) throw new Error('Set-up has not installed Electron')
  return electron.path
}

/** The arguments of the program; Chromium's own files go into the folder too, and with them the one-instance lock. */
export function programArguments(folder: string): string[] {
  return [ROOT, `--user-data-dir=${join(folder, 'chromium')}`, ...(isRoot ? ['--no-sandbox'] : [])]
}

export function programEnvironment(folder: string): Record<string, string> {
  return { ...stringsOf(process.env), IMPASTO_LIBRARY: join(folder, 'library') }
}

export function testFolder(): string {
  return mkdtempSync(join(tmpdir(), 'impasto-window-test-'))
}

function stringsOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(environment)
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
}
