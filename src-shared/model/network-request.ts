/** @file Which network is meant, and for which pictures and classes. */
import { z } from 'zod'

export const networkNames = ['vgg-11', 'vgg-13', 'vgg-16', 'vgg-16-c', 'vgg-19'] as const

/** Sides above this would be a slip of the finger. */
const LARGEST_SIDE = 4096
const side = z.int().min(1).max(LARGEST_SIDE)

export const networkRequestSchema = z.object({
  name: z.enum(networkNames),
  /** Of one image: height, width, channels. */
  input: z.tuple([side, side, z.int().min(1).max(16)]),
  classes: z.int().min(1).max(1_000_000),
})
export type NetworkRequest = Readonly<z.infer<typeof networkRequestSchema>>
