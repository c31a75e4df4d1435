/** @file The names of the channels between window and main. Apart from the contract, so that the preload script stays free of zod. */
import type { WindowEventName, WindowRequestName } from './window-contract'

export const requestChannel = (name: WindowRequestName): string => `impasto:request:${name}`
export const eventChannel = (name: WindowEventName): string => `impasto:event:${name}`
