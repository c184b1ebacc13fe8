// Some forty dossiers of one commune, filed over two weeks and stopped at every kind of place: what a desk looks like in life.

import type { Clock } from '#core/clock.ts'
import { Invalid } from '#core/errors.ts'
import { procedureTexts } from '#main/pack.ts'
import { claim } from '#modules/work/index.ts'
import { addPart, begin, completeStep, type Dossier, evaluateDossier, submit } from '#modules/dossiers/index.ts'
import { stageBytes } from '#modules/files/index.ts'
import { getVersion, type ProcedureRecord } from '#modules/procedures/index.ts'
import { renderPdf } from '#core/print/index.ts'
import { getPaper } from '#modules/dossiers/index.ts'
import type { TestApp } from '../support/app.ts'
import { doerOf, file, openItems } from '../support/walk.ts'

export class MovableClock implements Clock {
  at: Date
  constructor(at: string) {
    this.at = new Date(at)
  }
  now(): Date {
    return this.at
  }
  to(at: string | Date): void {
    this.at = new Date(at)
  }
}

export const UNIT = '14797'
export const records = procedureTexts().map(({ text }) => JSON.parse(text) as ProcedureRecord)
export const goldenOf = (record: ProcedureRecord) => record.cases.find((one) => one.expect.valid !== false)!

const NAMES = ['Lê Thị Hạnh', 'Nguyễn Hữu Ước', 'Trịnh Thị Ngọc Ẩn', 'Phạm Văn Đỗ Quyên', 'Hà Thị Ủn', 'Lương Văn Ất', 'Cao Thị Ỷ Lan', 'Mai Xuân Thưởng', 'Đỗ Thị Kiều Oanh',
  'Công ty TNHH một thành viên Chế biến lâm sản Hồi Xuân', 'Bùi Thị Nhạn', 'Lò Văn Pọm', 'Thao A Dơ', 'Vi Thị Huyền Trang']
const WAYS = ['truc_tiep', 'bcci', 'truc_tuyen'] as const

/** Files a golden case of the record, in its own channel, as another applicant. */
export async function fileCase(app: TestApp, clock: MovableClock, record: ProcedureRecord, at: string, n: number): Promise<Dossier> {
  const golden = goldenOf(record)
  clock.to(at)
  const channel = WAYS.find((way) => way === golden.channel)!
  const ctx = { ...(await app.as(channel === 'truc_tuyen' ? `congdan${1 + (n % 4)}` : `motcua.${UNIT}`)), now: clock.now() }
  const applicant = { ...golden.applicant, fullName: NAMES[n % NAMES.length]!, phone: `09${String(10_000_000 + n * 137)}` }
  return file(ctx, { procedure: record.code, unit: UNIT, channel, form: golden.form, applicant })
}

/** Does the next step of a dossier, as somebody who may. False when it is over. */
export async function stepOn(app: TestApp, clock: MovableClock, dossier: Dossier, effect?: string): Promise<boolean> {
  const [item] = await openItems(app, dossier)
  if (!item) return false
  const ctx = { ...(await app.as(await doerOf(app, item))), now: clock.now() }
  const outcome = item.outcomes.find((one) => effect && one.effect === effect) ?? item.outcomes[0]!
  await completeStep(ctx, { item: item.id, outcome: outcome.key, note: 'Đã kiểm tra, giấy tờ đầy đủ và hợp lệ theo quy định.' })
  return true
}

/** The crowd, at rest on Friday 20/11/2026, 9:40. Returns the dossiers in the order of filing. */
export async function crowd(app: TestApp, clock: MovableClock, size = 44): Promise<Dossier[]> {
  const all: Dossier[] = []
  for (let n = 0; all.length < size && n < size * 3; n++) {
    const record = records[n % records.length]!
    const day = 9 + Math.floor(all.length / 4)
    const on = `2026-11-${String(Math.min(day, 20)).padStart(2, '0')}`
    const dossier = await fileCase(app, clock, record, `${on}T0${7 + (n % 2)}:${String(30 + (n % 25)).padStart(2, '0')}:00+07:00`, n).catch((error: unknown) => {
      if (error instanceof Invalid) return null // a case whose answers depend on the day
      throw error
    })
    if (!dossier) continue
    const steps = n % 3 === 0 ? 0 : n % 5
    for (let i = 0; i < steps; i++) {
      clock.to(new Date(clock.now().getTime() + 3_600_000))
      if (!(await stepOn(app, clock, dossier))) break
    }
    all.push(dossier)
  }
  clock.to('2026-11-20T09:40:00+07:00')
  for (const dossier of all.filter((_, n) => n % 4 === 1)) {
    const [item] = await openItems(app, dossier)
    if (item?.state === 'open') await claim({ ...(await app.as(await doerOf(app, item))), now: clock.now() }, { item: item.id }).catch(() => undefined)
  }
  return all
}

/** A dossier filed online with real-looking papers, waiting to be accepted. */
export async function withPapers(app: TestApp, clock: MovableClock, code: string, model: Dossier): Promise<Dossier> {
  const record = records.find((one) => one.code === code)!
  const golden = goldenOf(record)
  const ctx = { ...(await app.as('congdan1')), now: clock.now() }
  const draft = await begin(ctx, { procedure: code, unit: UNIT, channel: 'truc_tuyen', form: golden.form, applicant: { fullName: 'x', phone: '0912345678' } })
  const version = await getVersion(ctx.db, draft.versionId)
  const { paper } = await getPaper({ ...(await app.as(`motcua.${UNIT}`)), now: clock.now() }, model.id, { kind: 'receipt' })
  const pdf = await renderPdf('receipt', paper.data as never, { createdAt: clock.now() })
  for (const part of evaluateDossier(ctx, draft, version, []).requiredParts) {
    await addPart(ctx, { dossier: draft.id, part, file: await stageBytes(ctx, pdf, `${part} bản quét.pdf`) })
  }
  return submit(ctx, { dossier: draft.id })
}
