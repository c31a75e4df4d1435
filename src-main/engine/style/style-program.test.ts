/** @file Targets, losses and the image gradient beside those of a reference framework. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { STYLE_LAYERS } from '../../../src-shared/math/style-weights'
import { relativeError } from '../graph/testing/relative-error'
import { loadGoldenVgg19, type GoldenVgg19 } from '../networks/testing/vgg19-golden'
import type { Callable, Executor, TensorValue } from '../runtime/executor'
import { openSession } from '../runtime/session/session'
import { loadVgg19Weights } from '../weights/vgg19'
import { weightsFolder } from '../weights/weights-folder'
import { buildStyleProgram, type StyleProgram } from './style-program'

/** Seen: 2e-7. Rounding of a float32 may differ from machine to machine, not by two orders of magnitude. */
const EXACT = { statistics: 1e-5, gradient: 1e-4 }
/** See [Note: Reduced precision]. */
const ROUNDED = { statistics: 0.03, gradient: 0.15 }
/** The golden file keeps the top left corner of each Gram matrix. */
const CORNER = 16

const scalar = (value: number): TensorValue => ({ shape: [], values: Float32Array.of(value) })
let golden: GoldenVgg19
beforeAll(async () => {
  golden = await loadGoldenVgg19()
})

describe.each([
  { pooling: 'max', prefix: 'max', precision: 'float32', tolerance: EXACT },
  { pooling: 'average', prefix: 'avg', precision: 'float32', tolerance: EXACT },
  { pooling: 'max', prefix: 'max', precision: 'bfloat16', tolerance: ROUNDED },
  { pooling: 'average', prefix: 'avg', precision: 'bfloat16', tolerance: ROUNDED },
] as const)(
  'the style program with $pooling pooling in $precision',
  ({ pooling, prefix, precision, tolerance }) => {
    let session: Executor<StyleProgram>
    let style: ReturnType<Callable<StyleProgram['style']>>
    let evaluate: () => ReturnType<Callable<StyleProgram['evaluate']>>
    let result: ReturnType<typeof evaluate>

    beforeAll(async () => {
      session = await openSession(
        buildStyleProgram(await loadVgg19Weights(weightsFolder({})), { pooling, precision }),
      )
      const weights = {
        contentWeight: scalar(0.01),
        styleWeight: scalar(10),
        totalVariationWeight: scalar(0),
        'layerWeight/block1_conv1': scalar(1),
        'layerWeight/block2_conv1': scalar(1),
        'layerWeight/block3_conv1': scalar(1),
        'layerWeight/block4_conv1': scalar(1),
        'layerWeight/block5_conv1': scalar(1),
      }
      const { functions } = session
      style = functions.style({ image: golden.tensor('style_rgb_u8') })
      const { content } = functions.content({ image: golden.tensor('content_rgb_u8') })
      const image = golden.tensor('image_rgb_u8')
      evaluate = () => functions.evaluate({ ...weights, ...style, image, content })
      result = evaluate()
    })

    afterAll(() => {
      session.dispose()
    })

    it.each(STYLE_LAYERS)('gives the Gram matrix of %s', (layer) => {
      const { shape, values } = style[`gram/${layer}`]
      const channels = shape[1] ?? 0
      const corner = Array.from(
        { length: CORNER * CORNER },
        (_, index) => values[Math.floor(index / CORNER) * channels + (index % CORNER)] ?? NaN,
      )
      const reference = golden.tensor(`${prefix}/style_gram/${layer}`)
      expect(relativeError(corner, reference.values)).toBeLessThan(tolerance.statistics)
    })

    it.each(STYLE_LAYERS)('gives the style loss of %s', (layer) => {
      const reference = golden.scalar(`${prefix}/gram_mse/${layer}`)
      expect(relativeError(result[`styleLayer/${layer}`].values, [reference])).toBeLessThan(
        tolerance.statistics,
      )
    })

    it('gives the content loss and the total', () => {
      const content = golden.scalar(`${prefix}/content_mse`)
      expect(relativeError(result.contentLoss.values, [content])).toBeLessThan(tolerance.statistics)
      const total = golden.scalar(`${prefix}/loss`)
      expect(relativeError(result.loss.values, [total])).toBeLessThan(tolerance.statistics)
    })

    it('gives the same bits each time', () => {
      const again = evaluate()
      expect(again.gradient).toEqual(result.gradient)
      expect(again.loss).toEqual(result.loss)
    })

    it('gives the gradient of the image', () => {
      const reference = golden.tensor(`${prefix}/gradient_rgb`)
      expect(result.gradient.shape).toEqual(reference.shape)
      expect(relativeError(result.gradient.values, reference.values)).toBeLessThan(tolerance.gradient)
    })
  },
)
