/**
 * @file The messages between the engine process and whoever started it (the window's main process or the
 * command line). Requests travel down, events travel up, both as JSON over the process's own channel.
 */
import { z } from 'zod'
import { errorReportSchema } from '../errors/codes'
import { engineTasks, type EngineTaskName } from './engine-tasks'

const taskNames = Object.keys(engineTasks) as [EngineTaskName, ...EngineTaskName[]]
const taskId = z.string().min(1).max(80)

/** `stop` ends a task early and keeps what there is; `cancel` ends it and keeps only the checkpoint. */
export const taskControlSchema = z.enum(['pause', 'resume', 'stop', 'cancel'])
export type TaskControl = z.infer<typeof taskControlSchema>

export const engineRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), taskId, task: z.enum(taskNames), arguments: z.unknown() }),
  z.object({ kind: z.literal('control'), taskId, control: taskControlSchema }),
  /** Leave when nothing runs any more. */
  z.object({ kind: z.literal('shut-down') }),
])
export type EngineRequest = z.infer<typeof engineRequestSchema>

export const engineMessageSchema = z.discriminatedUnion('kind', [
  /** The process is up and listens. */
  z.object({ kind: z.literal('ready'), processId: z.int() }),
  z.object({ kind: z.literal('event'), taskId, event: z.unknown() }),
  z.object({ kind: z.literal('finished'), taskId, result: z.unknown() }),
  z.object({ kind: z.literal('failed'), taskId, error: errorReportSchema }),
])
export type EngineMessage = z.infer<typeof engineMessageSchema>
