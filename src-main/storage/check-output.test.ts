import { link, mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { checkOutput, type OutputRequest } from './check-output'
import { sidecarPath, writePicture } from './sidecar'
import { exampleSidecar, writeSidecar } from './testing/examples'
import { temporaryFolder } from './testing/temporary-folder'

let folder: string
let photograph: string
beforeEach(async () => {
  folder = await temporaryFolder()
  photograph = join(folder, 'photograph.jpg')
  await writeFile(photograph, 'pixels')
})

function request(path: string, changes: Partial<OutputRequest> = {}): OutputRequest {
  return { path, inputs: [photograph], overwrite: 'never', runId: null, ...changes }
}

describe('checkOutput', () => {
  it('returns the format of a new file, whatever the case of its ending', async () => {
    expect(await checkOutput(request(join(folder, 'new.PNG')))).toBe('png')
    expect(await checkOutput(request(join(folder, 'new.jpeg')))).toBe('jpeg')
    expect(await checkOutput(request(join(folder, 'new.webp')))).toBe('webp')
  })

  it.each(['new.bmp', 'new', 'png'])('refuses %s, which names no format', async (name) => {
    await expect(checkOutput(request(join(folder, name)))).rejects.toMatchObject({
      code: 'output-format-unsupported',
    })
  })

  it('refuses a folder that is missing or is a file', async () => {
    await expect(checkOutput(request(join(folder, 'none', 'new.png')))).rejects.toMatchObject({
      code: 'output-folder-missing',
      data: { path: join(folder, 'none') },
    })
    await expect(checkOutput(request(join(photograph, 'new.png')))).rejects.toMatchObject({
      code: 'output-folder-missing',
    })
  })

  it('refuses a folder that takes no files, whoever asks', async () => {
    await expect(checkOutput(request('/sys/new.png'))).rejects.toMatchObject({
      code: 'output-unwritable',
      data: { path: '/sys/new.png' },
    })
  })

  it('leaves nothing in the folder', async () => {
    await checkOutput(request(join(folder, 'new.png')))
    expect(await readdir(folder)).toEqual(['photograph.jpg'])
  })

  it('refuses an input as the output, even when it may overwrite', async () => {
    const paths = {
      same: photograph,
      relative: relative(process.cwd(), photograph),
      roundabout: join(folder, 'sub', '..', '.', 'photograph.jpg'),
      symbolic: join(folder, 'symbolic.jpg'),
      hard: join(folder, 'hard.jpg'),
      throughFolder: join(folder, 'linked', 'photograph.jpg'),
    }
    await mkdir(join(folder, 'sub'))
    await symlink(photograph, paths.symbolic)
    await link(photograph, paths.hard)
    await symlink(folder, join(folder, 'linked'))
    for (const path of Object.values(paths)) {
      await expect(checkOutput(request(path, { overwrite: 'always' })), path).rejects.toMatchObject({
        code: 'output-is-input',
      })
    }
  })

  it('refuses to write its sidecar over an input, such as the recipe', async () => {
    const recipe = join(folder, 'new.png.json')
    await expect(
      checkOutput(request(join(folder, 'new.png'), { inputs: [recipe], overwrite: 'always' })),
    ).rejects.toMatchObject({ code: 'output-is-input', data: { path: recipe } })
  })

  it('overwrites only as it is told', async () => {
    const path = join(folder, 'painted.png')
    await writeFile(path, 'pixels')
    await expect(checkOutput(request(path))).rejects.toMatchObject({ code: 'output-exists', data: { path } })
    expect(await checkOutput(request(path, { overwrite: 'always' }))).toBe('png')
  })

  it('lets a run replace what it saved itself, and nothing else', async () => {
    const path = join(folder, 'painted.png')
    const sameRun = request(path, { overwrite: 'same-run', runId: exampleSidecar.runId })
    await writeFile(path, 'pixels')
    await expect(checkOutput(sameRun)).rejects.toMatchObject({ code: 'output-exists' })
    await writeSidecar(path, exampleSidecar)
    expect(await checkOutput(sameRun)).toBe('png')
    await expect(checkOutput({ ...sameRun, runId: 'another' })).rejects.toMatchObject({
      code: 'output-exists',
    })
    await expect(checkOutput({ ...sameRun, runId: null })).rejects.toMatchObject({ code: 'output-exists' })
  })

  it('lets no run replace its picture that somebody has changed', async () => {
    const path = join(folder, 'painted.png')
    const sameRun = request(path, { overwrite: 'same-run', runId: exampleSidecar.runId })
    await writePicture(path, Uint8Array.of(1), exampleSidecar, { replace: false })
    expect(await checkOutput(sameRun)).toBe('png')
    await writeFile(path, 'retouched')
    await expect(checkOutput(sameRun)).rejects.toMatchObject({ code: 'picture-changed', data: { path } })
    expect(await checkOutput({ ...sameRun, overwrite: 'always' })).toBe('png')
  })

  it('does not overwrite a file that happens to be called like the sidecar', async () => {
    const path = join(folder, 'painted.png')
    await writeFile(sidecarPath(path), '{}')
    await expect(checkOutput(request(path))).rejects.toMatchObject({
      code: 'output-exists',
      data: { path: sidecarPath(path) },
    })
  })

  it('refuses a folder under the picture’s name', async () => {
    const path = join(folder, 'painted.png')
    await mkdir(path)
    await expect(checkOutput(request(path, { overwrite: 'always' }))).rejects.toMatchObject({
      code: 'output-unwritable',
    })
  })

  it('refuses before the work what could only fail after it', async () => {
    const always = { overwrite: 'always' } as const
    await symlink(join(folder, 'none.png'), join(folder, 'dangling.png'))
    await expect(checkOutput(request(join(folder, 'dangling.png'), always))).rejects.toMatchObject({
      code: 'output-unwritable',
      data: { reason: 'it is a link that leads nowhere' },
    })
    // A name may have 255 bytes, and the sidecar's is longer by five.
    const longest = `${'n'.repeat(246)}.png`
    expect(await checkOutput(request(join(folder, longest), always))).toBe('png')
    await expect(checkOutput(request(join(folder, `n${longest}`), always))).rejects.toMatchObject({
      code: 'output-unwritable',
      data: { reason: 'the name is too long' },
    })
    await expect(checkOutput(request(join(folder, 'k\uFFFDrper.png'), always))).rejects.toMatchObject({
      code: 'output-unwritable',
      data: { reason: 'its name is not UTF-8' },
    })
    await symlink('/sys/kernel/painted.png', join(folder, 'elsewhere.png'))
    await expect(checkOutput(request(join(folder, 'elsewhere.png'), always))).rejects.toMatchObject({
      code: 'output-unwritable',
    })
    expect((await readdir(folder)).sort()).toEqual(['dangling.png', 'elsewhere.png', 'photograph.jpg'])
  })

  it('goes through a link to a picture, and takes one under the sidecar’s name for what may be replaced', async () => {
    const path = join(folder, 'painted.png')
    await writeFile(join(folder, 'target.png'), 'pixels')
    await symlink(join(folder, 'target.png'), path)
    await symlink(join(folder, 'none'), sidecarPath(path))
    expect(await checkOutput(request(path, { overwrite: 'always' }))).toBe('png')
    await expect(checkOutput(request(path))).rejects.toMatchObject({ code: 'output-exists' })
  })
})
