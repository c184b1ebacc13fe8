// The book of messages: read and checked whole when the platform starts, so that no missing value or forbidden link is met at sending time.

import { z } from 'zod'
import type { NoticeBook, NoticeChannel, NoticeRules, NoticeTemplate, NoticeText } from '#core/notices/types.ts'
import { holdsLink, smsSize } from '#core/notices/sms.ts'
import { nfc } from '#core/text/index.ts'
import { inForce } from './rules.ts'

const Text = z.strictObject({ title: z.string().min(1).max(80), body: z.string().min(1).max(2000) })
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const Quiet = z.strictObject({ from: time, to: time })

const Book = z.strictObject({
  format: z.literal('tinhso.messages/1'),
  title: z.string(),
  note: z.string(),
  rules: z.array(
    z.strictObject({
      effectiveFrom: z.iso.date(), quiet: Quiet, quietOnHolidays: Quiet, quietChannels: z.array(z.enum(['sms', 'email', 'inapp'])), smsPerDay: z.int().min(1),
      mergeFrom: z.int().min(2), maxSmsParts: z.int().min(1).max(10), retryMinutes: z.array(z.number().positive()).min(1).max(20), deadAfterHours: z.number().positive(),
    }),
  ),
  templates: z.array(
    z.strictObject({
      key: z.string().regex(/^[a-z_]+\.[a-z_]+$/), label: z.string().min(3), kind: z.enum(['action', 'progress', 'result', 'money', 'account', 'office']),
      urgent: z.boolean().default(false), legal: z.boolean().default(false), basis: z.string().nullable().default(null), effectiveFrom: z.iso.date(),
      example: z.record(z.string(), z.string()), supersedes: z.array(z.string()).default([]), usefulHours: z.number().positive().nullable().default(null),
      texts: z.strictObject({ inapp: Text, sms: Text, email: Text }).partial(),
    }),
  ),
})

/** What a short message may say of a case: where it stands and what to do, nothing of the person (domain §19). `check` is put in by us. */
export const SMS_MAY_SAY: readonly string[] = ['code', 'due', 'until', 'amount', 'count', 'otp', 'minutes', 'when', 'list', 'check', 'device', 'day', 'to']

/** Every short message ends so. */
const SMS_END = ' Mã kiểm tra: {check}.'

export const placeholders = (text: string): string[] => [...text.matchAll(/\{([^{}]*)\}/g)].map((found) => found[1]!)

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  nfc(text.replaceAll(/\{([^{}]*)\}/g, (_whole, name: string) => values[name] ?? '').replaceAll(/ {2,}/g, ' ').trim())

export interface Rendered extends NoticeText {
  readonly channel: NoticeChannel
}

/** The words of a template in one channel. Throws when a value that they name is missing: a person is not sent a text with a hole. */
export function render(template: NoticeTemplate, channel: NoticeChannel, values: Readonly<Record<string, string>>, check: string): Rendered {
  const text = template.texts[channel]
  if (!text) throw new Error(`Mẫu ${template.key} không có kênh ${channel}`)
  const body = channel === 'sms' ? `${text.body}${SMS_END}` : text.body
  const known = { ...values, check }
  const missing = placeholders(`${text.title} ${body}`).filter((name) => (known as Record<string, string>)[name] === undefined)
  if (missing.length > 0) throw new Error(`Mẫu ${template.key} (${channel}) thiếu ${missing.join(', ')}`)
  return { channel, title: fill(text.title, known), body: channel === 'sms' ? withoutLinks(fill(body, known)) : fill(body, known) }
}

/** Whatever an officer or a form has put into a value: no phone makes a link of it. */
const withoutLinks = (text: string): string => (holdsLink(text) ? text.replaceAll(/(?:https?:\/\/|www\.)\S*/gi, '').replaceAll(/(\p{L})\.(\p{L})/gu, '$1 $2') : text)

const CHECK_EXAMPLE = 'K7M4PX'

/** One template as the preview shows it, with example values, in every channel it has. */
export function previews(template: NoticeTemplate): (Rendered & { size: ReturnType<typeof smsSize> | null })[] {
  return (['sms', 'inapp', 'email'] as const)
    .filter((channel) => template.texts[channel])
    .map((channel) => {
      const shown = render(template, channel, template.example, CHECK_EXAMPLE)
      return { ...shown, size: channel === 'sms' ? smsSize(shown.body) : null }
    })
}

function faultsOf(template: NoticeTemplate, rules: NoticeRules, keys: ReadonlySet<string>): string[] {
  const faults: string[] = []
  const known = new Set([...Object.keys(template.example), 'check'])
  for (const channel of ['sms', 'inapp', 'email'] as const) {
    const text = template.texts[channel]
    if (!text) continue
    const whole = `${text.title} ${text.body}`
    if (/[{}]/.test(whole.replaceAll(/\{[a-z]+\}/g, ''))) faults.push(`${channel}: dấu ngoặc nhọn không khép hoặc tên chỗ trống sai`)
    for (const name of placeholders(whole)) if (!known.has(name)) faults.push(`${channel}: chỗ trống {${name}} không có trong ví dụ`)
    if (channel !== 'sms') continue
    for (const name of placeholders(text.body)) if (!SMS_MAY_SAY.includes(name)) faults.push(`sms: {${name}} không được có trong tin nhắn SMS`)
    if (holdsLink(text.body)) faults.push('sms: không được có đường dẫn')
    if (faults.length > 0) continue
    const { parts } = smsSize(render(template, 'sms', template.example, CHECK_EXAMPLE).body)
    if (parts > rules.maxSmsParts) faults.push(`sms: dài ${parts} phần, nhiều nhất ${rules.maxSmsParts}`)
  }
  if (template.legal && !template.texts.inapp) faults.push('tin theo luật phải có bản trên cổng')
  if (template.legal && !template.basis) faults.push('tin theo luật phải nêu căn cứ')
  for (const key of template.supersedes) if (!keys.has(key)) faults.push(`thay cho mẫu ${key} không có`)
  return faults
}

/** Reads and checks the book. Throws one error that names every fault. */
export function loadBook(json: unknown): NoticeBook {
  const parsed = Book.safeParse(json)
  if (!parsed.success) throw new Error(`Sổ mẫu tin không đúng dạng: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`)
  const { rules, templates } = parsed.data
  const keys = new Set(templates.map((one) => one.key))
  const faults: string[] = []
  if (!inForce(rules, '2020-01-01')) faults.push('chưa có quy tắc gửi có hiệu lực từ 01/01/2020')
  for (const [at, template] of templates.entries()) {
    const name = `${template.key} (${template.effectiveFrom})`
    if (templates.findIndex((one) => one.key === template.key && one.effectiveFrom === template.effectiveFrom) !== at) faults.push(`${name}: có hai lần`)
    if (Object.keys(template.texts).length === 0) faults.push(`${name}: không có kênh nào`)
    const ruled = inForce(rules, template.effectiveFrom) ?? rules[0]
    if (ruled) faults.push(...faultsOf(template, ruled, keys).map((fault) => `${name}: ${fault}`))
  }
  if (faults.length > 0) throw new Error(`Sổ mẫu tin có lỗi:\n  ${faults.join('\n  ')}`)
  return { rules, templates }
}
