import { describe, expect, it } from 'vitest'
import { TaskController } from './task-control'

describe('TaskController', () => {
  it('lets a task go on that nobody has spoken to', async () => {
    expect(await new TaskController().suspend()).toBe('continue')
  })

  it('holds a paused task until it is resumed', async () => {
    const controller = new TaskController()
    controller.control('pause')
    const suspension = controller.suspend()
    expect(await Promise.race([suspension, controller.receive().then(() => 'still paused')])).toBe(
      'still paused',
    )
    controller.control('resume')
    expect(await suspension).toBe('continue')
  })

  it.each(['stop', 'cancel'] as const)('ends a paused task that is told to %s', async (ending) => {
    const controller = new TaskController()
    controller.control('pause')
    const suspension = controller.suspend()
    controller.control(ending)
    expect(await suspension).toBe(ending)
  })

  it('lets messages arrive that came during a step', async () => {
    const controller = new TaskController()
    setImmediate(() => {
      controller.control('stop')
    })
    await controller.receive()
    expect(await controller.suspend()).toBe('stop')
  })
})
