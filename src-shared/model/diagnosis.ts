/** @file What `doctor` and the window's device line tell of this machine and this installation. */
import { z } from 'zod'

const installedPart = z.object({
  version: z.string(),
  origin: z.string(),
  /** Paths of the files that are missing or hold other bytes than set-up installed. */
  altered: z.array(z.string()),
})

export const diagnosisSchema = z.object({
  impasto: z.string(),
  node: z.object({ version: z.string(), path: z.string() }),
  system: z.object({
    platform: z.string(),
    processor: z.string(),
    cores: z.int(),
    /** Instruction sets that matter for speed, such as avx2, avx512f, avx512_bf16. */
    features: z.array(z.string()),
    memory: z.number(),
    memoryFree: z.number(),
  }),
  tensorflow: installedPart.nullable(),
  binding: installedPart.nullable(),
  electron: installedPart.nullable(),
  /** The device that really computed the self-test. */
  device: z.object({
    kind: z.enum(['cpu', 'gpu']),
    name: z.string(),
    threads: z.int(),
    seconds: z.number(),
    /** Why the other devices were not used, one sentence each. */
    unused: z.array(z.object({ device: z.string(), reason: z.string() })),
  }),
  weights: z.object({ path: z.string(), sha256: z.string(), intact: z.boolean() }),
  library: z.object({ path: z.string(), bytes: z.number(), runs: z.int() }),
})
export type Diagnosis = Readonly<z.infer<typeof diagnosisSchema>>

/** Whether the weights and all that set-up installed are the bytes that they should be. */
export function isIntact({ weights, tensorflow, binding, electron }: Diagnosis): boolean {
  return (
    weights.intact &&
    [tensorflow, binding, electron].every((part) => part === null || part.altered.length === 0)
  )
}
