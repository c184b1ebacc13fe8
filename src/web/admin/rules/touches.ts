// What a planned change touches, put together of all modules: procedures, forms, golden cases run again, running and finished dossiers, papers and texts.

import type { Ctx } from '#core/ctx.ts'
import { previewRule, type RuleImpact } from '#modules/dossiers/index.ts'
import { feeDecisions, getProcedure, goldenCases, listPublished, type Version } from '#modules/procedures/index.ts'
import { type CaseDifference, type Citing, draftOf, type RuleChange, rulesCiting } from '#modules/rules/index.ts'

export interface Touches {
  readonly procedures: readonly { readonly code: string; readonly name: string; readonly why: string }[]
  /** Golden cases run with the new value: how many, how many give what they gave, and the others before and after. */
  readonly cases: { readonly run: number; readonly same: number; readonly changed: readonly CaseDifference[]; readonly failed: readonly string[] }
  readonly impact: RuleImpact
  /** Papers, messages and screens that state the figure. */
  readonly texts: readonly string[]
  readonly citing: Citing | null
  /** Why the changed procedure could not be published; then nothing can be confirmed. */
  readonly faults: readonly string[]
}

const NOTHING: RuleImpact = { open: 0, looked: 0, units: [], cases: [], over: { bound: 0, looked: 0, cases: [], refundVnd: 0 } }
const EMPTY = { run: 0, same: 0, changed: [], failed: [] }

/** Procedures whose reception, term or papers a rule of the register counts: all that are filed on the net, or all. */
async function underRegister(ctx: Ctx, key: string, on: string): Promise<{ procedures: Touches['procedures']; versions: Version[] }> {
  const online = key === 'receptionHours'
  const versions: Version[] = []
  for (const one of await listPublished(ctx.db, on)) versions.push(await getProcedure(ctx.db, one.code, on))
  const touched = versions.filter(({ record }) => !online || record.channels.some(({ channel }) => channel === 'truc_tuyen'))
  return { versions: touched, procedures: touched.map(({ code, name }) => ({ code, name, why: online ? 'Nhận hồ sơ trên mạng' : 'Mọi hồ sơ một cửa' })) }
}

/** Looks at a change, kept or not. Writes nothing. */
export async function touchesOf(ctx: Ctx, change: Omit<RuleChange, 'state'>): Promise<Touches> {
  const { target } = change
  const deps = { calendar: ctx.calendar, catalogs: ctx.catalogs }
  if (target.kind === 'document') {
    const citing = await rulesCiting(ctx.db, ctx, target.no, change.validFrom)
    return { procedures: citing.procedures.map(({ code, name, places }) => ({ code, name, why: places.join('; ') })), cases: EMPTY, impact: NOTHING, texts: citing.texts, citing, faults: [] }
  }
  if (target.kind === 'register') {
    const rule = ctx.law.find(target.key)!
    const { procedures, versions } = await underRegister(ctx, target.key, change.validFrom)
    const failed = versions.flatMap((version) => goldenCases(version, deps).map((fault) => `${version.code}: ${fault.message}`))
    const run = versions.reduce((sum, version) => sum + version.record.cases.length, 0)
    return {
      procedures, cases: { run, same: run - failed.length, changed: [], failed }, impact: await previewRule(ctx, change, null),
      texts: [...rule.feeds, ...rule.usedIn.map((one) => one.text)], citing: null, faults: [],
    }
  }
  try {
    const draft = (await draftOf(ctx.db, ctx, change))!
    const fresh: Version = { ...draft.version, record: draft.record, feeTables: feeDecisions(draft.record), number: draft.version.number + 1 }
    const run = draft.record.cases.length
    const titles = new Set(draft.cases.map((one) => one.title))
    const what = target.kind === 'term' ? 'Thời hạn' : 'Mức thu'
    return {
      procedures: [{ code: draft.version.code, name: draft.version.name, why: `${what}; công bố phiên bản mới` }], cases: { run, same: run - titles.size, changed: draft.cases, failed: [] },
      impact: await previewRule(ctx, change, fresh),
      texts: target.kind === 'term' ? ['Trang thủ tục: Bao lâu có kết quả', 'Mẫu số 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả', 'Tin hẹn trả kết quả'] : ['Trang thủ tục: Hết bao nhiêu tiền', 'Khoản phải nộp và mã VietQR', 'Biên lai thu phí, lệ phí'],
      citing: null, faults: [],
    }
  } catch (error) {
    const fields = (error as { fields?: readonly { message: string }[] }).fields
    if (!fields) throw error
    return { procedures: [{ code: target.code, name: target.code, why: 'Không qua được kiểm tra' }], cases: EMPTY, impact: NOTHING, texts: [], citing: null, faults: fields.map((one) => one.message) }
  }
}
