// A part of the province reconciled for a period: dossiers, papers, facts, money, numbers and messages, each counted along different ways.

import type { Ctx } from '#core/ctx.ts'
import { Forbidden, Invalid } from '#core/errors.ts'
import { eventsNamed } from '#core/events/index.ts'
import { troubledJobs } from '#core/jobs/index.ts'
import { addDays, atLocal } from '#core/workdays/index.ts'
import {
  feesSet, numberedNotices, numberSeries, openDossiers, papersMade, papersUnset, type Period, stamped, supplementsAsked, talliedDossiers,
} from '#modules/dossiers/index.ts'
import { messageTallies } from '#modules/notify/index.ts'
import { listUnits } from '#modules/org/index.ts'
import { moneyTallies, ordersOf, paidWithin, receiptSeries } from '#modules/payments/index.ts'
import { byCase, bySum, reckoningPost, seriesFaults, type Way } from './rules.ts'
import type { Check, Reconciliation } from './schema.ts'

/** What a fact of a dossier must have left behind: a stamp in its row, a row of its own, a paper. */
const ACTS: readonly {
  readonly key: string
  readonly title: string
  readonly fact: string
  readonly stamp?: 'submitted_at' | 'accepted_at' | 'apologised_at'
  readonly paper?: string
}[] = [
  { key: 'submitted', title: 'Hồ sơ đã nộp', fact: 'dossiers.submitted', stamp: 'submitted_at' },
  { key: 'accepted', title: 'Tiếp nhận và giấy hẹn', fact: 'dossiers.accepted', stamp: 'accepted_at', paper: 'receipt' },
  { key: 'refused', title: 'Từ chối tiếp nhận', fact: 'dossiers.refused', paper: 'refusal' },
  { key: 'supplement', title: 'Yêu cầu bổ sung', fact: 'dossiers.supplement_requested', paper: 'supplement_request' },
  { key: 'apologised', title: 'Xin lỗi và hẹn lại', fact: 'dossiers.apologised', stamp: 'apologised_at', paper: 'apology' },
  { key: 'stopped', title: 'Dừng giải quyết', fact: 'dossiers.stopped', paper: 'stop_notice' },
  { key: 'numbered', title: 'Kết quả, thông báo đã cấp số', fact: 'dossiers.numbered', paper: 'result' },
  { key: 'withdrawn', title: 'Rút hồ sơ', fact: 'dossiers.withdrawn', paper: 'withdrawal' },
]
const ENDINGS = ['dossiers.refused', 'dossiers.returned', 'dossiers.withdrawn', 'dossiers.stopped'] as const
const MONEY = ['payments.order_paid'] as const
/** Before any dossier was handed in on this platform. */
const BEGINNING = new Date('2015-01-01T00:00:00+07:00')

export interface ReconcileInput {
  /** 'YYYY-MM-DD', both days included */
  readonly from: string
  readonly to: string
}

/** Reconciles the tree under the actor's unit. Throws Forbidden for posts that do not answer for figures, Invalid for a period that is none. */
export async function reconcile(ctx: Ctx, { from, to }: ReconcileInput): Promise<Reconciliation> {
  const post = reckoningPost(ctx.actor)
  if (!post) throw new Forbidden('reconcile.not_yours', 'Đối soát dành cho lãnh đạo, người giám sát, kiểm soát thủ tục và người thu phí của đơn vị.')
  if (from > to) throw new Invalid([{ key: 'to', message: 'Ngày cuối phải từ ngày đầu trở đi.' }])
  const period: Period = { under: post.unitPath, from: atLocal(from, '00:00'), to: atLocal(addDays(to, 1), '00:00') }
  const units = (await listUnits(ctx.db, { within: post.unitPath, live: false, limit: 20_000 })).map((unit) => unit.id)
  const dossiers = await talliedDossiers(ctx.db, period)
  const facts = await eventsNamed(ctx.db, [...new Set([...ACTS.map((act) => act.fact), ...ENDINGS, 'dossiers.reopened', ...MONEY])], BEGINNING, period.to)
  const within = new Set((await eventsNamed(ctx.db, ACTS.map((act) => act.fact), period.from, period.to)).map(({ id }) => id))
  const casesOf = (name: string, all = false): string[] =>
    facts.filter((fact) => fact.name === name && dossiers.has(fact.subject) && (all || within.has(fact.id))).map((fact) => fact.subject)
  const nameOf = (id: string): string => dossiers.get(id) ?? id
  const checks: Check[] = []

  for (const act of ACTS) {
    const ways: Way[] = [{ label: 'Sự kiện đã ghi', measure: 'su_kien', cases: casesOf(act.fact) }]
    if (act.stamp) ways.push({ label: 'Hồ sơ mang dấu thời gian', measure: 'ho_so', cases: await stamped(ctx.db, act.stamp, period) })
    if (act.key === 'supplement') ways.push({ label: 'Lần yêu cầu', measure: 'ho_so', cases: await supplementsAsked(ctx.db, period) })
    if (act.paper) ways.push({ label: 'Bản giấy đã lập', measure: 'giay', cases: await papersOf(ctx, act.paper, period, casesOf(act.fact)) })
    checks.push(byCase({ key: act.key, group: 'ho_so', title: act.title, advice: 'Mỗi việc phải để lại đúng một sự kiện và một bản giấy. Mở hồ sơ lệch, xem lịch sử, rồi báo quản trị hệ thống.' }, ways, nameOf))
  }
  checks.push(await openness(ctx, period, facts.filter((fact) => dossiers.has(fact.subject)), nameOf))
  const unset = await papersUnset(ctx.db, period)
  checks.push(bySum({ key: 'unset', group: 'ho_so', title: 'Bản giấy đã dựng PDF', advice: 'Giấy chưa dựng được: xem trang lỗi mẫu in, sửa mẫu rồi in lại.' }, [
    { label: 'Chưa dựng', measure: 'giay', value: unset.length }, { label: 'Cho phép', measure: 'giay', value: 0 },
  ], unset))
  checks.push(...(await money(ctx, { units, from: period.from, to: period.to }, casesOf, nameOf, [...dossiers.keys()])))
  const faults = [...(await numberSeries(ctx.db, period)), ...(await receiptSeries(ctx.db, { units, from: period.from, to: period.to }))].flatMap(seriesFaults)
  checks.push(bySum({ key: 'series', group: 'so', title: 'Số cấp liên tục: mã hồ sơ, giấy tiếp nhận, biên lai', advice: 'Một số thiếu hay trùng là dấu hiệu mất dữ liệu hoặc sửa tay; báo ngay an toàn thông tin.' }, [
    { label: 'Chỗ đứt, trùng', measure: 'so', value: faults.length }, { label: 'Cho phép', measure: 'so', value: 0 },
  ], faults))
  if (post.role !== 'thu_phi') checks.push(...(await messages(ctx, period)))
  return { from, to, unitName: post.unitName, checks, ok: checks.every((check) => check.ok) }
}

/** Papers that acts of a kind have left; a number goes to a result or to a notice that nothing is granted. */
const papersOf = async (ctx: Ctx, kind: string, period: Period, cases: readonly string[]): Promise<string[]> =>
  [...(await papersMade(ctx.db, kind, period)), ...(kind === 'result' ? await numberedNotices(ctx.db, cases) : [])]

/** Open by its row exactly when its facts have not ended it: handed in, less ended, plus taken up again. */
async function openness(ctx: Ctx, period: Period, facts: readonly { name: string; subject: string }[], nameOf: (id: string) => string): Promise<Check> {
  const open = new Map<string, boolean>()
  for (const { name, subject } of facts) {
    if (name === 'dossiers.submitted' || name === 'dossiers.reopened') open.set(subject, true)
    else if ((ENDINGS as readonly string[]).includes(name)) open.set(subject, false)
  }
  const known = new Set(open.keys())
  return byCase({ key: 'open', group: 'ho_so', title: 'Hồ sơ chưa kết thúc', advice: 'Trạng thái của hồ sơ phải suy ra được từ các sự kiện của nó.' }, [
    { label: 'Theo sự kiện', measure: 'su_kien', cases: [...open].flatMap(([id, still]) => (still ? [id] : [])) },
    { label: 'Theo trạng thái', measure: 'ho_so', cases: (await openDossiers(ctx.db, period.under)).filter((id) => known.has(id)) },
  ], nameOf)
}

async function money(
  ctx: Ctx, period: { units: readonly string[]; from: Date; to: Date }, casesOf: (name: string, all?: boolean) => string[], nameOf: (id: string) => string, ids: readonly string[],
): Promise<Check[]> {
  const sums = await moneyTallies(ctx.db, period)
  const dong = (label: string, value: number) => ({ label, measure: 'dong' as const, value })
  const [fees, orders] = [await feesSet(ctx.db, ids), await ordersOf(ctx.db, ids)]
  // Line by line: what is due later has no order yet, and a duty told of in processing is no fee of the table.
  const asked = [...orders].filter(([line]) => fees.has(line))
  const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0)
  const differing = asked.filter(([line, amount]) => fees.get(line) !== amount).map(([line]) => nameOf(line.split(' ')[0]!))
  const paidFacts = new Set(casesOf('payments.order_paid', true))
  const head = (key: string, title: string, advice: string) => ({ key, group: 'tien' as const, title, advice })
  return [
    bySum(head('fees', 'Phí đã tính và phiếu thu đã mở', 'Phiếu thu phải đúng số tiền mà bảng phí tính cho hồ sơ.'), [
      dong('Phí của hồ sơ đến kỳ thu', sum(asked.map(([line]) => fees.get(line)!))), dong('Phiếu thu còn giá trị', sum(asked.map(([, amount]) => amount))),
    ], differing),
    bySum(head('in', 'Tiền vào và chỗ của nó', 'Mỗi đồng vào phải trả cho một phiếu thu hoặc nằm ở khoản treo.'), [
      dong('Chuyển khoản và tiền mặt', sums.transfers + sums.cash), dong('Trả phiếu thu và khoản treo', sums.applied + sums.aside),
    ]),
    bySum(head('receipts', 'Biên lai và tiền đã thu', 'Mỗi khoản thu có đúng một biên lai đúng số tiền.'), [dong('Tiền trả phiếu thu', sums.applied), dong('Biên lai còn giá trị', sums.receipts)]),
    bySum(head('cash', 'Quỹ tiền mặt các ngày đã đóng', 'Số đếm lệch sổ phải có lý do; số trên biên bản phải bằng tổng biên lai tiền mặt trong ngày.'), [
      dong('Biên lai tiền mặt', sums.closedCash), dong('Sổ quỹ ghi', sums.expected), dong('Đếm được', sums.counted),
    ]),
    bySum(head('bank', 'Sao kê ngân hàng', 'Giao dịch có trong sao kê phải đúng số tiền đã ghi.'), [dong('Theo sao kê', sums.statements), dong('Theo hệ thống', sums.statementTransfers)]),
    byCase(head('paid', 'Phiếu thu đã trả', 'Mỗi phiếu trả xong để lại một sự kiện.'), [
      { label: 'Phiếu đã trả', measure: 'ho_so', cases: (await paidWithin(ctx.db, period)).filter((id) => paidFacts.has(id) || nameOf(id) !== id) },
      { label: 'Sự kiện đã ghi', measure: 'su_kien', cases: casesOf('payments.order_paid', true) },
    ], nameOf),
  ]
}

async function messages(ctx: Ctx, period: Period): Promise<Check[]> {
  const states = await messageTallies(ctx.db, period.from, period.to)
  const jobs = await troubledJobs(ctx.db)
  const dead = states.get('dead') ?? 0
  const none = (measure: 'tin' | 'viec') => ({ label: 'Cho phép', measure, value: 0 })
  return [
    bySum({ key: 'messages', group: 'tin', title: 'Tin không gửi được, chưa ai xử lý', advice: 'Mở trang Tin báo, gửi lại hoặc báo cho người dân bằng cách khác.' }, [{ label: 'Tin chết', measure: 'tin', value: dead }, none('tin')]),
    bySum({ key: 'jobs', group: 'tin', title: 'Việc nền gặp lỗi', advice: 'Hệ thống tự thử lại; nếu không hết, gửi nội dung lỗi cho quản trị hệ thống.' }, [
      { label: 'Đang lỗi', measure: 'viec', value: jobs.length }, none('viec'),
    ], jobs.map(({ task, attempts, fault }) => `${task} (${attempts} lần): ${fault}`)),
  ]
}
