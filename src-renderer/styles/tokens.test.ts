import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const renderer = join(import.meta.dirname, '..')
const textOf = (file: string): string => readFileSync(join(renderer, file), 'utf8')
const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
const sources = files.filter((file) => /\.(vue|css)$/.test(file)).map(textOf)
const templates = files.filter((file) => file.endsWith('.vue')).map(textOf)

/** Every name that `pattern` captures in the style sheet, once. */
function namesIn(sheet: string, pattern: RegExp): readonly string[] {
  return [...new Set([...textOf(join('styles', sheet)).matchAll(pattern)].map(([, name = '']) => name))]
}

describe('the shared styles', () => {
  it('hold no token that nobody reads', () => {
    const tokens = namesIn('tokens.css', /^\s*(--[\w-]+):/gm)
    expect(tokens.length).toBeGreaterThan(80)
    const unread = tokens.filter((token) => !sources.some((text) => readsOf(token).test(text)))
    expect(unread).toEqual([])
  })

  it('hold no class that nobody has', () => {
    const classes = ['base.css', 'type.css', 'overlays.css'].flatMap((sheet) =>
      namesIn(sheet, /\.([a-z][\w-]*)/g),
    )
    expect(classes.length).toBeGreaterThan(20)
    const dead = classes.filter((name) => !templates.some((text) => mentionsOf(name).test(text)))
    expect(dead).toEqual([])
  })
})

const readsOf = (token: string): RegExp => new RegExp(`var\\(${token}[,)]`)
/** As a word of its own within quotation marks: a class attribute or a class in an expression. */
const mentionsOf = (name: string): RegExp => new RegExp(`["' ]${name}["' ]`)
