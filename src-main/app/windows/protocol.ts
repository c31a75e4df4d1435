/**
 * @file `impasto://app/…` serves the built renderer, `impasto://image/<id>` the images that main chose.
 * Nothing else can be loaded in a window.
 */
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, relative } from 'node:path'
import { protocol, type Session } from 'electron'
import { CONTENT_SECURITY_POLICY } from './content-security-policy'
import type { ImageStore } from '../pictures/image-store'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
}

/** Has to be called before Electron is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'impasto', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

export function serveScheme(session: Session, rendererFolder: string, images: ImageStore): void {
  session.protocol.handle('impasto', async (request) => {
    const { hostname, pathname } = new URL(request.url)
    if (request.method !== 'GET') return refusal(405)
    if (hostname === 'app') return serveFile(rendererFolder, decodeURIComponent(pathname))
    if (hostname === 'image') return serveImage(images, pathname.slice(1))
    return refusal(404)
  })
}

async function serveFile(folder: string, pathname: string): Promise<Response> {
  const path = normalize(join(folder, pathname))
  const contentType = contentTypes[extname(path)]
  if (relative(folder, path).startsWith('..') || contentType === undefined) return refusal(404)
  const bytes = await readFile(path).catch(() => null)
  if (bytes === null) return refusal(404)
  return new Response(bytes, { headers: { ...commonHeaders, 'Content-Type': contentType } })
}

async function serveImage(images: ImageStore, id: string): Promise<Response> {
  const image = await images.read(id)
  if (image === null) return refusal(404)
  return new Response(image.bytes, { headers: { ...commonHeaders, 'Content-Type': image.contentType } })
}

const commonHeaders = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const

function refusal(status: number): Response {
  return new Response(null, { status, headers: commonHeaders })
}
