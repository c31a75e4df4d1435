import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const renderer = join(import.meta.dirname, '..')
const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.(vue|css)$/.test(file) && !file.endsWith('tokens.css'),
)

/** Media queries cannot read variables, so the widths at which the layout changes stand there as they are. */
function stylesOf(file: string): string {
  const text = readFileSync(join(renderer, file), 'utf8')
  const styles = file.endsWith('.css') ? text : [...text.matchAll(/<style[^>]*>([^]*?)<\/style>/g)].join('\n')
  return styles.replace(/@media[^{]*\{/g, '').replace(/\/\*[^]*?\*\//g, '')
}

describe('styles', () => {
  it('are found', () => {
    expect(files.length).toBeGreaterThan(30)
  })

  it.each(files)('of %s take every colour, size and duration from the tokens', (file) => {
    expect(stylesOf(file).match(/#[0-9a-f]{3,8}\b|\brgb|\b[\d.]+px|\b[\d.]+m?s\b/g)).toBeNull()
  })
})
