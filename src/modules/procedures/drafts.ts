// Drafts of procedures, edited part by part by several officials at once: no save overwrites what another has written, no save is lost.

import { z } from 'zod'
import { act, parseInput } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Reader } from '#core/db/index.ts'
import { Conflict, Invalid, NotFound } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { unitKeys } from '#modules/org/index.ts'
import { needAuthor, needReader, whoIs } from './authors.ts'
import { checkRecord } from './check.ts'
import { DRAFT_PARTS, type DraftPart, type DraftRecord, partAt, partOf, PART_KEYS, type PartValue, withPart } from './draft-parts.ts'
import * as store from './drafts-store.ts'
import { draftBegun, draftDropped } from './events.ts'
import type { Fault } from './faults.ts'
import { isObject, type Json, merge3, type MergeConflict, type Pick, sameJson } from './merge.ts'
import { knownCallees } from './processes.ts'
import { FORMAT } from './record.ts'
import { settleDrawing } from './settle-drawing.ts'
import { findLatest, findVersion, lockCode, type Version } from './store.ts'
import { textDeps } from './texts.ts'

export interface Draft extends store.DraftRow {
  /** The newest version when it began; null when there was none. What is published must follow it. */
  readonly base: Version | null
  /** The version whose text it began with. */
  readonly source: Version | null
}

/** A draft, open or closed. Throws NotFound. */
export async function getDraft(reader: Reader, id: string): Promise<Draft> {
  const row = await store.find(reader, id)
  if (!row) throw noDraft()
  const [base, source] = await Promise.all([row.baseVersion, row.sourceVersion].map((version) => (version ? findVersion(reader, version) : null)))
  return { ...row, base: base ?? null, source: source ?? null }
}

const noDraft = () => new NotFound('procedures.no_draft', 'Không có bản nháp này. Xem lại ở danh sách bản nháp.')

/** Both sides of a part that two people have changed in the same places; nothing of either is lost. */
export class DraftConflict extends Conflict {
  readonly part: DraftPart
  readonly mine: PartValue
  readonly theirs: PartValue
  readonly before: PartValue
  readonly paths: readonly MergeConflict[]
  /** Revision of `theirs`; a choice made from this page names it. */
  readonly revision: number
  /** Who saved last. */
  readonly by: string
  constructor(found: { part: DraftPart; mine: PartValue; theirs: PartValue; before: PartValue; paths: readonly MergeConflict[]; revision: number; by: string }) {
    super('procedures.draft_conflict', `${found.by} vừa sửa cùng chỗ. Chọn cách viết đúng ở từng chỗ; chưa có gì bị mất.`)
    this.part = found.part
    this.mine = found.mine
    this.theirs = found.theirs
    this.before = found.before
    this.paths = found.paths
    this.revision = found.revision
    this.by = found.by
  }
}

const json: z.ZodType<Json> = z.json() as z.ZodType<Json>

export const SavePartInput = z.object({
  draft: z.string(),
  part: z.enum(DRAFT_PARTS),
  /** The revision the editor began from. */
  base: z.int().min(0),
  /** The keys of the part, all of them: one that is left out is taken away. */
  value: z.record(z.string(), json),
  /** What the editor really began from, when that was between two revisions: its own last save with more written since. */
  before: z.record(z.string(), json).optional(),
  /** The page's own mark of this save: sent again after a dropped line, it is known. */
  key: z.string().max(80).optional(),
  /** What the person chose where both had changed the same, by path joined with `/`; holds while `seen` is still the last revision of the part. */
  picks: z.record(z.string(), z.enum(['mine', 'theirs', 'before'])).optional(),
  seen: z.int().min(0).optional(),
})

export interface SavedPart {
  readonly revision: number
  readonly value: PartValue
  /** Whether somebody else's words came in beside those that were sent. */
  readonly merged: boolean
}

const LARGEST = 6_000_000

/** Accents in one form, no value that JSON would drop. */
function clean(value: Json): Json {
  if (typeof value === 'string') return value.normalize('NFC')
  if (Array.isArray(value)) return (value as readonly Json[]).map(clean)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : [[key, clean(one)]])))
}

function ofPart(part: DraftPart, value: PartValue): PartValue {
  const strange = Object.keys(value).filter((key) => !PART_KEYS[part].includes(key))
  if (strange.length > 0) throw new Invalid(strange.map((key) => ({ key, message: 'Mục này không thuộc phần đang sửa.' })), 'Phần gửi lên có mục lạ; tải lại trang rồi sửa tiếp.')
  if (JSON.stringify(value).length > LARGEST) throw new Invalid([{ key: '', message: 'Phần này lớn hơn 6 MB.' }], 'Phần gửi lên quá lớn; một thủ tục không bao giờ lớn như vậy.')
  return clean(value) as PartValue
}

/** Saves one part: what others have saved since `base` is merged in. The same save sent twice counts once. Throws DraftConflict (409) when both have
 *  changed the same place, Conflict when the draft is closed, Invalid for keys of other parts, Forbidden for who may not write. */
export const saveDraftPart = act(SavePartInput, async (ctx, tx, input): Promise<SavedPart> => {
  await needAuthor(tx, ctx)
  const { part, base, picks, seen, key } = input
  const draft = await store.lock(tx, input.draft)
  if (!draft) throw noDraft()
  needOpen(draft)
  const theirs = partOf(draft.record, part)
  const sent = key ? await store.findSave(tx, draft.id, key) : null
  if (sent) return { revision: draft.revision, value: theirs, merged: sent.merged || sent.revision !== draft.revision }
  const mine = ofPart(part, input.value)
  if (base > draft.revision) throw new Invalid([{ key: 'base', message: 'Số lần sửa không đúng; tải lại trang.' }])
  const before = input.before ? ofPart(part, input.before) : await draftPartAt(tx, draft.id, part, base)
  const still = picks && seen !== undefined && (await store.lastOf(tx, draft.id, part)) <= seen
  const joined = merge3(before, mine, theirs, new Map(still ? (Object.entries(picks) as [string, Pick][]) : []))
  const merged = part === 'process' ? await settleDrawing(joined, mine, theirs, { code: draft.code, name: draft.name }) : joined
  const value = merged.value as PartValue
  if (merged.conflicts.length > 0) throw new DraftConflict({ part, mine, theirs, before, paths: merged.conflicts, revision: draft.revision, by: draft.touchedByName })
  if (sameJson(value, theirs)) return { revision: draft.revision, value, merged: !sameJson(value, mine) }
  const revision = draft.revision + 1
  await store.save(tx, draft.id, { revision, part, value, merged: !sameJson(value, mine), key, record: withPart(draft.record, part, value), at: ctx.now, who: whoIs(ctx) })
  return { revision, value, merged: !sameJson(value, mine) }
})

/** A part as it was at a revision: what a form that was drawn then began from. */
export async function draftPartAt(reader: Reader, id: string, part: DraftPart, base: number): Promise<PartValue> {
  const found = await store.partAtRevision(reader, id, part, base)
  if (!found) return {}
  return found.whole ? partOf(found.value as DraftRecord, part) : (found.value as PartValue)
}


export function needOpen(draft: store.DraftRow): void {
  if (draft.state === 'open') return
  const what = draft.state === 'published' ? 'được công bố' : 'bị bỏ'
  throw new Conflict('procedures.draft_closed', `Bản nháp này đã ${what} (${draft.closedByName ?? ''}). Mở một bản nháp mới từ phiên bản mới nhất để sửa tiếp; phần đang viết vẫn còn trên máy này.`)
}

export interface DraftCheck {
  readonly faults: readonly (Fault & { readonly part: DraftPart })[]
  readonly warnings: readonly (Fault & { readonly part: DraftPart })[]
}

/** Everything that keeps a draft from being published, each fault with the part where it is mended. Golden cases run once nothing else is wrong. */
export async function checkDraft(ctx: Ctx, id: string): Promise<DraftCheck> {
  needReader(ctx)
  return checkDraftRecord(ctx, await getDraft(ctx.db, id))
}

/** The same for a draft at hand. */
export async function checkDraftRecord(ctx: Ctx, draft: { readonly record: DraftRecord }): Promise<DraftCheck> {
  const deps = { calendar: ctx.calendar, catalogs: ctx.catalogs, knownUnitKeys: await unitKeys(ctx.db), callees: (keys: readonly string[]) => knownCallees(ctx.db, keys), texts: textDeps(ctx) }
  const first = await checkRecord(draft.record, deps)
  const unsaid = first.record === null && first.faults.every((fault) => partAt(fault.path) === 'decision')
  // A draft lacks its decision to the last; what else is wrong should not wait for it.
  const whole = unsaid ? await checkRecord({ ...draft.record, decision: { no: '…', kind: 'sua_doi_bo_sung' }, effectiveFrom: localDate(ctx.now), effectiveTo: null }, deps) : null
  const [faults, warnings] = [[...first.faults, ...(whole?.faults ?? [])], whole?.warnings ?? first.warnings]
  const placed = (fault: Fault) => ({ ...fault, part: partAt(fault.path) })
  return { faults: faults.map(placed), warnings: warnings.map(placed) }
}

const BeginInput = z.discriminatedUnion('from', [
  z.object({ from: z.literal('version'), version: z.string() }),
  /** A former version taken up again, as a new act. */
  z.object({ from: z.literal('copy'), version: z.string() }),
  z.object({ from: z.literal('abolition'), code: z.string() }),
  z.object({ from: z.literal('scratch'), code: z.string().trim().regex(/^\d\.\d{6}$/, 'Ghi mã thủ tục quốc gia dạng n.nnnnnn, ví dụ 1.001193.'), name: z.string().trim().min(5, 'Ghi tên thủ tục.').max(500, 'Tên không dài quá 500 ký tự.') }),
  z.object({ from: z.literal('file'), text: z.string().max(LARGEST) }),
])
export type BeginDraft = z.input<typeof BeginInput>

/** Opens a draft. Two officials on one procedure work in one draft: when one is open already, it is given back. Throws Invalid, NotFound, Forbidden. */
export async function beginDraft(ctx: Ctx, input: BeginDraft): Promise<{ id: string; existing: boolean }> {
  const ask = parseInput(BeginInput, input)
  return inTransaction(ctx.db, async (tx) => {
    await needAuthor(tx, ctx)
    const { code, record, origin, source } = await startOf(tx, ask)
    await lockCode(tx, code)
    const open = await store.findOpen(tx, code)
    if (open) return { id: open.id, existing: true }
    const latest = await findLatest(tx, code)
    if (origin === 'scratch' && latest) throw new Invalid([{ key: 'code', message: `Mã ${code} là của “${latest.name}”; mở bản nháp từ phiên bản ${latest.number} của thủ tục đó.` }])
    const draft = await store.insert(tx, { code, record, origin, baseVersion: latest?.id ?? null, sourceVersion: source ?? null, at: ctx.now, who: whoIs(ctx) })
    await emit(tx, ctx, draftBegun, `procedure:${code}`, { code, draft: draft.id, origin })
    return { id: draft.id, existing: false }
  })
}

type Start = { code: string; record: DraftRecord; origin: store.DraftOrigin; source?: string }

/** A decision is made for one version: the next draft begins without its number and days. */
function undecided(record: DraftRecord, kind: string): DraftRecord {
  const { effectiveFrom: _from, effectiveTo: _to, ...rest } = record
  return { ...rest, decision: { kind } }
}

async function startOf(reader: Reader, ask: z.output<typeof BeginInput>): Promise<Start> {
  switch (ask.from) {
    case 'scratch':
      return { code: ask.code, origin: 'scratch', record: blank(ask.code, ask.name.normalize('NFC')) }
    case 'file':
      return readFile(ask.text)
    case 'abolition': {
      const version = await findLatest(reader, ask.code)
      if (!version) throw new NotFound('procedures.none', `Không có thủ tục mã ${ask.code}.`)
      return { code: version.code, origin: 'version', source: version.id, record: undecided(version.record as unknown as DraftRecord, 'bai_bo') }
    }
    default: {
      const version = await findVersion(reader, ask.version)
      if (!version) throw new NotFound('procedures.no_version', 'Không có phiên bản thủ tục này.')
      const kind = ask.from === 'copy' ? 'thay_the' : 'sua_doi_bo_sung'
      return { code: version.code, origin: ask.from, source: version.id, record: undecided(version.record as unknown as DraftRecord, kind) }
    }
  }
}

function readFile(text: string): Start {
  let parsed: unknown
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new Invalid([{ key: 'file', message: `Tệp không phải JSON (${(error as Error).message}). Chọn tệp bản ghi thủ tục đã xuất ra từ hệ thống.` }])
  }
  const record = isObject(parsed as Json) ? (clean(parsed as Json) as DraftRecord) : {}
  const code = record.code
  if (typeof code !== 'string' || !/^\d\.\d{6}$/.test(code)) throw new Invalid([{ key: 'file', message: 'Tệp không có mã thủ tục (code) dạng n.nnnnnn, nên chưa biết là thủ tục nào. Ghi mã vào tệp rồi chọn lại.' }])
  const known = new Set(['format', 'code', ...Object.values(PART_KEYS).flat()])
  const strange = Object.keys(record).filter((key) => !known.has(key))
  if (strange.length > 0) throw new Invalid([{ key: 'file', message: `Tệp có mục mà hệ thống không dùng: ${strange.join(', ')}. Xóa các mục đó rồi chọn lại.` }])
  return { code, origin: 'file', record: { ...record, format: FORMAT } }
}

/** What a procedure has at the least: a counter that receives, an officer who works, a leader who signs, a counter that gives back (NĐ 118/2025/NĐ-CP). */
function blank(code: string, name: string): DraftRecord {
  return {
    format: FORMAT, code, name, decision: { kind: 'ban_hanh_moi' }, levels: ['xa'], targets: ['cong_dan'], online: { level: 'mot_phan' }, term: { value: 3, unit: 'ngay_lam_viec' },
    channels: [{ channel: 'truc_tuyen' }, { channel: 'truc_tiep' }, { channel: 'bcci' }], competence: { level: 'xa', by: 'noi_nop' },
    form: { title: 'Tờ khai', sections: [{ key: 'noi_dung', title: 'Nội dung đề nghị', questions: [{ key: 'noi_dung', label: 'Nội dung đề nghị', type: 'longtext', required: true }] }] },
    parts: [], fees: [], legalBasis: [], results: [], reasons: { refusal: [], supplement: [] }, cases: [],
    steps: [
      { id: 'tiep_nhan', name: 'Tiếp nhận hồ sơ', role: 'mot_cua', hours: 2, outcomes: [{ key: 'nhan', label: 'Tiếp nhận', next: 'tham_dinh', effect: 'accept' }, { key: 'tu_choi', label: 'Từ chối tiếp nhận', next: 'end', effect: 'refuse' }] },
      { id: 'tham_dinh', name: 'Thẩm định hồ sơ', role: 'chuyen_vien', hours: 12, outcomes: [{ key: 'dat', label: 'Đủ điều kiện, trình ký', next: 'ky' }, { key: 'khong_dat', label: 'Không đủ điều kiện, trình từ chối', next: 'ky' }] },
      { id: 'ky', name: 'Ký kết quả', role: 'lanh_dao_don_vi', hours: 4, outcomes: [{ key: 'ky', label: 'Ký', next: 'phat_hanh', effect: 'sign' }, { key: 'tra_lai', label: 'Trả lại để làm rõ', next: 'tham_dinh' }] },
      { id: 'phat_hanh', name: 'Vào sổ, đóng dấu', role: 'van_thu', hours: 2, outcomes: [{ key: 'xong', label: 'Đã phát hành', next: 'tra_ket_qua', effect: 'finish' }] },
      { id: 'tra_ket_qua', name: 'Trả kết quả', role: 'mot_cua', hours: 0, outcomes: [{ key: 'da_tra', label: 'Đã trả kết quả', next: 'end', effect: 'return' }] },
    ],
  }
}

/** Puts a draft aside for good, with the word why; its saves stay readable. Throws Conflict when it is closed already. */
export const dropDraft = act(z.object({ draft: z.string(), note: z.string().trim().max(500) }), async (ctx, tx, { draft: id, note }) => {
  await needAuthor(tx, ctx)
  const draft = await store.lock(tx, id)
  if (!draft) throw noDraft()
  needOpen(draft)
  await store.close(tx, id, 'dropped', { at: ctx.now, name: whoIs(ctx).name, note: note || null })
  await emit(tx, ctx, draftDropped, `procedure:${draft.code}`, { code: draft.code, draft: id, note })
})

export const listDrafts = store.list
export const draftEdits = store.edits

/** Notes that the reader has this tab open; tells who else is here, and the draft's revision now. */
export async function draftHere(ctx: Ctx, id: string, tab: string): Promise<readonly store.Present[]> {
  const { actor } = ctx
  return actor.kind === 'officer' ? store.here(ctx.db, id, { id: actor.id, name: actor.name }, tab, ctx.now) : []
}
