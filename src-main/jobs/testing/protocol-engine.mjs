/**
 * @file A small real process that speaks the engine's protocol, for ends that the real engine cannot be made to
 * meet at will. IMPASTO_TEST_ENGINE says how it behaves once a task starts.
 */
/** @typedef {import('../../../src-shared/contract/engine-messages').EngineMessage} EngineMessage */
/** @typedef {import('../../../src-shared/contract/engine-messages').EngineRequest} EngineRequest */

const behaviour = process.env.IMPASTO_TEST_ENGINE ?? 'finish'
const painted = { output: '/painting.png', iteration: 9, complete: true }

let tasks = 0

/** @param {EngineMessage | { kind: 'poem' }} message */
const send = (message) => process.send?.(message)

if (behaviour === 'fail-to-start') throw new Error('the binding is missing')

process.on('disconnect', () => process.exit(0))
process.on('message', (message) => {
  const request = /** @type {EngineRequest} */ (message)
  if (request.kind === 'shut-down') process.exit(0)
  if (request.kind === 'start') begin(request.taskId)
  if (request.kind === 'control') fail(request.taskId, `control ${request.control}`)
})
send({ kind: 'ready', processId: process.pid })

/**
 * @param {string} taskId
 * @param {string} message
 */
function fail(taskId, message) {
  send({ kind: 'failed', taskId, error: { code: 'usage', data: { message } } })
}

/** @param {string} taskId */
function failComputing(taskId) {
  send({ kind: 'failed', taskId, error: { code: 'session-failed', data: { reason: 'shapes differ' } } })
}

/** @param {string} taskId */
function begin(taskId) {
  tasks += 1
  switch (behaviour) {
    case 'finish':
      send({ kind: 'event', taskId, event: { event: 'checkpoint', iteration: 1 } })
      send({ kind: 'finished', taskId, result: painted })
      return
    case 'finish-wrongly':
      send({ kind: 'finished', taskId, result: { width: 'wide' } })
      return
    case 'tell-wrongly':
      send({ kind: 'event', taskId, event: { event: 'checkpoint', iteration: -1 } })
      return
    case 'talk-nonsense':
      send({ kind: 'poem' })
      return
    case 'wait':
      return
    case 'session-failed':
      failComputing(taskId)
      return
    case 'session-failed-second':
      if (tasks === 1) send({ kind: 'event', taskId, event: { event: 'checkpoint', iteration: 1 } })
      else failComputing(taskId)
      return
    case 'engine-unavailable':
      send({ kind: 'failed', taskId, error: { code: 'engine-unavailable', data: { reason: 'no binding' } } })
      return
    case 'image-too-slow':
      send({ kind: 'failed', taskId, error: { code: 'image-too-slow', data: { path: 'a', seconds: 1 } } })
      return
    case 'unexpected':
      send({ kind: 'failed', taskId, error: { code: 'unexpected', data: { message: 'a fault' } } })
      return
    case 'allocate-too-much':
      process.stderr.write("terminate called after throwing an instance of 'std::bad_alloc'\n")
      process.kill(process.pid, 'SIGABRT')
      return
    case 'throw':
      throw new Error('a fault in the engine')
    case 'environment':
      fail(taskId, JSON.stringify(process.env))
      return
    default:
      process.kill(process.pid, behaviour)
  }
}
