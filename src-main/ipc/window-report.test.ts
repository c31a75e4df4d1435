import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { windowReport } from './window-report'

/** What becomes of a text in the data of a report. */
function shown(text: string): string {
  const { data } = windowReport(new ImpastoError('unexpected', { message: text }))
  return 'message' in data ? data.message : ''
}

describe('windowReport', () => {
  it('names the file but not where it lies', () => {
    const error = new ImpastoError('image-truncated', { path: '/home/someone/pictures/harbour.tif' })
    expect(windowReport(error)).toEqual({ code: 'image-truncated', data: { path: 'harbour.tif' } })
  })

  it('says where a folder is that has to be found', () => {
    const told = (path: string) => windowReport(new ImpastoError('output-folder-missing', { path })).data
    expect(told('/media/ada/usb')).toEqual({ path: '/media/ada/usb' })
    expect(told(join(homedir(), 'my paintings', 'usb'))).toEqual({ path: '~/my paintings/usb' })
    const runs = { path: join(homedir(), 'library', 'runs'), reason: 'it is not a folder' }
    expect(windowReport(new ImpastoError('runs-unreadable', runs)).data).toEqual({
      ...runs,
      path: '~/library/runs',
    })
  })

  it('leaves data without a path as it is', () => {
    const error = new ImpastoError('optimisation-diverged', { iteration: 12 })
    expect(windowReport(error)).toEqual({ code: 'optimisation-diverged', data: { iteration: 12 } })
  })

  it.each([
    ['/home/some one/my pictures/the harbour.tif', 'the harbour.tif'],
    ['C:\\Users\\some one\\harbour.tif', 'harbour.tif'],
    ["/home/o'brien/harbour.tif", 'harbour.tif'],
    ['/harbour.tif', 'harbour.tif'],
  ])('shortens the whole path %j', (path, name) => {
    expect(shown(path)).toBe(name)
  })

  it.each([
    ["ENOENT: no such file, open '/home/some one/harbour.tif'", "ENOENT: no such file, open 'harbour.tif'"],
    ['Cannot read "/home/some one/harbour.tif" now', 'Cannot read "harbour.tif" now'],
    ['Cannot find /usr/lib/node/binding.node.', 'Cannot find binding.node.'],
    ["open '/harbour.tif'", "open 'harbour.tif'"],
    ['rename /tmp/one.part -> /tmp/two.png', 'rename one.part -> two.png'],
    ["copy '/home/some one/a.png' -> '/home/some one/b.png'", "copy 'a.png' -> 'b.png'"],
    ["open 'D:\\My pictures\\harbour.tif'", "open 'harbour.tif'"],
  ])('shortens the paths in the sentence %j', (sentence, short) => {
    expect(shown(sentence)).toBe(short)
  })

  it.each([
    'there is nothing to shorten here',
    'and/or',
    '12 MB/s at 1/2 of the size',
    'https://example.org/pictures/harbour.tif',
    'harbour.tif',
    '../harbour.tif',
    '',
  ])('leaves %j, which is no path, as it is', (text) => {
    expect(shown(text)).toBe(text)
  })

  it('reaches into lists, and changes nothing but texts', () => {
    const issues = ['size: too large', "'/home/some one/recipe.json' is no recipe"]
    expect(windowReport(new ImpastoError('recipe-invalid', { path: null, issues }))).toEqual({
      code: 'recipe-invalid',
      data: { path: null, issues: ['size: too large', "'recipe.json' is no recipe"] },
    })
  })
})
