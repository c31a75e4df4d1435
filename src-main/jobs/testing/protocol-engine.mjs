/**
 * @file A small real process that speaks the engine's protocol, for ends that the real engine cannot be made to
 * meet at will. IMPASTO_TEST_ENGINE says how it behaves once a task starts.
 */
const behaviour = process.env.IMPASTO_TEST_ENGINE ?? 'finish'
const inspected = { width: 640, height: 426, format: 'jpeg', bytes: 1000, hasAlpha: false }

const send = (message) => process.send(message)
const endBySignal = (signal) => process.kill(process.pid, signal)

if (behaviour === 'fail-to-start') throw new Error('the binding is missing')

process.on('disconnect', () => process.exit(0))
process.on('message', (request) => {
  if (request.kind === 'shut-down') process.exit(0)
  if (request.kind === 'start') begin(request)
  if (request.kind === 'control')
    send({ kind: 'failed', taskId: request.taskId, error: controlReport(request) })
})
send({ kind: 'ready', processId: process.pid })

function controlReport({ control }) {
  return { code: 'usage', data: { message: `control ${control}` } }
}

function begin({ taskId }) {
  switch (behaviour) {
    case 'finish':
      send({ kind: 'event', taskId, event: { event: 'checkpoint', iteration: 1 } })
      send({ kind: 'finished', taskId, result: inspected })
      return
    case 'finish-wrongly':
      send({ kind: 'finished', taskId, result: { width: 'wide' } })
      return
    case 'talk-nonsense':
      send({ kind: 'poem', taskId })
      return
    case 'wait':
      return
    case 'allocate-too-much':
      process.stderr.write("terminate called after throwing an instance of 'std::bad_alloc'\n")
      endBySignal('SIGABRT')
      return
    case 'throw':
      throw new Error('a fault in the engine')
    case 'environment':
      send({
        kind: 'failed',
        taskId,
        error: { code: 'usage', data: { message: JSON.stringify(process.env) } },
      })
      return
    default:
      endBySignal(behaviour)
  }
}
