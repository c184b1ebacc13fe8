// The national database of procedures over HTTP: its list since a revision, page by page. What is not understood is never guessed.

import { z } from 'zod'
import { Unavailable } from '#core/errors.ts'
import type { NationalCatalogue } from '#core/national/types.ts'

const page = z.object({
  revision: z.string().min(1).max(100),
  page: z.int().min(1),
  pages: z.int().min(1).max(1000),
  rows: z.array(z.looseObject({ code: z.string() })).max(2000),
})
export type NationalPage = z.output<typeof page>

const TIMEOUT_MS = 20_000
const LARGEST = 20_000_000

const unavailable = (why: string) => new Unavailable('national', `Cơ sở dữ liệu quốc gia về thủ tục hành chính ${why} Danh mục đang có còn nguyên; phần đã lấy được giữ lại, lần sau lấy tiếp.`)

/** One page of what changed after `since` (all of it when empty). Throws Unavailable with a sentence for whatever is not a whole, well-formed page. */
export async function fetchPage({ url, key, timeoutMs = TIMEOUT_MS }: NationalCatalogue, { since, page: number }: { since: string; page: number }): Promise<NationalPage> {
  let status: number
  let said: string
  try {
    const response = await fetch(`${url}/v1/procedures?${new URLSearchParams({ since, page: String(number) })}`, { headers: { 'x-api-key': key, accept: 'application/json' }, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) })
    status = response.status
    said = await response.text()
  } catch (error) {
    const name = (error as { name?: string }).name
    throw unavailable(name === 'TimeoutError' ? `không trả lời trong ${Math.round(timeoutMs / 1000)} giây.` : 'không nối được.')
  }
  if (status === 401 || status === 403) throw unavailable('không nhận khóa truy cập (NATIONAL_KEY).')
  if (status !== 200) throw unavailable(`trả lời lỗi ${status}.`)
  if (said.length > LARGEST) throw unavailable('trả lời một trang quá lớn.')
  let json: unknown
  try {
    json = JSON.parse(said)
  } catch {
    throw unavailable('trả lời một nội dung không đọc được.')
  }
  const read = page.safeParse(json)
  if (!read.success || read.data.page !== number || read.data.page > read.data.pages) throw unavailable('trả lời một trang không đúng khuôn.')
  return read.data
}
