/** @file Our content security policy forbids code from strings, which zod would otherwise try. Imported before any schema. */
import { z } from 'zod'

z.config({ jitless: true })
