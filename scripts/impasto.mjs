#!/usr/bin/env node
/** @file The `impasto` command: sets the project up where that is still to do, then runs the command line. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from './setup/project.mjs'
import { setUpOrExit } from './setup/run-setup.mjs'

// Standard output belongs to the command: `--json` writes its events there.
await setUpOrExit({ stream: process.stderr })
await import(pathToFileURL(join(projectRoot, 'out/main/cli.js')).href)
