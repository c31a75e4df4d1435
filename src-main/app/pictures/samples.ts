/** @file The pictures that come with the program, so that the first painting is one click away. */
import { join } from 'node:path'
import type { WindowPicture } from '../../../src-shared/model/window-picture'

interface Sample {
  readonly file: string
  readonly name: string
  readonly year: number | null
  readonly width: number
  readonly height: number
}

/** The first is the one that a new window begins with. */
const photographs: readonly Sample[] = [
  { file: 'coffee.png', name: 'coffee.png', year: null, width: 600, height: 400 },
  { file: 'astronaut.png', name: 'astronaut.png', year: null, width: 512, height: 512 },
  { file: 'chelsea.png', name: 'chelsea.png', year: null, width: 451, height: 300 },
  { file: 'rocket.jpg', name: 'rocket.jpg', year: null, width: 640, height: 427 },
]

const paintings: readonly Sample[] = [
  { file: 'night-cafe.webp', name: 'The Night Café', year: 1888, width: 634, height: 500 },
  { file: 'church-at-auvers.webp', name: 'The Church at Auvers', year: 1890, width: 397, height: 500 },
  { file: 'cafe-terrace-at-night.webp', name: 'Café Terrace at Night', year: 1888, width: 401, height: 500 },
  { file: 'harvest-at-la-crau.webp', name: 'The Harvest', year: 1888, width: 606, height: 500 },
  { file: 'langlois-bridge.webp', name: 'The Langlois Bridge', year: 1888, width: 668, height: 500 },
]

export interface SampleFile {
  readonly path: string
  readonly picture: Omit<WindowPicture, 'id'>
}

export interface SampleFiles {
  readonly photographs: readonly SampleFile[]
  readonly paintings: readonly SampleFile[]
}

export function sampleFiles(folder: string): SampleFiles {
  const filesIn =
    (kind: string) =>
    ({ file, ...picture }: Sample): SampleFile => ({
      path: join(folder, kind, file),
      picture: { ...picture, origin: 'sample' },
    })
  return {
    photographs: photographs.map(filesIn('photographs')),
    paintings: paintings.map(filesIn('paintings')),
  }
}
