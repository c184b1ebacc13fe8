// Words of a procedure's own in place of the book's: held to the same rules when they are published, and never the reason that somebody is not told.

import type { NoticeBook, NoticeChannel, NoticeTemplate, NoticeText } from '#core/notices/types.ts'
import { holdsLink, type SmsSize, smsSize } from '#core/notices/sms.ts'
import { rulesOn, templateOn } from './rules.ts'
import { placeholders, render, SMS_MAY_SAY } from './templates.ts'

/** The words of one template, by channel; channels left out keep the book's. */
export interface OwnNotice extends Partial<Readonly<Record<NoticeChannel, NoticeText>>> {
  readonly key: string
}

export interface OwnNoticeFault {
  readonly channel: NoticeChannel | null
  readonly message: string
}

const CHANNELS = ['inapp', 'sms', 'email'] as const
const COMMON = ['code', 'procedure', 'unit', 'today'] as const
const EXAMPLE = { code: 'H56.14797-261122-0001', procedure: 'Tên thủ tục', unit: 'UBND phường Hạc Thành', today: '22/11/2026' }
const CHECK = 'K7M4PX'

/** What a text of this fact may name, and an example of each. SMS may name less. */
export function mayName(template: NoticeTemplate, channel: NoticeChannel): Readonly<Record<string, string>> {
  const all = { ...Object.fromEntries(COMMON.map((name) => [name, EXAMPLE[name]])), ...template.example }
  return channel === 'sms' ? Object.fromEntries(Object.entries(all).filter(([name]) => SMS_MAY_SAY.includes(name))) : all
}

/** Why these words cannot be published on that day; none when they can. */
export function ownNoticeFaults(book: NoticeBook, own: OwnNotice, on: string): readonly OwnNoticeFault[] {
  const template = templateOn(book, own.key, on)
  if (!template) return [{ channel: null, message: `Sổ mẫu tin không có “${own.key}”; chọn lại trong danh sách.` }]
  return CHANNELS.flatMap((channel) => {
    const text = own[channel]
    if (!text) return []
    const found: string[] = []
    if (!template.texts[channel]) return [{ channel, message: 'Việc này không báo qua kênh này; xóa lời riêng ở đây.' }]
    if (!text.title.trim()) found.push('Chưa có tiêu đề.')
    if (!text.body.trim()) found.push('Chưa có nội dung.')
    if (text.title.length > 80) found.push('Tiêu đề dài quá 80 ký tự.')
    if (text.body.length > 2000) found.push('Nội dung dài quá 2.000 ký tự.')
    const whole = `${text.title} ${text.body}`
    if (/[{}]/.test(whole.replaceAll(/\{[a-z]+\}/g, ''))) found.push('Có dấu ngoặc nhọn không khép, hoặc tên chỗ trống viết sai.')
    const known = mayName(template, channel)
    const strange = [...new Set(placeholders(whole))].filter((name) => !(name in known))
    if (strange.length > 0) found.push(`Chỗ trống ${strange.map((name) => `{${name}}`).join(', ')} không dùng được ở đây; dùng: ${Object.keys(known).map((name) => `{${name}}`).join(', ')}.`)
    if (channel === 'sms') found.push(...smsFaults(book, template, text, on, strange.length > 0))
    return found.map((message) => ({ channel, message }))
  })
}

function smsFaults(book: NoticeBook, template: NoticeTemplate, text: NoticeText, on: string, broken: boolean): string[] {
  if (holdsLink(text.body)) return ['Tin SMS không được có đường dẫn: tin giả mạo hay dùng đường dẫn (yêu cầu P23).']
  if (broken || !text.body.trim()) return []
  const size = smsLength(template, text)
  const { maxSmsParts } = rulesOn(book, on)
  return size.parts > maxSmsParts ? [`Tin SMS dài ${size.parts} phần, nhiều nhất ${maxSmsParts}; hãy rút gọn.`] : []
}

/** The message with example values and its check code, and what it costs. */
export function smsLength(template: NoticeTemplate, text: NoticeText): SmsSize & { readonly text: string } {
  const { body } = renderExample(template, 'sms', text)
  return { ...smsSize(body), text: body }
}

/** The words with example values, holes left as they are written: for previews. */
export function renderExample(template: NoticeTemplate, channel: NoticeChannel, text: NoticeText): NoticeText {
  const values = { ...EXAMPLE, ...template.example }
  const named = Object.fromEntries(placeholders(`${text.title} ${text.body}`).map((name) => [name, `{${name}}`]))
  return render({ ...template, texts: { [channel]: text } }, channel, { ...named, ...values }, CHECK)
}

/** The book's template with these words where every value they name is there; else the book's: a person is told in any case. */
export function withOwn(template: NoticeTemplate, own: OwnNotice | undefined, values: Readonly<Record<string, string>>): NoticeTemplate {
  if (!own) return template
  const texts = { ...template.texts }
  for (const channel of CHANNELS) {
    const text = own[channel]
    if (text && template.texts[channel] && placeholders(`${text.title} ${text.body}`).every((name) => values[name] !== undefined)) texts[channel] = text
  }
  return { ...template, texts }
}
