/** @file Joins a host with the process that has started this one, over the channel between them. */
import type { EngineMessage } from '../../../src-shared/contract/engine-messages'
import type { TaskTable } from '../tasks'
import { Host } from './host'

/** Does what the parent asks for until it is gone or asks to leave. */
export function serve(tasks: TaskTable): void {
  const host = new Host(tasks, send)
  process.on('message', (message) => {
    host.receive(message)
  })
  process.on('disconnect', () => {
    host.abandon()
  })
  // A terminal sends its signals to the whole process group; what they mean is decided by the parent.
  process.on('SIGINT', () => undefined)
  host.announce()
}

function send(message: EngineMessage): Promise<void> {
  return new Promise((sent) => {
    // A message that finds no parent is lost, which `disconnect` tells; without a callback it would be thrown.
    process.send?.(message, undefined, undefined, () => {
      sent()
    })
  })
}
