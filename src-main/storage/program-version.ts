/** @file The version of the program, as package.json has it. */
import { version } from '../../package.json'

export const PROGRAM_VERSION = version
