import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { freeMemory, residentMemory, type SystemFolders } from './memory'

let root: string
let folders: SystemFolders

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'impasto-memory-'))
  folders = { proc: join(root, 'proc'), cgroup: join(root, 'cgroup') }
  write('proc/meminfo', 'MemTotal:  20000 kB\nMemFree:  1000 kB\nMemAvailable:   10000 kB\n')
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const free = (environment: NodeJS.ProcessEnv = {}): number => freeMemory(environment, folders)

it('is what the system could give, caches included', () => {
  expect(free()).toBe(10_000 * 1024)
})

it('is less in a control group that allows less, on any level', () => {
  write('proc/self/cgroup', '0::/user/session\n')
  write('cgroup/user/session/memory.max', 'max\n')
  write('cgroup/user/session/memory.current', '3000000\n')
  write('cgroup/user/memory.max', '5000000\n')
  write('cgroup/user/memory.current', '4000000\n')
  write('cgroup/user/memory.stat', 'anon 1000000\ninactive_file 2500000\nactive_file 1\n')
  expect(free()).toBe(3_500_000)
})

it('honours the memory controller of the first version', () => {
  write('proc/self/cgroup', '5:cpu:/\n4:memory:/job\n')
  write('cgroup/memory/job/memory.limit_in_bytes', '6000000\n')
  write('cgroup/memory/job/memory.usage_in_bytes', '1000000\n')
  expect(free()).toBe(5_000_000)
})

it('is never negative, nor more than a person allows', () => {
  expect(free({ IMPASTO_MEMORY_LIMIT: '2' })).toBe(2_000_000)
  write('proc/self/cgroup', '0::/\n')
  write('cgroup/memory.max', '1000\n')
  write('cgroup/memory.current', '3000\n')
  expect(free()).toBe(0)
})

it('reads the memory that a process holds', () => {
  expect(residentMemory(process.pid)).toBeGreaterThan(20e6)
  expect(residentMemory(1, folders)).toBe(0)
})
