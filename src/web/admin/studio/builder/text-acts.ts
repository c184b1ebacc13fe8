// One act on a draft's own words: a template begun, changed or given up; the sentences of a message.

import { Invalid } from '#core/errors.ts'
import type { NoticeTemplate } from '#core/notices/types.ts'
import { OWN_PRINTS, type OwnPrint } from '#modules/procedures/index.ts'
import { type Body, one } from '../../../desk/answers.tsx'

export interface DraftPrint {
  readonly template: OwnPrint
  readonly source: string
}
interface Words {
  readonly title: string
  readonly body: string
}
export const NOTICE_CHANNELS = ['inapp', 'sms', 'email'] as const
export interface DraftNotice extends Partial<Record<(typeof NOTICE_CHANNELS)[number], Words>> {
  readonly key: string
}
export interface DraftTexts {
  readonly prints: readonly DraftPrint[]
  readonly notices: readonly DraftNotice[]
}
export interface TextsActed {
  readonly before: DraftTexts
  readonly after: DraftTexts
  readonly at: string
  readonly said?: string
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isObject) : [])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const wordsOf = (value: unknown): Words | undefined => (isObject(value) ? { title: textOf(value['title']), body: textOf(value['body']) } : undefined)

export function readTexts(record: { readonly [key: string]: unknown }): DraftTexts {
  const texts = isObject(record['texts']) ? record['texts'] : {}
  return {
    prints: list(texts['prints']).flatMap((one) => {
      const template = OWN_PRINTS.find((name) => name === one['template'])
      return template ? [{ template, source: textOf(one['source']) }] : []
    }),
    notices: list(texts['notices']).map((one) => ({ key: textOf(one['key']), ...Object.fromEntries(NOTICE_CHANNELS.flatMap((channel) => (wordsOf(one[channel]) ? [[channel, wordsOf(one[channel])]] : []))) })),
  }
}

/** As the part of the draft keeps it: without what is empty. */
export function keptTexts({ prints, notices }: DraftTexts): object {
  const texts = { ...(prints.length > 0 ? { prints } : {}), ...(notices.length > 0 ? { notices } : {}) }
  return Object.keys(texts).length > 0 ? { texts } : {}
}

/** A field as it was posted: `one` takes the ends of a text away, which a template keeps. */
const rawOf = (body: Body, name: string): string => {
  const value = [body[name]].flat().at(-1)
  return typeof value === 'string' ? value : ''
}

/** Text of a template as it is kept: one kind of line end, accents in one form; nothing else is touched. */
const sourceOf = (raw: string): string => raw.replaceAll(/\r\n?/g, '\n').normalize('NFC')

export function actOnTexts(texts: DraftTexts, body: Body, shared: (template: OwnPrint) => string, bookOf: (key: string) => NoticeTemplate | null): TextsActed {
  const act = one(body, '_do') || 'save'
  const place = one(body, 'place')
  const template = OWN_PRINTS.find((name) => `print:${name}` === place)
  if (template) {
    const now = texts.prints.find((print) => print.template === template)
    const put = (source: string | null): DraftTexts => ({ ...texts, prints: source === null ? texts.prints.filter((print) => print.template !== template) : now ? texts.prints.map((print) => (print === now ? { template, source } : print)) : [...texts.prints, { template, source }] })
    if (act === 'begin') return { before: texts, after: now ? texts : put(shared(template)), at: place, said: 'Đã lấy mẫu chung làm mẫu riêng của thủ tục; sửa tiếp ở đây.' }
    if (act === 'remove') return { before: texts, after: put(null), at: place, said: 'Đã bỏ mẫu riêng; thủ tục dùng lại mẫu chung.' }
    return { before: put(body['_was'] === undefined ? (now?.source ?? null) : sourceOf(rawOf(body, '_was'))), after: put(sourceOf(rawOf(body, 'source'))), at: place }
  }
  const key = place.replace(/^notice:/, '')
  const book = bookOf(key)
  if (!book) throw new Invalid([{ key: 'place', message: 'Không có tin này trong sổ mẫu tin.' }], 'Không có tin này trong sổ mẫu tin; chọn lại trong danh sách.')
  const now = texts.notices.find((notice) => notice.key === key)
  const put = (notice: DraftNotice | null): DraftTexts => {
    const rest = texts.notices.filter((other) => other.key !== key)
    return { ...texts, notices: notice === null ? rest : now ? texts.notices.map((other) => (other === now ? notice : other)) : [...rest, notice] }
  }
  if (act === 'remove') return { before: texts, after: put(null), at: place, said: 'Đã bỏ lời riêng; dùng lại lời chung.' }
  return { before: texts, after: put(noticeOf(body, key, book)), at: place }
}

/** A channel whose words are those of the book, or empty, keeps the book's. */
function noticeOf(body: Body, key: string, book: NoticeTemplate): DraftNotice | null {
  const own = NOTICE_CHANNELS.flatMap((channel) => {
    const shared = book.texts[channel]
    if (!shared) return []
    const [title, text] = [one(body, `${channel}.title`).normalize('NFC').trim(), one(body, `${channel}.body`).replaceAll(/\r\n?/g, '\n').normalize('NFC').trim()]
    return (title === '' && text === '') || (title === shared.title && text === shared.body) ? [] : [[channel, { title: title || shared.title, body: text }] as const]
  })
  return own.length > 0 ? { key, ...Object.fromEntries(own) } : null
}
