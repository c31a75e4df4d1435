/** @file A job of any kind: what is to be made, as data. Its `kind` tells whose it is, also on the disk. */
import { z } from 'zod'
import { stylizeJobSchema } from './stylize-job'

export const jobSchema = z.discriminatedUnion('kind', [stylizeJobSchema])

export type Job = Readonly<z.infer<typeof jobSchema>>
