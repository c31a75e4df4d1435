/**
 * @file A small real process that speaks the engine's protocol and "paints" by a plan: each start of the task takes
 * the next line of plan.json in the run's folder, and ends as it says.
 */
import { EventEmitter, once } from 'node:events'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {import('../../../src-shared/contract/engine-messages').EngineMessage} EngineMessage */
/** @typedef {import('../../../src-shared/contract/engine-messages').EngineRequest} EngineRequest */
/** @typedef {import('../../../src-shared/model/stylize-job').StylizeJob} StylizeJob */
/** @typedef {readonly (readonly (number | string)[])[]} Plan numbers are checkpoints, words ends, signals deaths */

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

process.on('disconnect', () => process.exit(0))
process.on('message', (message) => {
  const request = /** @type {EngineRequest} */ (message)
  if (request.kind === 'shut-down') process.exit(0)
  else if (request.kind === 'control') controls.emit('control')
  else if (request.task === 'stylize') {
    void paint(request.taskId, /** @type {StylizeJob} */ (request.arguments))
  } else void send({ kind: 'finished', taskId: request.taskId, result: photograph })
})
void send({ kind: 'ready', processId: process.pid })

/**
 * @param {string} taskId
 * @param {StylizeJob} job
 */
async function paint(taskId, { folder, resume }) {
  const log = join(folder, 'log.txt')
  const starts = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0
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
  } else if (step === 'fault') {
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
