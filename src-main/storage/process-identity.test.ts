import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { identityFromTag, identityOf, livenessOf, tagOf, type ProcessPlace } from './process-identity'

const own = identityOf(process.pid)

describe('the identity of a process', () => {
  it('tells the living from the dead, and from a later one under the same id', async () => {
    const child = spawn('sleep', ['60'])
    const identity = identityOf(child.pid ?? 0)
    expect(livenessOf(identity)).toBe('alive')
    expect(livenessOf({ ...identity, started: '1' })).toBe('gone')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(livenessOf(identity)).toBe('gone')
  })

  it('takes a process that ended, but was not waited for, as gone', async () => {
    const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 60'])
    onTestFinished(() => void parent.kill('SIGKILL'))
    const [output] = (await once(parent.stdout, 'data')) as [Buffer]
    const identity = identityOf(Number(output.toString()))
    await expect.poll(() => livenessOf(identity)).toBe('gone')
    expect(() => process.kill(identity.processId, 0)).not.toThrow()
  })

  it.each<[string, Partial<ProcessPlace>]>([
    ['another host that was started at another time', { host: 'elsewhere', boot: 'abcdef' }],
    ['another host where nobody tells when it was started', { host: 'elsewhere', boot: '0' }],
    ['another machine of the same name', { machine: 'abcdef' }],
    ['another container of this machine', { processSpace: '1' }],
  ])('knows nothing of one on %s, though this process has the same id', (_, place) => {
    expect(livenessOf({ ...own, place: { ...own.place, ...place } })).toBe('unknown')
  })

  it('knows this machine by another name again, as long as it was not started again', () => {
    const named = { ...own, place: { ...own.place, host: 'before-the-change' } }
    expect(livenessOf(named)).toBe('alive')
    expect(livenessOf({ ...named, started: '1' })).toBe('gone')
    expect(livenessOf({ ...named, place: { ...named.place, processSpace: '1' } })).toBe('unknown')
  })

  it('takes what ran before this machine was last started as gone, where it knows the machine again', () => {
    const before = livenessOf({ ...own, place: { ...own.place, boot: 'abcdef' } })
    expect(before).toBe(own.place.machine === '0' ? 'unknown' : 'gone')
  })

  it('comes back from a tag, which is fit for a file name', () => {
    const named = { ...own, place: { ...own.place, host: 'a-host.of_mine' } }
    expect(identityFromTag(tagOf(named))).toEqual(named)
    expect(tagOf(own)).toMatch(/^[\w.-]{1,150}$/)
    expect(identityFromTag('4711-1')).toBeNull()
  })
})
