import { chmod, mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { sweepLeftovers } from './leftovers'
import { identityOf, tagOf } from './process-identity'
import { temporaryFolder } from './testing/temporary-folder'

const own = identityOf(process.pid)
const alive = tagOf(own)
const gone = tagOf({ ...own, started: '1' })
const elsewhere = tagOf({ ...own, place: { ...own.place, host: 'elsewhere', boot: 'abcdef' } })
const daysAgo = (days: number): Date => new Date(Date.now() - days * 24 * 3600 * 1000)

it('removes what processes left that are gone, or of which nothing was heard for a day', async () => {
  const folder = await temporaryFolder()
  const make = async (name: string, changed: Date): Promise<void> => {
    await mkdir(join(folder, name))
    await writeFile(join(folder, name, 'content'), '')
    await utimes(join(folder, name), changed, changed)
  }
  await make(`left-${alive}`, daysAgo(100))
  await make(`left-${gone}`, daysAgo(0))
  await make(`left-${elsewhere}`, daysAgo(0.9))
  await make('left-by-somebody', daysAgo(0.9))
  await make('left-by-somebody-long-ago', daysAgo(1.1))
  await make(`kept-${gone}`, daysAgo(100))
  await sweepLeftovers(folder, /^left-(.+)$/)
  const kept = [`left-${alive}`, `left-${elsewhere}`, 'left-by-somebody', `kept-${gone}`]
  expect((await readdir(folder)).sort()).toEqual(kept.sort())
})

it('is no reason to fail where a folder is missing, or another user lets nothing be removed', async () => {
  const folder = await temporaryFolder()
  await sweepLeftovers(join(folder, 'none'), /^(.+)$/)
  await mkdir(join(folder, `left-${gone}`))
  await chmod(folder, 0o555)
  onTestFinished(() => chmod(folder, 0o700))
  await asOrdinaryUser(() => sweepLeftovers(folder, /^left-(.+)$/))
  expect(await readdir(folder)).toEqual([`left-${gone}`])
})

/** Does `work` without the rights of an administrator, who may do everything. */
async function asOrdinaryUser(work: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0
  if (isRoot) process.seteuid?.(65_534)
  try {
    await work()
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
}
