/**
 * @file The tasks that the engine process can do: for each, the schemas of its arguments, of the events that it tells
 * while it runs, and of its result.
 */
import { z } from 'zod'
import { framingSchema } from '../model/framing'
import { paintingEventSchema } from './painting-events'
import { networkCostsSchema } from '../model/network-costs'
import { networkRequestSchema } from '../model/network-request'
import { pictureSchema } from '../model/picture'
import { stylizeJobSchema } from '../model/stylize-job'
import { diagnosisSchema } from '../model/diagnosis'

const imagePath = z.string()

/** A task that only answers. */
const noEvents = z.never()

export const engineTasks = {
  /** Paints a picture. Reports phases, iterations, previews and checkpoints. */
  stylize: {
    arguments: stylizeJobSchema,
    events: paintingEventSchema,
    result: z.object({
      /** The picture that was saved; null where the task was cancelled, which keeps only the checkpoint. */
      output: z.string().nullable(),
      iteration: z.int(),
      complete: z.boolean(),
    }),
  },
  /** Loads the network and computes once, so that the next painting starts at once. */
  'warm-up': {
    arguments: z.object({}),
    events: noEvents,
    result: z.object({
      /** Seconds of one iteration for each megapixel, measured on this machine. */
      secondsPerMegapixel: z.number(),
    }),
  },
  /** The losses of a finished picture, as the loss defines them, at the size of its file. */
  measure: {
    arguments: z.object({ image: imagePath, photograph: imagePath, painting: imagePath }),
    events: noEvents,
    result: z.object({
      contentLoss: z.number(),
      styleLoss: z.number(),
      styleLayers: z.record(z.string(), z.number()),
    }),
  },
  /** The layers of a network, with their sizes and costs. */
  'inspect-network': { arguments: networkRequestSchema, events: noEvents, result: networkCostsSchema },
  /** What this machine and this installation can do. */
  diagnose: { arguments: z.object({ library: z.string() }), events: noEvents, result: diagnosisSchema },
  /** Checks a picture and reads its size (after orientation) without keeping it. */
  'inspect-picture': { arguments: z.object({ path: imagePath }), events: noEvents, result: pictureSchema },
  /**
   * Writes a copy of a picture for the screen: upright, framed, sRGB, long side at most `longSide` px;
   * JPEG, or PNG where the path ends in .png.
   */
  'render-picture': {
    arguments: z.object({
      path: imagePath,
      framing: framingSchema,
      longSide: z.int().min(1),
      output: z.string(),
    }),
    events: noEvents,
    result: z.object({ width: z.int(), height: z.int() }),
  },
  /** Writes a finished painting in the format that `output` ends in, with its recipe embedded and a sidecar. */
  'export-painting': {
    arguments: z.object({ painting: imagePath, output: z.string(), overwrite: z.boolean() }),
    events: noEvents,
    result: z.object({ output: z.string() }),
  },
} as const satisfies Record<string, { arguments: z.ZodType; events: z.ZodType; result: z.ZodType }>

export type EngineTaskName = keyof typeof engineTasks
export type EngineTaskArguments<Name extends EngineTaskName> = z.infer<
  (typeof engineTasks)[Name]['arguments']
>
export type EngineTaskEvent<Name extends EngineTaskName> = z.infer<(typeof engineTasks)[Name]['events']>
export type EngineTaskResult<Name extends EngineTaskName> = z.infer<(typeof engineTasks)[Name]['result']>

/** The tasks that tell how they go on, and can be controlled. */
export type LongTaskName = {
  [Name in EngineTaskName]: [EngineTaskEvent<Name>] extends [never] ? never : Name
}[EngineTaskName]
