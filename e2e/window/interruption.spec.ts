/** @file The engine or the whole program dies in the middle of a painting, and nothing is lost. */
import { expect, test } from '@playwright/test'
import { ImpastoWindow } from './impasto-window'
import { isAlive } from './processes'

/** Paints, and waits until there is a checkpoint: a pause writes one at once. */
async function paintUntilSaved(studio: ImpastoWindow): Promise<number> {
  await studio.paintSmall({ size: 96, iterations: 60 })
  await studio.reach(5)
  await studio.canvas.press('Space')
  await expect(studio.dock.getByText('Paused', { exact: true })).toBeVisible()
  return studio.iteration()
}

test('the engine is killed: the window lives, and the painting goes on by itself', async () => {
  const studio = await ImpastoWindow.open()
  const saved = await paintUntilSaved(studio)
  await studio.dock.getByRole('button', { name: 'Resume' }).click()
  await studio.reach(saved + 1)
  const engine = studio.paintingEngine()
  process.kill(engine, 'SIGKILL')

  await expect(studio.page.getByText(/^The engine stopped and was started again/).first()).toBeVisible()
  await expect(studio.page.getByRole('button', { name: 'Open a photograph' })).toBeEnabled()
  await expect(studio.dock.getByText('Finished', { exact: true })).toBeVisible()
  await expect(studio.dock.getByText('60 iterations', { exact: true })).toBeVisible()
  expect(isAlive(engine)).toBe(false)
  const iterations = (await studio.events()).flatMap((event) =>
    event.kind === 'task' && event.event.event === 'iteration' ? [event.event.iteration] : [],
  )
  // It went on from the checkpoint, not from the beginning.
  expect(iterations.filter((iteration) => iteration === 1)).toHaveLength(1)
  await studio.dispose()
})

test('the program is killed: its engines leave, and the next start offers to go on', async () => {
  const first = await ImpastoWindow.open()
  const saved = await paintUntilSaved(first)
  const engine = first.paintingEngine()
  await first.kill()
  await expect.poll(() => isAlive(engine)).toBe(false)

  const second = await ImpastoWindow.open({ folder: first.folder })
  await expect(second.dock.getByRole('heading', { name: 'A painting was cut off' })).toBeVisible()
  await second.dock.getByRole('button', { name: `Resume from iteration ${saved}` }).click()
  await expect(second.dock.getByText('Finished', { exact: true })).toBeVisible()
  await expect(second.dock.getByText('60 iterations', { exact: true })).toBeVisible()
  await second.dispose()
})

test('a painting that was cut off is finished as it is, or discarded after a question', async () => {
  const first = await ImpastoWindow.open()
  await first.paintSmall({ size: 64, iterations: 2 })
  await expect(first.dock.getByText('Finished', { exact: true })).toBeVisible({ timeout: 60_000 })
  await paintUntilSaved(first)
  await first.kill()

  const second = await ImpastoWindow.open({ folder: first.folder })
  // "Delete" is a painting of the strip, which goes into the bin and can come back.
  await expect(second.dock.getByRole('button', { name: 'Delete' })).toBeHidden()
  const strip = second.page.getByRole('radiogroup', { name: 'Paintings made' }).getByRole('radio')
  await strip.first().click()
  await expect(second.canvas.getByRole('img', { name: 'Painting' })).toBeVisible()
  await second.dock.getByRole('button', { name: 'Discard…' }).click()
  const question = second.page.getByRole('alertdialog', { name: 'Discard this painting for good?' })
  await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused()
  // Keys do not reach what lies behind a question.
  for (const key of ['Delete', 'Control+Enter', 'r']) await second.page.keyboard.press(key)
  await expect(question).toBeVisible()
  await second.page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(second.page.getByText(/^Deleted /)).toBeHidden()
  await expect(strip).toHaveCount(1)
  await expect(second.dock.getByRole('heading', { name: 'A painting was cut off' })).toBeVisible()
  await second.dock.getByRole('button', { name: 'Finish it as it is' }).click()
  await expect(second.dock.getByText('Stopped', { exact: true })).toBeVisible()
  await expect(second.dock.getByRole('button', { name: 'Save as…' })).toBeVisible()
  await second.kill()

  const third = await ImpastoWindow.open({ folder: first.folder })
  await expect(third.page.getByText('A painting was cut off')).toBeHidden()
  await third.dispose()
})

/** Crashes the page, and waits until it has been loaded anew. */
function crashPage(studio: ImpastoWindow): Promise<void> {
  return studio.app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.once('did-finish-load', resolve)
        contents?.forcefullyCrashRenderer()
      }),
  )
}

/** What the progress bar says: the page that the test held is gone, so the window itself is asked. */
function progressWords(studio: ImpastoWindow): Promise<unknown> {
  return studio.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
      'document.querySelector("[role=progressbar]")?.getAttribute("aria-valuetext")',
    ),
  )
}

test('the page crashes: it comes back with the painting as it stands', async () => {
  const studio = await ImpastoWindow.open()
  await paintUntilSaved(studio)
  await crashPage(studio)
  await expect.poll(() => progressWords(studio)).toMatch(/^Paused, Iteration \d+ of 60, saved/)
  await studio.dispose()
})

test('the page crashes while the painting comes to its end: the next page knows the end', async () => {
  const studio = await ImpastoWindow.open()
  await studio.paintSmall({ size: 96, iterations: 60 })
  await studio.reach(50)
  await crashPage(studio)
  await expect.poll(() => progressWords(studio), { timeout: 30_000 }).toMatch(/^Finished, 60 iterations/)
  await studio.dispose()
})

test('the page crashes after a painting was deleted: the next page does not show it', async () => {
  const studio = await ImpastoWindow.open()
  await studio.paintSmall({ size: 64, iterations: 2 })
  const frames = studio.page.getByRole('radiogroup', { name: 'Paintings made' }).getByRole('radio')
  await expect(studio.dock.getByText('Finished', { exact: true })).toBeVisible()
  await expect(frames).toHaveCount(1)
  await studio.canvas.press('Delete')
  await expect(frames).toHaveCount(0)
  await crashPage(studio)
  const shown = (): Promise<unknown> =>
    studio.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        `['[data-panel]', '[data-canvas], [role=progressbar], [aria-label="Paintings made"]'].map((one) => document.querySelector(one) !== null)`,
      ),
    )
  await expect.poll(shown).toEqual([true, false])
  await studio.dispose()
})

test('a page that crashes twice in a row, or hangs, is not a dead window: it is asked what to do', async () => {
  const studio = await ImpastoWindow.open()
  await studio.app.evaluate(({ dialog }) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    dialog.showMessageBox = (...questions: readonly unknown[]) => {
      const { message, buttons = [] } = questions.at(-1) as Electron.MessageBoxOptions
      asked.push(`${message} ${buttons.join(' | ')}`)
      return Promise.resolve({ response: 0, checkboxChecked: false })
    }
  })
  const asked = () => studio.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)
  await crashPage(studio)
  expect(await asked()).toEqual([])
  await crashPage(studio)
  expect(await asked()).toEqual(['The window failed twice in a row. Show the window again | Quit Impasto'])
  await studio.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.emit('unresponsive')
  })
  await expect.poll(asked).toContain('The window does not answer. Wait | Load the window anew')
  await studio.dispose()
})
