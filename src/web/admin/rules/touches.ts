// What a planned change touches, put together of all modules: versions to be published, procedures, golden cases run again, running and finished dossiers, appeals, papers and texts.

import type { Ctx } from '#core/ctx.ts'
import { Conflict, Invalid, NotFound } from '#core/errors.ts'
import { formatDate } from '#core/text/index.ts'
import { type AppealImpact, previewAppeals } from '#modules/appeals/index.ts'
import { noRuleImpact, previewRule, type RuleImpact } from '#modules/dossiers/index.ts'
import { getProcedure, listPublished, type ProcedureRecord } from '#modules/procedures/index.ts'
import { type CaseDifference, type Citing, draftsOf, type FigureDrafts, type RuleChange, rulesCiting, sayChange } from '#modules/rules/index.ts'

export interface Touches {
  readonly procedures: readonly { readonly code: string; readonly name: string; readonly why: string }[]
  /** What is published, and where the change ends; in words, in order of time. */
  readonly versions: readonly { readonly words: string; readonly heed: boolean }[]
  /** Golden cases run with the new value: how many, how many give what they gave, and the others before and after. `unread`: why none needs to be run. */
  readonly cases: { readonly run: number; readonly same: number; readonly changed: readonly CaseDifference[]; readonly unread: string | null }
  readonly impact: RuleImpact
  /** Null when the change is not about them. */
  readonly appeals: AppealImpact | null
  /** Papers, messages and screens that state the figure. */
  readonly texts: readonly string[]
  readonly citing: Citing | null
  /** Why the changed procedure could not be published; then nothing can be confirmed. */
  readonly faults: readonly string[]
}

const noCases = (unread: string): Touches['cases'] => ({ run: 0, same: 0, changed: [], unread })
const NOTHING: Pick<Touches, 'versions' | 'appeals' | 'citing' | 'faults'> = { versions: [], appeals: null, citing: null, faults: [] }

/** What cites a document; no figure of anything that runs changes by naming what replaces it. */
export const citingTouches = (citing: Citing): Touches => ({
  ...NOTHING, procedures: citing.procedures.map(({ code, name, places }) => ({ code, name, why: places.join('; ') })), cases: noCases('Văn bản thay thế không đổi kết quả của ca mẫu nào.'),
  impact: noRuleImpact('Ghi văn bản thay thế không đổi hạn hay khoản thu của hồ sơ nào.'), texts: citing.texts, citing,
})

const online = ({ channels }: ProcedureRecord): string | null => (channels.some(({ channel }) => channel === 'truc_tuyen') ? 'Nhận hồ sơ trên mạng' : null)
const onPaper = ({ channels }: ProcedureRecord): string | null => (channels.some(({ channel }) => channel !== 'truc_tuyen') ? 'Nhận hồ sơ giấy, chuyển từ quầy tới nơi giải quyết' : null)
function asksForMore({ steps }: ProcedureRecord): string | null {
  const asking = steps.filter((step) => step.role !== 'mot_cua' && step.outcomes.some((one) => one.effect === 'request_supplement')).map((step) => step.name)
  const calling = steps.filter((step) => step.call).map((step) => step.name)
  if (asking.length > 0) return `Yêu cầu bổ sung được ở bước ${asking.map((name) => `“${name}”`).join(', ')}`
  return calling.length > 0 ? `Quy trình được gọi ở bước ${calling.map((name) => `“${name}”`).join(', ')} có thể yêu cầu bổ sung` : null
}
const all = (why: string) => (): string => why

/** Which procedures read a rule of the register, and by what in them; null: this one does not. */
const READERS: Readonly<Record<string, (record: ProcedureRecord) => string | null>> = {
  receptionHours: online, supplementsInProcessing: asksForMore, supplementShare: asksForMore, transferCutoffHour: onPaper, transferMorningHours: onPaper,
  apologyWorkingDaysBefore: all('Có hẹn trả, nên có hạn chót xin lỗi'), dueAlertWorkingHoursBefore: all('Có hẹn trả, nên có báo trước hạn'), deliveryWorkingDays: all('Có kết quả trả tại quầy hoặc trên mạng'),
  appealWithinDays: all('Từ chối, yêu cầu bổ sung hoặc không giải quyết thì được đề nghị xem xét lại'), appealWorkingDays: all('Đề nghị xem xét lại về hồ sơ của thủ tục'),
}

async function underRegister(ctx: Ctx, key: string, on: string): Promise<Touches['procedures']> {
  const reads = READERS[key] ?? all('Mọi hồ sơ một cửa')
  const found: { code: string; name: string; why: string }[] = []
  for (const { code } of await listPublished(ctx.db, on)) {
    const { name, record } = await getProcedure(ctx.db, code, on)
    const why = reads(record)
    if (why !== null) found.push({ code, name, why })
  }
  return found
}

function versionWords(ctx: Ctx, change: Omit<RuleChange, 'state'>, { drafts, stop, abolished }: FigureDrafts): Touches['versions'] {
  const value = sayChange(ctx, change.target, change.value)
  const end = stop && (stop.value === null
    ? `Từ ${formatDate(stop.from)} phiên bản ${stop.version.number} không còn tính khoản này bằng một con số: thay đổi dừng ở đó. Cần đổi cả những ngày sau thì soạn bản nháp của thủ tục.`
    : `Từ ${formatDate(stop.from)} phiên bản ${stop.version.number} đã tự đặt ${sayChange(ctx, change.target, stop.value)}: giữ nguyên, thay đổi dừng ở đó.`)
  const lines = [
    ...drafts.map(({ from, version }) => ({ from, heed: false, words: `Từ ${formatDate(from)}: phiên bản mới theo phiên bản ${version.number}, chỉ đổi con số này thành ${value}.` })),
    ...abolished.map(({ from, number }) => ({ from, heed: true, words: `Từ ${formatDate(from)}: thủ tục đã bãi bỏ (phiên bản ${number}), vẫn bãi bỏ.` })),
    ...(stop && end ? [{ from: stop.from, heed: true, words: end }] : []),
  ]
  return lines.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
}

/** Looks at a change, kept or not. Writes nothing. */
export async function touchesOf(ctx: Ctx, change: Omit<RuleChange, 'state'>): Promise<Touches> {
  const { target } = change
  if (target.kind === 'document') return citingTouches(await rulesCiting(ctx.db, ctx, target.no, change.validFrom))
  if (target.kind === 'register') {
    const rule = ctx.law.find(target.key)!
    return {
      ...NOTHING, procedures: await underRegister(ctx, target.key, change.validFrom),
      cases: noCases('Ca mẫu thử phí, ngày hẹn trả, giấy tờ và các bước của thủ tục; không kết quả nào trong đó tính theo quy định này, nên không ca nào phải chạy lại.'),
      impact: await previewRule(ctx, change), appeals: await previewAppeals(ctx, change), texts: [...rule.feeds, ...rule.usedIn.map((one) => one.text)],
    }
  }
  try {
    const found = (await draftsOf(ctx.db, ctx, change))!
    const run = found.drafts.reduce((sum, one) => sum + one.record.cases.length, 0)
    const many = found.drafts.length > 1
    const changed = found.drafts.flatMap((one) => one.cases.map((each) => (many ? { ...each, title: `${each.title} (phiên bản từ ${formatDate(one.from)})` } : each)))
    const differing = found.drafts.reduce((sum, one) => sum + new Set(one.cases.map((each) => each.title)).size, 0)
    const name = found.drafts[0]?.version.name ?? target.code
    return {
      ...NOTHING, procedures: [{ code: target.code, name, why: `${target.kind === 'term' ? 'Thời hạn' : 'Mức thu'}; công bố phiên bản mới` }], versions: versionWords(ctx, change, found),
      cases: { run, same: run - differing, changed, unread: null }, impact: await previewRule(ctx, change, found.stop?.from ?? null),
      texts: target.kind === 'term' ? ['Trang thủ tục: Bao lâu có kết quả', 'Mẫu số 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả', 'Tin hẹn trả kết quả'] : ['Trang thủ tục: Hết bao nhiêu tiền', 'Khoản phải nộp và mã VietQR', 'Biên lai thu phí, lệ phí'],
    }
  } catch (error) {
    const faults = faultsOf(error)
    if (!faults) throw error
    return { ...NOTHING, procedures: [{ code: target.code, name: target.code, why: 'Không công bố được phiên bản mới' }], cases: noCases('Chưa chạy được vì chưa công bố được.'), impact: noRuleImpact('Chưa tính được vì phiên bản mới chưa công bố được.'), texts: [], faults }
  }
}

/** What an official can mend, in sentences; null for everything else. */
function faultsOf(error: unknown): readonly string[] | null {
  if (error instanceof Invalid) return error.fields.map((one) => one.message)
  return error instanceof Conflict || error instanceof NotFound ? [error.message] : null
}
