/**
 * @file A small real process that speaks the engine's protocol and "paints" by a plan: each start of the task takes
 * the next line of plan.json in the run's folder and follows it. The folder's log.txt tells how the task was started
 * each time, and the first control that it was given.
 */
import { EventEmitter, once } from 'node:events'
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {import('../../../src-shared/contract/engine-messages').EngineMessage} EngineMessage */
/** @typedef {import('../../../src-shared/contract/engine-messages').EngineRequest} EngineRequest */
/** @typedef {import('../../../src-shared/model/stylize-job').StylizeJob} StylizeJob */
/** @typedef {readonly (readonly (number | string)[])[]} Plan numbers are checkpoints, signals deaths, words what follow() says */

const photograph = { width: 900, height: 600, format: 'jpeg', bytes: 1000, hasAlpha: false }

/**
 * @param {EngineMessage} message
 * @returns {Promise<void>} when it has left this process, which may then die
 */
const send = (message) =>
  new Promise((sent) => {
    process.send?.(message, () => {
      sent()
    })
  })

const controls = new EventEmitter()
const control = once(controls, 'control')
let log = ''

process.on('disconnect', () => process.exit(0))
process.on('message', (message) => {
  const request = /** @type {EngineRequest} */ (message)
  if (request.kind === 'shut-down') process.exit(0)
  else if (request.kind === 'control') {
    if (controls.emit('control')) appendFileSync(log, `${request.control}\n`)
  } else if (request.task === 'stylize') {
    void paint(request.taskId, /** @type {StylizeJob} */ (request.arguments))
  } else inspect(request.taskId, /** @type {{ path: string }} */ (request.arguments).path)
})
void send({ kind: 'ready', processId: process.pid })

/**
 * Dies of a photograph that holds the name of a signal; the next engine finds none any more.
 *
 * @param {string} taskId
 * @param {string} path
 */
function inspect(taskId, path) {
  if (!existsSync(path)) void send({ kind: 'finished', taskId, result: photograph })
  else {
    const signal = readFileSync(path, 'utf8')
    rmSync(path)
    process.kill(process.pid, signal)
  }
}

/**
 * @param {string} taskId
 * @param {StylizeJob} job
 */
async function paint(taskId, { folder, resume }) {
  log = join(folder, 'log.txt')
  const words = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : []
  const starts = words.filter((word) => word === 'anew' || word === 'resumed').length
  appendFileSync(log, resume ? 'resumed\n' : 'anew\n')
  const plan = /** @type {Plan} */ (JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')))
  for (const step of plan[starts] ?? []) await follow(taskId, step)
}

/**
 * @param {string} taskId
 * @param {number | string} step
 */
async function follow(taskId, step) {
  if (typeof step === 'number') {
    await send({ kind: 'event', taskId, event: { event: 'checkpoint', iteration: step } })
  } else if (step === 'paint') {
    const size = { width: 90, height: 60 }
    await send({
      kind: 'event',
      taskId,
      event: { event: 'phase', phase: 'paint', scale: 1, scales: 1, ...size },
    })
  } else if (step === 'hang') await new Promise(() => undefined)
  else if (step === 'fault') {
    await send({ kind: 'failed', taskId, error: { code: 'unexpected', data: { message: 'a fault' } } })
  } else if (step === 'finish') {
    await send({
      kind: 'finished',
      taskId,
      result: { output: '/painting.png', iteration: 9, complete: true },
    })
  } else if (step === 'await-control') await control
  else process.kill(process.pid, step)
}
