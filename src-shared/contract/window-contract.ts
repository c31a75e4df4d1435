/**
 * @file What the window and the main process say to each other: every request with its arguments and its value,
 * and every event. Main parses all arguments; `src-main/ipc` and `src-main/preload` are typed by this map.
 */
import { z } from 'zod'
import { errorReportSchema, type ErrorReport } from '../errors/codes'
import { actionIds } from '../model/actions'
import { diagnosisSchema } from '../model/diagnosis'
import { framingSchema } from '../model/framing'
import { deskSchema } from '../model/desk'
import { paintingQueueSchema } from '../model/queue'
import { resultSchema } from '../model/result'
import {
  runControlSchema,
  runEventSchema,
  runIdSchema,
  runStateSchema,
  shownImageSchema,
} from '../model/run-state'
import { styleRecipeSchema } from '../model/style-recipe'
import {
  imageIdSchema,
  pictureRoleSchema,
  windowPictureSchema,
  type PictureRole,
} from '../model/window-picture'
import { preferencesSchema } from '../model/window-settings'
import { paintingRequestSchema, queueEvents, queueRequests } from './queue-contract'
import { MOST_DROPPED_BYTES } from './window-channels'

const nothing = z.object({})
const runId = runIdSchema
const actionIdSchema = z.enum(actionIds)
const keptFileSchema = z.enum(['settings', 'desk'])

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

/** What the library holds, and where, in words for a person: no request takes a path. */
export const libraryFactsSchema = z.object({
  /** Where new paintings are kept: `~/Pictures/Impasto`. */
  picturesFolder: z.string(),
  /** The window's paintings that lie there. */
  pictures: z.object({ count: z.int(), bytes: z.number() }),
  /** Those that lie in other folders; `error`: why they could not be moved when the folder was changed last. */
  elsewhere: z.array(
    z.object({
      folder: z.string(),
      count: z.int(),
      bytes: z.number(),
      error: errorReportSchema.nullable(),
    }),
  ),
  checkpoints: z.object({ bytes: z.number() }),
  library: z.object({ folder: z.string(), bytes: z.number() }),
})
export type LibraryFacts = Readonly<z.infer<typeof libraryFactsSchema>>

/**
 * Why the window begins without the settings or the desk of the last one: the file is left as it is, or kept under
 * another name.
 */
export const keptFileProblemSchema = z.discriminatedUnion('kind', [
  z.object({ file: keptFileSchema, kind: z.literal('unreadable'), error: errorReportSchema }),
  z.object({ file: keptFileSchema, kind: z.literal('newer') }),
  z.object({ file: keptFileSchema, kind: z.literal('set-aside'), name: z.string() }),
])
export type KeptFileProblem = Readonly<z.infer<typeof keptFileProblemSchema>>

/** How large the window draws itself. */
export const interfaceZoomSchema = z.enum(['in', 'out', 'reset'])

export const windowStateSchema = z.object({
  /** The events up to this number are part of the state; see [Note: Numbered events]. */
  eventNumber: z.int().min(0),
  photographs: z.array(windowPictureSchema),
  paintings: z.array(windowPictureSchema),
  /** What the recipe starts from where it says so. */
  initialImage: windowPictureSchema.nullable(),
  /** As it was left; null in a new library. */
  desk: deskSchema.nullable(),
  /** The photograph of the desk as it is framed. */
  framed: shownImageSchema.nullable(),
  /** Pictures of the desk that are gone or cannot be read any more. */
  refusals: z.array(refusalSchema),
  preferences: preferencesSchema,
  keptFileProblems: z.array(keptFileProblemSchema),
  engine: engineStatusSchema,
  machine: machineSchema,
  run: runStateSchema.nullable(),
  queue: paintingQueueSchema,
  /** The painting of the library that was looked at last. */
  looked: runStateSchema.nullable(),
  unfinished: z.array(unfinishedRunSchema),
  results: z.array(resultSchema),
  /**
   * Paintings that cannot be shown, and are kept as they are; `absent`: their picture is not where it was; `problem`: why
   * it is not known which others there are.
   */
  hidden: z.object({
    newer: z.int(),
    unreadable: z.int(),
    absent: z.int(),
    problem: errorReportSchema.nullable(),
  }),
  maximised: z.boolean(),
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
      bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= MOST_DROPPED_BYTES),
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
    arguments: paintingRequestSchema.extend({
      /** End the painting under way first, keeping what there is of it; otherwise there must be none. */
      instead: z.boolean(),
    }),
    value: nothing,
  },
  ...queueRequests,
  /** `stop-now` does not wait for the step or the saving to end: the painting goes back to its last checkpoint. */
  controlRun: {
    arguments: z.object({ runId, control: z.enum([...runControlSchema.options, 'stop-now']) }),
    value: nothing,
  },
  /**
   * Goes on with a painting that ended, failed or was cut off, from its checkpoint. `anew`: it failed before it had one,
   * and begins again. `finish` saves it as it is instead of painting on.
   */
  continueRun: {
    arguments: z.object({
      runId,
      additionalIterations: z.int().min(0).max(5000),
      anew: z.boolean(),
      finish: z.boolean(),
    }),
    value: nothing,
  },
  /** Discards what was painted of a run that was cut off; one that has a picture keeps that, and stays. */
  discardRun: { arguments: z.object({ runId }), value: nothing },
  /** A painting of the library, as it stands. */
  showResult: { arguments: z.object({ runId }), value: runStateSchema },
  /** Takes a painting out of sight; what becomes of it is said by one of the next two. */
  deleteResult: { arguments: z.object({ runId }), value: nothing },
  restoreResult: { arguments: z.object({ runId }), value: resultSchema },
  /** Moves the picture to the system's bin. */
  binResult: { arguments: z.object({ runId }), value: nothing },
  /** Forgets the paintings whose picture was deleted by hand, and says how many are not where they were still. */
  forgetAbsent: { arguments: nothing, value: z.object({ absent: z.int() }) },
  /** Saves the painting where the person says; null where they chose no place. */
  savePainting: { arguments: z.object({ runId }), value: z.object({ name: z.string() }).nullable() },
  copyPainting: { arguments: z.object({ runId }), value: nothing },
  revealPainting: { arguments: z.object({ runId }), value: nothing },
  /** Keeps the desk for the next start. */
  keepDesk: { arguments: z.object({ desk: deskSchema }), value: nothing },
  libraryFacts: { arguments: nothing, value: libraryFactsSchema },
  /** Lets the person choose where paintings are kept, and moves them there; null where they chose no place. */
  choosePicturesFolder: { arguments: nothing, value: libraryFactsSchema.nullable() },
  /** Deletes the checkpoints of all paintings that ended. */
  clearCheckpoints: { arguments: nothing, value: libraryFactsSchema },
  changePreferences: { arguments: preferencesSchema.partial(), value: nothing },
  zoomInterface: { arguments: z.object({ zoom: interfaceZoomSchema }), value: nothing },
  /** Starts the engine anew where it is not available. */
  retryEngine: { arguments: nothing, value: nothing },
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

/**
 * [Note: Numbered events] A page asks for the state and listens to events, and either may overtake the other. So main
 * numbers its events and says up to which number the state has them; the page listens first, keeps what comes, and
 * lets fall what the state already knows.
 */
export interface NumberedEvent<Name extends WindowEventName> {
  readonly number: number
  readonly event: WindowEvent<Name>
}

export const windowEvents = {
  run: z.object({ runId, event: runEventSchema }),
  ...queueEvents,
  /** A painting came to an end and stands in the library now, or its thumbnail is ready. */
  result: resultSchema,
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
    readonly [Name in WindowEventName]: (listener: (event: NumberedEvent<Name>) => void) => () => void
  }
}
