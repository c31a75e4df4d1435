/** @file `npm start`: sets up what is missing, then opens the window; without a display it paints a sample instead. */
import { openWindow } from './start/open-window.mjs'
import { paintSample } from './start/paint-sample.mjs'
import { setUpOrExit } from './setup/run-setup.mjs'

const { electron } = await setUpOrExit({ stream: process.stdout })
const hasDisplay = Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)

if (hasDisplay && electron) process.exitCode = await openWindow(electron.path)
else await paintSample()
