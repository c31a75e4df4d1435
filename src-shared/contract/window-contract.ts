/**
 * @file What the window and the main process say to each other: every request with its arguments and its value,
 * and every event. Main parses all arguments; `src-main/ipc` and `src-main/preload` are typed by this map.
 */
import { z } from 'zod'
import { errorReportSchema, type ErrorReport } from '../errors/codes'
import { actionIds } from '../model/actions'
import { diagnosisSchema } from '../model/diagnosis'
import { framingSchema } from '../model/framing'
import { runEventSchema, runStateSchema, shownImageSchema } from '../model/run-state'
import { styleRecipeSchema } from '../model/style-recipe'
import {
  imageIdSchema,
  pictureRoleSchema,
  windowPictureSchema,
  type PictureRole,
} from '../model/window-picture'
import { appearanceSchema, surroundSchema } from '../model/window-settings'

const nothing = z.object({})
const MOST_BYTES = 200e6
const runId = z.string().regex(/^[\w-]{1,80}$/)
const actionIdSchema = z.enum(actionIds)

/** A file that was opened, dropped or pasted: a picture, or the recipe that it carries. */
export const openedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('picture'), role: pictureRoleSchema, picture: windowPictureSchema }),
  z.object({ kind: z.literal('recipe'), name: z.string(), recipe: styleRecipeSchema }),
])
export type Opened = Readonly<z.infer<typeof openedSchema>>

/** A file that was refused. */
export const refusalSchema = z.object({
  name: z.string(),
  role: pictureRoleSchema,
  error: errorReportSchema,
})
export type Refusal = Readonly<z.infer<typeof refusalSchema>>

export const engineStatusSchema = z.object({
  state: z.enum(['starting', 'measuring', 'ready', 'unavailable']),
  /** Seconds of one iteration for each megapixel; null until this machine was measured. */
  secondsPerMegapixel: z.number().nullable(),
  error: errorReportSchema.nullable(),
})
export type EngineStatus = Readonly<z.infer<typeof engineStatusSchema>>

export const machineSchema = z.object({
  processor: z.string(),
  cores: z.int(),
  /** Bytes. */
  memory: z.number(),
  memoryFree: z.number(),
})
export type Machine = Readonly<z.infer<typeof machineSchema>>

/** A run that was cut off and can go on. */
export const unfinishedRunSchema = z.object({
  runId,
  photograph: z.string(),
  painting: z.string(),
  iteration: z.int(),
  total: z.int(),
})
export type UnfinishedRun = Readonly<z.infer<typeof unfinishedRunSchema>>

export const windowStateSchema = z.object({
  photographs: z.array(windowPictureSchema),
  paintings: z.array(windowPictureSchema),
  appearance: appearanceSchema,
  surround: surroundSchema,
  engine: engineStatusSchema,
  machine: machineSchema,
  run: runStateSchema.nullable(),
  unfinished: z.array(unfinishedRunSchema),
})
export type WindowState = Readonly<z.infer<typeof windowStateSchema>>

export const windowRequests = {
  /** Everything that a window needs to draw itself, at its start or when it was loaded anew. */
  windowState: { arguments: nothing, value: windowStateSchema },
  machine: { arguments: nothing, value: machineSchema },
  diagnosis: {
    arguments: nothing,
    /** `refusedRequests`: addresses that something in the window asked for and was refused. */
    value: z.object({ diagnosis: diagnosisSchema, refusedRequests: z.array(z.string()) }),
  },
  /** Lets the person choose a file; null where they chose none. */
  choosePicture: { arguments: z.object({ role: pictureRoleSchema }), value: openedSchema.nullable() },
  /** A dropped file. Only the preload script calls it, with the path that belongs to a real drop. */
  openFile: {
    arguments: z.object({ path: z.string().min(1), role: pictureRoleSchema }),
    value: openedSchema,
  },
  /** A dropped picture that has no file, such as one from a web page. At most 200 MB. */
  openBytes: {
    arguments: z.object({
      name: z.string().min(1).max(200),
      bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= MOST_BYTES),
      role: pictureRoleSchema,
    }),
    value: openedSchema,
  },
  pastePicture: { arguments: z.object({ role: pictureRoleSchema }), value: openedSchema },
  /** The photograph as it looks when it is framed. */
  framePhotograph: {
    arguments: z.object({ photograph: imageIdSchema, framing: framingSchema }),
    value: shownImageSchema,
  },
  paint: {
    arguments: z.object({
      photograph: imageIdSchema,
      framing: framingSchema,
      painting: imageIdSchema,
      initialImage: imageIdSchema.nullable(),
      recipe: styleRecipeSchema,
    }),
    value: nothing,
  },
  controlRun: { arguments: z.object({ control: z.enum(['pause', 'resume', 'stop']) }), value: nothing },
  /** Paints on where the last painting ended, was stopped or failed. */
  continueRun: { arguments: z.object({ additionalIterations: z.int().min(0).max(5000) }), value: nothing },
  /** Goes on with a run that was cut off; `finish` saves it as it is instead of painting on. */
  resumeRun: { arguments: z.object({ runId, finish: z.boolean() }), value: nothing },
  /** Deletes a run that was cut off. */
  discardRun: { arguments: z.object({ runId }), value: nothing },
  /** Saves the painting where the person says; null where they chose no place. */
  savePainting: { arguments: nothing, value: z.object({ name: z.string() }).nullable() },
  copyPainting: { arguments: nothing, value: nothing },
  revealPainting: { arguments: nothing, value: nothing },
  changeSettings: {
    arguments: z.object({ appearance: appearanceSchema.optional(), surround: surroundSchema.optional() }),
    value: nothing,
  },
  /** Which actions are possible and which are marked, for the menus. */
  reportActions: {
    arguments: z.object({ enabled: z.array(actionIdSchema), marked: z.array(actionIdSchema) }),
    value: nothing,
  },
  controlWindow: {
    arguments: z.object({ control: z.enum(['minimise', 'maximise', 'close', 'menu']) }),
    value: nothing,
  },
  /** The window listens: what was opened before it did is sent now. */
  windowReady: { arguments: nothing, value: nothing },
} as const satisfies Record<string, { arguments: z.ZodType; value: z.ZodType }>

export type WindowRequestName = keyof typeof windowRequests
export type WindowArguments<Name extends WindowRequestName> = z.input<
  (typeof windowRequests)[Name]['arguments']
>
export type WindowParsedArguments<Name extends WindowRequestName> = z.infer<
  (typeof windowRequests)[Name]['arguments']
>
export type WindowValue<Name extends WindowRequestName> = z.infer<(typeof windowRequests)[Name]['value']>

/** Ipc keeps only the message of a thrown error, so a failure travels as a value. */
export type WindowReply<Name extends WindowRequestName> =
  | { readonly ok: true; readonly value: WindowValue<Name> }
  | { readonly ok: false; readonly error: ErrorReport }

export const windowEvents = {
  run: runEventSchema,
  engine: engineStatusSchema,
  /** A file that was opened from outside the window. */
  opened: openedSchema,
  refused: refusalSchema,
  /** A menu item was chosen. */
  action: z.object({ action: actionIdSchema }),
  /** The window itself changed. */
  frame: z.object({ maximised: z.boolean() }),
} as const satisfies Record<string, z.ZodType>

export type WindowEventName = keyof typeof windowEvents
export type WindowEvent<Name extends WindowEventName> = z.infer<(typeof windowEvents)[Name]>

/** What the preload script puts on `window.impasto`: named functions and nothing else. */
export type WindowBridge = {
  readonly [Name in Exclude<WindowRequestName, 'openFile' | 'openBytes'>]: (
    requestArguments: WindowArguments<Name>,
  ) => Promise<WindowReply<Name>>
} & {
  /** `file` is a File of the page; its path stays in the preload script. */
  readonly openDroppedFile: (file: unknown, role: PictureRole) => Promise<WindowReply<'openFile'>>
  /** Each returns the function that ends the subscription. */
  readonly listen: {
    readonly [Name in WindowEventName]: (listener: (event: WindowEvent<Name>) => void) => () => void
  }
}
