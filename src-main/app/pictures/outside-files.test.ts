import { describe, expect, it } from 'vitest'
import { filesAmong, OutsideFiles } from './outside-files'

describe('files from outside', () => {
  it('are the arguments that are no flags, seen from where the program was started', () => {
    expect(filesAmong(['--no-sandbox', 'a.jpg', '/b/c.png', ''], '/home/me')).toEqual([
      '/home/me/a.jpg',
      '/b/c.png',
    ])
  })

  it('wait until the window listens, and come at once afterwards', () => {
    const files = new OutsideFiles()
    const opened: string[] = []
    files.add(['/early.jpg'])
    expect(opened).toEqual([])
    files.deliverTo((path) => opened.push(path))
    files.add(['/late.jpg'])
    expect(opened).toEqual(['/early.jpg', '/late.jpg'])
  })
})
