/**
 * @file The recipe of a painting: everything that decides its pixels besides the pictures themselves.
 *
 * [Note: One recipe] This schema is the only place that knows a field's type, default, range and description.
 * Sliders, command-line flags, validation, presets and the sidecar beside each picture read it
 * through recipe-fields.ts.
 */
import { z } from 'zod'

/** Raised when a field changes its meaning or goes; a new field with a default does not raise it. */
export const STYLE_RECIPE_VERSION = 1

/** The smallest and largest long side that can be painted in one piece, in pixels. */
export const SMALLEST_SIZE = 64
export const LARGEST_SIZE = 2048

export const styleRecipeSchema = z.strictObject({
  version: z.literal(STYLE_RECIPE_VERSION).default(STYLE_RECIPE_VERSION),
  size: z.int().min(SMALLEST_SIZE).max(LARGEST_SIZE).default(512).meta({
    title: 'Size',
    description: 'long side of the painting in pixels',
    group: 'size',
  }),
  iterations: z.int().min(1).max(5000).default(60).meta({
    title: 'Iterations',
    description: 'steps of the last scale; each coarser scale takes as many',
    group: 'size',
  }),
  strength: z
    .number()
    .min(0)
    .max(100)
    .default(70)
    .meta({
      title: 'Strength',
      description: 'from the photograph (0) to the painting (100)',
      group: 'look',
      ends: ['Photograph', 'Painting'],
    }),
  styleScale: z
    .number()
    .min(0.25)
    .max(4)
    .default(1)
    .meta({
      title: 'Stroke size',
      description: 'size of the brushstrokes; 1 resizes the painting to as many pixels as the picture',
      group: 'look',
      ends: ['Fine', 'Broad'],
      logarithmic: true,
      step: 0.05,
    }),
  detail: z
    .number()
    .min(0)
    .max(100)
    .default(50)
    .meta({
      title: 'Detail',
      description: 'from loose, large shapes (0) to crisp, fine texture (100)',
      group: 'look',
      ends: ['Loose', 'Crisp'],
    }),
  optimizer: z
    .enum(['lbfgs', 'adam'])
    .default('lbfgs')
    .meta({
      title: 'Optimiser',
      description: 'how the pixels are moved',
      group: 'expert',
      choices: { lbfgs: 'L-BFGS', adam: 'Adam' },
    }),
  pooling: z
    .enum(['max', 'average'])
    .default('max')
    .meta({
      title: 'Pooling',
      description: 'how the network shrinks its feature maps',
      group: 'expert',
      choices: { max: 'Max', average: 'Average' },
    }),
  rescalePooling: z.boolean().default(false).meta({
    title: 'Rescale pooling',
    description: 'rescale average pooling so that its feature maps are as strong as those of max pooling',
    group: 'expert',
  }),
  init: z
    .enum(['photograph', 'noise', 'image'])
    .default('photograph')
    .meta({
      title: 'Start from',
      description: 'what the first iteration starts from; image takes --init-image',
      group: 'expert',
      choices: { photograph: 'Photograph', noise: 'Noise', image: 'Image' },
    }),
  seed: z.int().min(0).max(2147483647).default(1888).meta({
    title: 'Seed',
    description: 'number that fixes the noise',
    group: 'expert',
  }),
  totalVariation: z.number().min(0).max(1000).default(0).meta({
    title: 'Smoothness',
    description: 'weight of the total variation, which smooths noise away',
    group: 'expert',
    flag: 'tv',
  }),
  coarseToFine: z.boolean().default(true).meta({
    title: 'Coarse to fine',
    description: 'paint at smaller scales first',
    group: 'expert',
  }),
  precondition: z.boolean().default(true).meta({
    title: 'Precondition',
    description:
      'optimise a pyramid of grids in gamut, from the colours of the painting, instead of raw pixels',
    group: 'expert',
  }),
  margin: z.int().min(0).max(32).default(8).meta({
    title: 'Margin',
    description:
      'pixels mirrored around the picture while it is painted, against odd borders; raw pixels have none',
    group: 'expert',
  }),
  frame: z.number().min(0).max(20).default(2).meta({
    title: 'Frame',
    description: 'percent of the painting left out along each side: frames and the edges of scans',
    group: 'expert',
  }),
  precision: z
    .enum(['automatic', 'float32', 'bfloat16'])
    .default('automatic')
    .meta({
      title: 'Arithmetic',
      description:
        'of the network; automatic is bfloat16 where the processor has it and the image is preconditioned',
      group: 'expert',
      choices: { automatic: 'Automatic', float32: 'float32', bfloat16: 'bfloat16' },
    }),
  contentWeight: z.number().min(0).max(1e9).optional().meta({
    title: 'Content weight',
    description: 'W_c of W_c * content + W_s * style; overrides strength',
    group: 'expert',
  }),
  styleWeight: z.number().min(0).max(1e9).optional().meta({
    title: 'Style weight',
    description: 'W_s of W_c * content + W_s * style; overrides strength',
    group: 'expert',
  }),
})

export type StyleRecipe = Readonly<z.infer<typeof styleRecipeSchema>>

export const defaultStyleRecipe: StyleRecipe = styleRecipeSchema.parse({})
