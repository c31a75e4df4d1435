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

  it.each([
    ['stop', 'pause', 'stop'],
    ['stop', 'resume', 'stop'],
    ['stop', 'cancel', 'cancel'],
    ['cancel', 'stop', 'cancel'],
    ['cancel', 'pause', 'cancel'],
  ] as const)('that is told to %s and then to %s will %s', async (first, second, continuation) => {
    const controller = new TaskController()
    controller.control(first)
    controller.control(second)
    expect(controller.isPaused).toBe(false)
    expect(await controller.suspend()).toBe(continuation)
  })

  it('goes on waiting through a second pause', async () => {
    const controller = new TaskController()
    controller.control('pause')
    const suspension = controller.suspend()
    controller.control('pause')
    expect(await Promise.race([suspension, controller.receive().then(() => 'still paused')])).toBe(
      'still paused',
    )
    controller.control('resume')
    expect(await suspension).toBe('continue')
  })

  it('listens from the first suspension point on', async () => {
    const controller = new TaskController()
    expect(controller.isListening).toBe(false)
    await controller.receive()
    expect(controller.isListening).toBe(true)
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
