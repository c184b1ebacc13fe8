// Cursors: opaque marks of where a list goes on. A mark that is not ours is refused in words, never taken for the first page.

import { z } from 'zod'
import { Invalid } from '#core/errors.ts'

const badCursor = () =>
  new Invalid([{ key: 'cursor', message: 'Dấu trang (cursor) không đúng. Chỉ dùng giá trị next của lần trả lời trước, hoặc bỏ trống để xem từ đầu.' }], 'Dấu trang (cursor) không đúng; bỏ trống để xem từ đầu.', 400)

/** Query of every list. More than 100 a page is read as 100. */
export const paged = {
  cursor: z.string().max(500).optional().describe('Giá trị `next` của trang trước'),
  limit: z.coerce.number('Số dòng mỗi trang (limit) là một số nguyên từ 1 đến 100.').int('Số dòng mỗi trang (limit) là số nguyên.')
    .min(1, 'Số dòng mỗi trang (limit) ít nhất là 1.').transform((limit) => Math.min(limit, 100)).default(30).describe('Số dòng mỗi trang, 1–100'),
}

/** A page with the mark of the next one; null at the end. */
export const page = <S extends z.ZodType>(item: S) => z.strictObject({ items: z.array(item), next: z.string().nullable() })

export const encodeCursor = (mark: readonly (string | number | null)[]): string => Buffer.from(JSON.stringify(mark)).toString('base64url')

/** The parts of a mark as the schema wants them. Throws Invalid with status 400. */
export function decodeCursor<S extends z.ZodType>(schema: S, cursor: string | undefined): z.output<S> | undefined {
  if (cursor === undefined || cursor === '') return undefined
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw badCursor()
  }
}

const offset = z.tuple([z.literal('o'), z.number().int().min(0).max(100_000)])

/** Pages of a list that is read from its start in a stable order: `read(n)` gives the first n. */
export async function byOffset<T>(query: { cursor?: string; limit: number }, read: (most: number) => Promise<readonly T[]>): Promise<{ items: T[]; next: string | null }> {
  const from = decodeCursor(offset, query.cursor)?.[1] ?? 0
  const rows = await read(from + query.limit + 1)
  const items = rows.slice(from, from + query.limit)
  return { items, next: rows.length > from + query.limit ? encodeCursor(['o', from + query.limit]) : null }
}
