// An act: checked input, one transaction, the change and its event together or not at all.

import type { z } from 'zod'
import type { Ctx } from './ctx.ts'
import { inTransaction, type Tx } from './db/index.ts'
import { Invalid } from './errors.ts'

/** Turns zod's issues into the fields a person must mend. Throws Invalid. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new Invalid(parsed.error.issues.map((issue) => ({ key: issue.path.join('.'), message: issue.message })))
}

/** Declares a verb. The body runs in one transaction and may run again when the database was lost before the commit, so it does nothing
 *  outside the transaction; what must happen outside follows from the event, as a job. */
export const act =
  <S extends z.ZodType, R>(schema: S, run: (ctx: Ctx, tx: Tx, input: z.output<S>) => Promise<R>) =>
  async (ctx: Ctx, input: z.input<S>): Promise<R> => {
    const checked = parseInput(schema, input)
    return inTransaction(ctx.db, (tx) => run(ctx, tx, checked))
  }
