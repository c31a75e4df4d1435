/** @file What the preload script needs of the contract: apart from it, so that the script stays free of zod. */
import type { WindowEventName, WindowRequestName } from './window-contract'

export const requestChannel = (name: WindowRequestName): string => `impasto:request:${name}`
export const eventChannel = (name: WindowEventName): string => `impasto:event:${name}`

/** A picture that is dropped without a file is sent whole; a larger one is refused before it is. */
export const MOST_DROPPED_BYTES = 200e6

/** The longest name that such a picture keeps, in characters. */
export const LONGEST_DROPPED_NAME = 200
