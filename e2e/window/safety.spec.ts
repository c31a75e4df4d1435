/** @file Electron's security list, asserted in the running program. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { expect, test } from '@playwright/test'
import { windowEvents, windowRequests } from '../../src-shared/contract/window-contract'
import { ImpastoWindow, electronPath, isRoot, programArguments, programEnvironment } from './impasto-window'

let studio: ImpastoWindow

test.beforeAll(async () => {
  studio = await ImpastoWindow.open()
})
test.afterAll(() => studio.dispose())

/** Runs a script of the page's own, after the evaluation that brings it is over: the policy of the page holds for it. */
async function inPage(script: string): Promise<unknown> {
  await studio.page.evaluate(
    `window.outcome = undefined; setTimeout(async () => { window.outcome = await (async () => { ${script} })().catch((error) => error.name) })`,
  )
  // Not waitForFunction, which needs the very eval that the policy forbids.
  await expect.poll(() => studio.page.evaluate('window.outcome')).toBeDefined()
  return studio.page.evaluate('window.outcome')
}

test('the page has no Node, and only the named functions', async () => {
  expect(await inPage('return [typeof require, typeof process, typeof module]')).toEqual([
    'undefined',
    'undefined',
    'undefined',
  ])
  expect(await inPage('return Object.keys(window.impasto).sort()')).toEqual(
    [
      ...Object.keys(windowRequests).filter((name) => name !== 'openFile' && name !== 'openBytes'),
      'openDroppedFile',
      'listen',
    ].sort(),
  )
  expect(await inPage('return Object.keys(window.impasto.listen).sort()')).toEqual(
    Object.keys(windowEvents).sort(),
  )
})

test('context isolation and sandbox are set', async () => {
  const preferences = await studio.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    const { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag } = (
      window?.webContents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
    ).getLastWebPreferences()
    return { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag: webviewTag === true }
  })
  expect(preferences).toEqual({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  })
})

// With --no-sandbox, which root needs, Chromium puts no process behind its filter: then only the setting was tested.
if (!isRoot) {
  test('the page really runs in a sandbox', async () => {
    const page = await studio.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    )
    expect(readFileSync(`/proc/${page ?? 0}/status`, 'utf8')).toMatch(/^Seccomp:\s+2$/m)
  })
}

test('the content security policy forbids code from strings and everything from outside', async () => {
  expect(await inPage('return eval("1")')).toBe('EvalError')
  expect(await inPage('return await fetch("https://example.org/")')).toBe('TypeError')
  const image =
    'return await new Promise((resolve) => { const image = new Image(); image.onload = () => resolve("loaded"); image.onerror = () => resolve("refused"); image.src ='
  expect(await inPage(`${image} "https://example.org/a.png" })`)).toBe('refused')
  expect(await inPage(`${image} "file:///etc/passwd" })`)).toBe('refused')
  expect(await inPage(`${image} "impasto://image/no-such-image" })`)).toBe('refused')
})

test('requests are parsed: a path is no picture, and nonsense is refused', async () => {
  const path = { photograph: '/etc/passwd', framing: {} }
  for (const request of [path, { photograph: 'unknown-id', framing: {} }, 7, null]) {
    const reply = await studio.page.evaluate(`window.impasto.framePhotograph(${JSON.stringify(request)})`)
    expect(reply).toMatchObject({ ok: false, error: { code: 'unexpected' } })
  }
})

test('the protocol serves nothing beside the page and its images', async () => {
  const statuses = await studio.app.evaluate(
    async ({ net }, addresses) => {
      const replies = await Promise.all(addresses.map((address) => net.fetch(address)))
      return replies.map(({ status }) => status)
    },
    [
      'impasto://app/index.html',
      'impasto://app/..%2f..%2fpackage.json',
      'impasto://app/%2e%2e/main/app.js',
      'impasto://image/..%2fpackage.json',
      'impasto://elsewhere/index.html',
    ],
  )
  expect(statuses).toEqual([200, 404, 404, 404, 404])
})

test('a page cannot reach the network past the guard of requests, by WebRTC', async () => {
  const candidates =
    'const connection = new RTCPeerConnection(); connection.createDataChannel("a"); ' +
    'const found = []; connection.onicecandidate = (event) => { if (event.candidate) found.push(event.candidate.candidate) }; ' +
    'await connection.setLocalDescription(await connection.createOffer()); ' +
    'await new Promise((resolve) => setTimeout(resolve, 1500)); return found'
  expect(await inPage(candidates)).toEqual([])
})

test('nor by WebRTC through a relay over TCP', async () => {
  let connections = 0
  const relay = createServer((socket) => {
    connections += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
  const address = relay.address()
  const port = typeof address === 'object' ? address?.port : undefined
  expect(port).toBeGreaterThan(0)
  await inPage(
    'const connection = new RTCPeerConnection({ iceTransportPolicy: "relay", iceServers: [{ ' +
      `urls: "turn:127.0.0.1:${String(port)}?transport=tcp", username: "a", credential: "b" }] }); ` +
      'connection.createDataChannel("a"); ' +
      'await connection.setLocalDescription(await connection.createOffer()); ' +
      'await new Promise((resolve) => setTimeout(resolve, 3000)); return "tried"',
  )
  relay.close()
  expect(connections).toBe(0)
})

test('no path of the disk is told to the page', async () => {
  const told = JSON.stringify([
    await studio.page.evaluate('window.impasto.windowState({})'),
    await studio.page.evaluate('window.impasto.showResult({ runId: "no-such-run" })'),
    await studio.page.evaluate('window.impasto.framePhotograph({ photograph: "x", framing: {} })'),
  ])
  expect(told).not.toContain(studio.folder)
})

test('a request to the network is refused and remembered', async () => {
  const outcome = await studio.app.evaluate(({ net }) =>
    net.fetch('https://example.org/').then(
      () => 'answered',
      (error: unknown) => String(error),
    ),
  )
  expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT')
  const reply = await studio.page.evaluate('window.impasto.diagnosis({})')
  expect(reply).toMatchObject({ ok: true, value: { refusedRequests: ['https://example.org/'] } })
})

test('a second start hands its file to the first window and leaves', async () => {
  const path = await studio.ownPicture('photographs/chelsea.png', 'second.png', 120, 80)
  const second = spawn(electronPath(), [...programArguments(studio.folder), path], {
    env: programEnvironment(studio.folder),
    stdio: 'ignore',
  })
  const code = await new Promise((resolve) => second.once('close', resolve))
  expect(code).toBe(0)
  await expect(
    studio.page.getByRole('complementary', { name: 'Source' }).getByText('second.png'),
  ).toBeVisible()
})

test('nothing leaves our page, opens a window or is given a permission', async () => {
  const address = studio.page.url()
  await inPage('location.href = "https://example.org/"; return "tried"')
  await inPage('location.href = "impasto://image/x"; return "tried"')
  await studio.page.waitForTimeout(300)
  expect(studio.page.url()).toBe(address)
  expect(await inPage('return window.open("impasto://app/index.html") === null')).toBe(true)
  expect(await inPage('return await Notification.requestPermission()')).toBe('denied')
  const position =
    'return await new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve("given"), (error) => resolve(error.code === error.PERMISSION_DENIED)))'
  expect(await inPage(position)).toBe(true)
  expect(studio.app.windows()).toHaveLength(1)
})
