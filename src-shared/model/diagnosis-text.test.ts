import { expect, it } from 'vitest'
import { isIntact, type Diagnosis } from './diagnosis'
import { diagnosisText } from './diagnosis-text'

const diagnosis: Diagnosis = {
  impasto: '0.1.0',
  node: { version: '20.20.2', path: '/usr/bin/node' },
  system: {
    platform: 'linux x64, Debian 12',
    processor: 'A processor',
    cores: 2,
    features: ['avx2', 'avx512f'],
    memory: 24e9,
    memoryFree: 20e9,
  },
  tensorflow: { version: '2.21.0', origin: 'wheel tensorflow-cpu', altered: [] },
  binding: { version: '4.22.0', origin: 'compiled here by g++ 12', altered: ['/lib/tfjs_binding.node'] },
  electron: null,
  device: {
    kind: 'cpu',
    name: 'A processor',
    threads: 1,
    seconds: 0.456,
    unused: [{ device: 'GPU', reason: 'no NVIDIA driver' }],
  },
  weights: { path: '/weights/vgg19.safetensors', sha256: 'e764', intact: false },
  library: { path: '/home/me/impasto', bytes: 3_400_000, runs: 2 },
}

it('is one aligned fact a line', () => {
  expect(diagnosisText(diagnosis)).toMatchInlineSnapshot(`
    "Impasto     0.1.0
    Node        20.20.2 (/usr/bin/node)
    TensorFlow  2.21.0, wheel tensorflow-cpu, intact
    Binding     4.22.0, compiled here by g++ 12, ALTERED; delete and start again: /lib/tfjs_binding.node
    Electron    not installed
    System      linux x64, Debian 12
    Processor   A processor, 2 cores
    Features    avx2 avx512f
    Memory      24.0 GB, 20.0 GB free
    Device      A processor (cpu, 1 thread), self-test computed in 456 ms
    Not used    GPU: no NVIDIA driver
    Weights     MISSING OR ALTERED (/weights/vgg19.safetensors)
                sha256 e764
    Library     /home/me/impasto (3.4 MB, 2 runs)"
  `)
})

it('is intact where the weights and all parts are', () => {
  const weights = { ...diagnosis.weights, intact: true }
  expect(isIntact({ ...diagnosis, weights, binding: null })).toBe(true)
  expect(isIntact({ ...diagnosis, weights })).toBe(false)
  expect(isIntact({ ...diagnosis, binding: null })).toBe(false)
})
