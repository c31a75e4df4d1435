/** @file A library in every condition: damaged, newer, read-only, shared by two windows or with the terminal, moved. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { ImpastoWindow, isRoot, testFolder } from './impasto-window'

const ROOT = join(import.meta.dirname, '../..')
const SAMPLES = join(ROOT, 'assets/samples')

const frames = (studio: ImpastoWindow) =>
  studio.page.getByRole('radiogroup', { name: 'Paintings made' }).getByRole('radio')

async function paintAndFinish(studio: ImpastoWindow, iterations: number): Promise<void> {
  await studio.paintSmall({ size: 64, iterations })
  await expect(studio.dock.getByText(`${iterations} iterations`, { exact: true })).toBeVisible()
}

/** The terminal's painting, small, with a library that it may share. */
function stylize(library: string, output: string, flags: readonly string[]): ChildProcess {
  const content = join(SAMPLES, 'photographs/rocket.jpg')
  const style = join(SAMPLES, 'paintings/langlois-bridge.webp')
  const files = ['--content', content, '--style', style, '--output', output]
  const program = join(ROOT, 'scripts/impasto.mjs')
  return spawn(process.execPath, [program, 'stylize', ...files, '--size', '64', ...flags], {
    env: { ...process.env, IMPASTO_LIBRARY: library },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

test('runs that cannot be read, half-written ones and those of a newer Impasto: said, kept, in nobody’s way', async () => {
  const folder = testFolder()
  const runs = join(folder, 'library', 'runs')
  const newer = JSON.stringify({ version: 99, canvas: 'linen' })
  mkdirSync(join(runs, 'newer'), { recursive: true })
  writeFileSync(join(runs, 'newer', 'job.json'), newer)
  mkdirSync(join(runs, 'half'))
  writeFileSync(join(runs, 'half', 'job.json'), '{"runId": "half", "fold')
  mkdirSync(join(runs, 'folder', 'job.json'), { recursive: true })
  writeFileSync(join(folder, 'library', 'desk.json'), '{"version": 99}')
  writeFileSync(join(folder, 'library', 'settings.json'), '[]')

  const studio = await ImpastoWindow.open({ folder })
  await studio.page.keyboard.press('Control+,')
  const settings = studio.page.getByRole('dialog', { name: 'Settings' })
  await expect(settings.getByRole('alert')).toContainText([
    'Your settings were damaged',
    'Your desk was left by a newer Impasto',
  ])
  const [aside = ''] = readdirSync(join(folder, 'library')).filter((name) => name.includes('set-aside'))
  expect(readFileSync(join(folder, 'library', aside), 'utf8')).toBe('[]')
  await studio.page.keyboard.press('Escape')
  const made = studio.page.getByRole('region', { name: 'Paintings made' })
  await expect(made.getByText('Left as they are: 1 of a newer Impasto, 2 that cannot be read')).toBeVisible()
  await paintAndFinish(studio, 2)
  await expect(frames(studio)).toHaveCount(1)
  expect(readFileSync(join(runs, 'newer', 'job.json'), 'utf8')).toBe(newer)
  expect(existsSync(join(runs, 'half', 'job.json'))).toBe(true)
  await studio.dispose()
})

test('a folder of runs that cannot be read is said, and not taken for none', async () => {
  const studio = await ImpastoWindow.open()
  await paintAndFinish(studio, 2)
  const runs = join(studio.folder, 'library', 'runs')
  renameSync(runs, `${runs}-away`)
  writeFileSync(runs, '')
  await studio.page.reload()
  const made = studio.page.getByRole('region', { name: 'Paintings made' })
  await expect(made.getByRole('status')).toContainText('The paintings made before cannot be listed')
  await expect(made.getByRole('status')).toContainText('it is not a folder')
  rmSync(runs)
  renameSync(`${runs}-away`, runs)
  await studio.page.reload()
  await expect(frames(studio)).toHaveCount(1)
  await expect(made.getByRole('status')).toHaveCount(0)
  await studio.dispose()
})

test('two windows paint at once on one library', async () => {
  const first = await ImpastoWindow.open()
  await paintAndFinish(first, 2)
  const second = await ImpastoWindow.open({
    folder: testFolder(),
    environment: { IMPASTO_LIBRARY: join(first.folder, 'library') },
  })
  await expect(frames(second)).toHaveCount(1)
  await Promise.all([paintAndFinish(first, 40), paintAndFinish(second, 30)])
  await expect(frames(first)).toHaveCount(2)
  await expect(frames(second)).toHaveCount(2)
  const pictures = readdirSync(join(first.folder, 'library', 'pictures')).filter((name) =>
    name.endsWith('.png'),
  )
  expect(pictures).toHaveLength(3)
  await second.dispose()
  await first.dispose()
})

test('window and terminal paint at once on one library', async () => {
  const studio = await ImpastoWindow.open()
  const output = studio.at('terminal.png')
  await studio.setNumber('Long side', 64)
  await studio.setNumber('Iterations', 60)
  const terminal = stylize(join(studio.folder, 'library'), output, ['--iterations', '20', '--quiet'])
  const ended = new Promise<number | null>((resolve) => terminal.once('close', resolve))
  await studio.page.keyboard.press('Control+Enter')
  await expect(studio.dock.getByText('60 iterations', { exact: true })).toBeVisible({ timeout: 60_000 })
  expect(await ended).toBe(0)
  expect(existsSync(output)).toBe(true)
  await expect(frames(studio)).toHaveCount(1)
  await studio.dispose()
})

test('opening the window leaves what the terminal stopped', async () => {
  const folder = testFolder()
  const stopped = Array.from({ length: 5 }, (_, index) => join(folder, `stopped-${index}.png`))
  for (const output of stopped) {
    const terminal = stylize(join(folder, 'library'), output, ['--iterations', '4000', '--json'])
    const ended = new Promise((resolve) => terminal.once('close', resolve))
    terminal.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('"iteration":3')) terminal.kill('SIGINT')
    })
    await ended
  }
  const checkpoints = () =>
    readdirSync(join(folder, 'library', 'runs')).filter((id) =>
      existsSync(join(folder, 'library', 'runs', id, 'checkpoint.safetensors')),
    )
  expect(checkpoints()).toHaveLength(5)
  const studio = await ImpastoWindow.open({ folder })
  await paintAndFinish(studio, 2)
  // Tidying comes after each painting; its own checkpoint is the sixth.
  await studio.page.waitForTimeout(1000)
  expect(checkpoints()).toHaveLength(6)
  await studio.dispose()
})

test('where pictures lie and how much they take is said; they move when that is changed', async () => {
  const studio = await ImpastoWindow.open()
  const { page } = studio
  await paintAndFinish(studio, 2)
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await expect(dialog.getByText(/^1 painting, \d/)).toBeVisible()
  // The folder that they lie in, by another name: nothing is moved, and above all nothing is lost.
  const own = join(studio.folder, 'library', 'pictures')
  symlinkSync(own, studio.at('by another name'))
  await studio.answerOpenDialog(studio.at('by another name'))
  await dialog.getByRole('button', { name: 'Change…' }).click()
  await expect(dialog.getByText(/by another name$/)).toBeVisible()
  expect(readdirSync(own).filter((name) => name.endsWith('.png'))).toHaveLength(1)

  const elsewhere = studio.at('my paintings')
  mkdirSync(elsewhere)
  await studio.answerOpenDialog(elsewhere)
  await dialog.getByRole('button', { name: 'Change…' }).click()
  await expect(dialog.getByText(/my paintings$/)).toBeVisible()
  expect(readdirSync(elsewhere).filter((name) => name.endsWith('.png'))).toHaveLength(1)
  expect(readdirSync(join(studio.folder, 'library', 'pictures'))).toEqual([])

  await dialog.getByRole('radio', { name: '1 day' }).click()
  await dialog.getByRole('button', { name: 'Discard now…' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await question.getByRole('button', { name: 'Discard it' }).click()
  await expect(dialog.getByText('0 B', { exact: true })).toBeVisible()
  // The button that asked can do nothing now.
  await expect(question).toBeHidden()
  await expect(dialog).toBeFocused()
  await page.keyboard.press('Escape')
  await frames(studio).first().click()
  await expect(studio.canvas.getByRole('img', { name: 'Painting' })).toBeVisible()
  // Its checkpoint is gone, so it is not offered to go on.
  await expect(studio.dock.getByRole('button', { name: 'Continue' })).toBeHidden()
  await paintAndFinish(studio, 3)
  expect(readdirSync(elsewhere).filter((name) => name.endsWith('.png'))).toHaveLength(2)
  await studio.app.close()

  const again = await ImpastoWindow.open({ folder: studio.folder })
  await expect(frames(again)).toHaveCount(2)
  await again.page.keyboard.press('Control+,')
  await expect(again.page.getByRole('radio', { name: '1 day' })).toBeChecked()
  await again.app.close()

  // Deleted by hand: the list says so until it is told to forget them.
  for (const name of readdirSync(elsewhere).filter((one) => one.endsWith('.png'))) {
    rmSync(join(elsewhere, name))
  }
  const last = await ImpastoWindow.open({ folder: studio.folder })
  const absent = last.page.getByRole('button', { name: '2 whose picture is not where it was' })
  await absent.click()
  await last.page.getByRole('alertdialog').getByRole('button', { name: 'Forget them' }).click()
  await expect(last.page.getByText('Forgot 2 paintings.').first()).toBeVisible()
  await expect(absent).toBeHidden()
  expect(readdirSync(join(studio.folder, 'library', 'runs'))).toEqual([])
  await last.dispose()
})

test('a move that leaves paintings behind says how many, where they are and why; a folder that is tidied is refused', async () => {
  const studio = await ImpastoWindow.open()
  await paintAndFinish(studio, 2)
  await paintAndFinish(studio, 3)
  const own = join(studio.folder, 'library', 'pictures')
  const [blocked = ''] = readdirSync(own).filter((name) => name.endsWith('.png'))
  const elsewhere = studio.at('my paintings')
  mkdirSync(join(elsewhere, blocked), { recursive: true })
  await studio.page.keyboard.press('Control+,')
  const dialog = studio.page.getByRole('dialog', { name: 'Settings' })
  await studio.answerOpenDialog(elsewhere)
  await dialog.getByRole('button', { name: 'Change…' }).click()
  await expect(dialog.getByText(/^1 painting, [^,]+$/)).toBeVisible()
  const alert = dialog.getByRole('alert')
  await expect(alert).toContainText('1 painting could not be moved')
  await expect(alert).toContainText(`in ${own}`)
  await expect(alert).toContainText(`${blocked} cannot be written: it is not a file`)

  await studio.answerOpenDialog(join(studio.folder, 'library', 'screen'))
  await dialog.getByRole('button', { name: 'Change…' }).click()
  await expect(alert.last()).toContainText('The folder screen belongs to Impasto')
  await expect(dialog.getByText(/my paintings$/)).toBeVisible()

  rmSync(join(elsewhere, blocked), { recursive: true })
  await studio.answerOpenDialog(elsewhere)
  await dialog.getByRole('button', { name: 'Change…' }).click()
  await expect(dialog.getByText(/^2 paintings, [^,]+$/)).toBeVisible()
  await expect(alert).toBeHidden()
  await studio.page.keyboard.press('Escape')
  await expect(frames(studio)).toHaveCount(2)
  await studio.dispose()
})

// Only root may mount the disk that cannot be written to.
if (isRoot) {
  test('a library on a read-only disk: the window opens, paintings are there, and painting says why it cannot', async () => {
    const folder = testFolder()
    const library = join(folder, 'library')
    mkdirSync(library)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', library])
    try {
      const first = await ImpastoWindow.open({ folder })
      await paintAndFinish(first, 2)
      await first.app.close()
      execFileSync('mount', ['-o', 'remount,ro', library])

      const studio = await ImpastoWindow.open({ folder })
      await expect(frames(studio)).toHaveCount(1)
      await frames(studio).first().click()
      await expect(studio.canvas.getByRole('img', { name: 'Painting' })).toBeVisible()
      await studio.page.getByRole('button', { name: /^The Harvest/ }).click()
      await studio.paintSmall({ size: 64, iterations: 3 })
      await expect(studio.page.getByRole('alert')).toContainText('read-only')
      await studio.app.close()
    } finally {
      execFileSync('umount', [library])
      rmSync(folder, { recursive: true })
    }
  })
}
