import { describe, expect, it } from 'vitest'
import { withFormatEnding } from './saved-name'

describe('withFormatEnding', () => {
  it.each([
    ['/home/anna/Anna', '/home/anna/Anna.png'],
    ['/home/anna/Anna 12.5', '/home/anna/Anna 12.5.png'],
    ['/home/anna/No. 7, Dr. Gachet', '/home/anna/No. 7, Dr. Gachet.png'],
    ['/home/anna/Anna.', '/home/anna/Anna..png'],
    ['/home/anna.png/Anna', '/home/anna.png/Anna.png'],
  ])('ends %s as PNG: %s', (path, ended) => {
    expect(withFormatEnding(path)).toBe(ended)
  })

  it.each([
    '/home/anna/Anna.png',
    '/home/anna/Anna 12.5.JPG',
    '/home/anna/Anna.jpeg',
    '/home/anna/Anna.webp',
  ])('leaves %s as it is', (path) => {
    expect(withFormatEnding(path)).toBe(path)
  })
})
