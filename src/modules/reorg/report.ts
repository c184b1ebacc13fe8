// The report of a plan: what every part of the house finds, line by line, and what stands in the way.

import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { countSpot } from '#core/units/spots.ts'
import { citizensAt } from '#modules/dossiers/index.ts'
import { doersOf, type PartReport, type ReorgFault, type ReorgLine, type ReorgPart, reorgParts, rolesAt, type Unit } from '#modules/org/index.ts'
import { placeFaults } from './competence.ts'
import { isPart } from './resolve.ts'
import type { PlanContent, Preview } from './schema.ts'
import * as store from './store.ts'
import { chart, digestOf, type Workout } from './workout.ts'

const MOST_LINES = 1000

/** What one part finds. */
async function reportOf(tx: Tx, ctx: Ctx, part: ReorgPart, { moving, resolved }: Workout): Promise<PartReport> {
  const sums = new Map<string, ReorgLine>()
  for (const spot of part.spots) {
    for (const { unitId, toId, count } of await countSpot(tx, moving.run, spot)) {
      const key = `${unitId} ${toId} ${spot.noun}`
      const before = sums.get(key)?.count ?? 0
      const name = resolved.ending.find((unit) => unit.id === unitId)?.name ?? moving.unit(unitId)?.name ?? unitId
      sums.set(key, { unitId, text: `${name}: ${before + count} ${spot.noun}`, went: moving.unit(toId)?.name ?? toId, count: before + count })
    }
  }
  const lines = [...sums.values()].toSorted((a, b) => b.count - a.count || a.text.localeCompare(b.text, 'vi'))
  const count = lines.reduce((sum, line) => sum + line.count, 0)
  const more = (await part.preview?.(tx, ctx, moving, { count, lines })) ?? {}
  return {
    key: part.key, label: part.label, count: more.count ?? count, sentences: more.sentences ?? [], lines: [...(more.lines ?? []), ...lines].slice(0, MOST_LINES), faults: more.faults ?? [],
  }
}

const shown = (unit: Unit) => (isPart(unit) ? [] : [unit])

/** Units moved by a step; villages only go with their ground. */
const raised = ({ paths, villages }: Workout['resolved']) => paths.filter((one) => !villages.some(({ village }) => village.id === one.id))

function villagesReport({ resolved: { villages } }: Workout): PartReport {
  const ruled = villages.filter((one) => one.by === 'rule').length
  return {
    key: 'villages', label: 'Thôn, tổ dân phố', count: villages.length, faults: [],
    sentences: villages.length === 0 ? [] : [
      `${villages.length} thôn, tổ dân phố giữ nguyên tên, mã, trưởng thôn, tổ trưởng và chuyển về xã, phường nhận địa bàn${ruled > 0 ? `: ${ruled} nơi theo quy tắc, ${villages.length - ruled} nơi theo đơn vị nhận chính` : ''}.`,
    ],
    lines: villages.slice(0, MOST_LINES).map(({ village, from, to }) => ({ unitId: village.id, text: `${village.name}, ${from.name}`, went: to.name, count: 1 })),
  }
}

function unitsReport({ resolved }: Workout): PartReport {
  const lines: ReorgLine[] = resolved.fates.map((fate) => ({
    unitId: fate.unit.id, count: 1,
    text: fate.before ? `${fate.before} → ${fate.unit.name}` : `${fate.unit.name} (${fate.unit.code})`,
    went: fate.fate === 'created' ? 'Thành lập' : fate.fate === 'ends' ? fate.to.map((one) => `${one.name}${one.main ? '' : ' (một phần)'}`).join(', ') : fate.fate === 'grows' ? `Chuyển một phần cho ${fate.to.map((one) => one.name).join(', ')}` : null,
  }))
  const ended = resolved.ending.flatMap(shown)
  return {
    key: 'units', label: 'Đơn vị và mã', count: resolved.fates.length, lines: lines.slice(0, MOST_LINES), faults: [],
    sentences: [
      `${ended.length} đơn vị kết thúc, ${resolved.created.flatMap(shown).length} đơn vị thành lập, ${resolved.renamed.length} đổi tên hoặc mã, ${raised(resolved).length} đổi cấp trên.`,
      ...(ended.length > 0 ? ['Mọi mã và tên cũ vẫn tra được: mỗi mã của một ngày dẫn tới đúng một đơn vị đang hoạt động.'] : []),
    ],
  }
}

function officersReport({ staffing, moving }: Workout): PartReport {
  const officers = new Set(staffing.staff.map((one) => one.officer))
  const unposted = new Set(staffing.staff.filter((one) => !one.posted).map((one) => one.officer))
  return {
    key: 'officers', label: 'Cán bộ và chức danh', count: officers.size,
    sentences: officers.size === 0 ? [] : [
      `${officers.size} người ở đơn vị kết thúc: ${officers.size - unposted.size} người có chức danh trong tổ chức mới, ${unposted.size} người chưa có.`,
      `${staffing.posts.length} chức danh được lập mới; chức danh ở đơn vị kết thúc thôi hiệu lực từ hết ngày hôm trước.`,
    ],
    lines: staffing.staff.slice(0, MOST_LINES).map((one) => ({
      unitId: one.unitId, text: `${one.name} · ${one.title}, ${moving.unit(one.unitId)?.name ?? one.unitId}`, count: 1,
      went: one.next ? `${one.next.title}, ${moving.unit(one.next.unitId)?.name ?? one.next.unitId}` : one.posted ? 'Còn chức danh khác' : 'Chưa có chức danh',
    })),
    faults: unposted.size === 0 ? [] : [{ code: 'reorg.unposted', severity: 'warns', message: `${unposted.size} người chưa có chức danh trong tổ chức mới: bổ nhiệm trong kế hoạch, hoặc giao chức danh sau ngày thi hành.` }],
  }
}

/** Desks that would get work that nobody there, below or above may do. */
async function deskFaults(tx: Tx, { resolved, staffing, moving }: Workout): Promise<ReorgFault[]> {
  const heirs = [...new Map([...moving.heir.values()].map((unit) => [unit.id, unit])).values()]
  const roles = await rolesAt(tx, [...new Set([...heirs.flatMap((unit) => unit.path.split('.')), ...heirs.map((unit) => unit.id)])])
  const at = new Map([...roles].map(([unit, list]) => [unit, new Set(list)]))
  for (const post of staffing.posts) at.set(post.unitId, new Set([...(at.get(post.unitId) ?? []), post.role]))
  const faults: ReorgFault[] = []
  for (const unit of heirs.filter((one) => !isPart(one) && resolved.created.includes(one))) {
    const own = [unit, ...resolved.created.filter((one) => one.path.startsWith(`${unit.path}.`))]
    for (const [role, what] of [['mot_cua', 'nhận và trả hồ sơ'], ['lanh_dao_don_vi', 'ký kết quả']] as const) {
      if (unit.level === 'phong' || own.some((one) => doersOf(role).some((doer) => at.get(one.id)?.has(doer)))) continue
      faults.push({ code: 'reorg.no_desk', severity: 'warns', unitId: unit.id, message: `${unit.name} chưa có chức danh nào để ${what}; việc ấy sẽ nằm ở cấp trên. Thêm chức danh, hoặc lấy mẫu của một đơn vị cũ.` })
    }
  }
  return faults
}

function sealsReport(work: Workout): PartReport {
  const seals = sealsOf(work)
  const of = (kind: string) => seals.filter((one) => one.kind === kind).length
  return {
    key: 'seals', label: 'Con dấu, chữ ký số của cơ quan', count: seals.length, faults: [],
    sentences: seals.length === 0 ? [] : [`${of('return')} con dấu phải giao nộp, ${of('order')} con dấu phải đăng ký mới, ${of('change')} phải đổi theo tên mới (NĐ 99/2016/NĐ-CP); chữ ký số cơ quan của đơn vị kết thúc phải thu hồi.`],
    lines: seals.slice(0, MOST_LINES).map((one) => ({ unitId: one.unitId, text: one.unitName, went: one.kind === 'return' ? 'Giao nộp, hủy con dấu' : one.kind === 'order' ? 'Đăng ký mẫu dấu mới' : 'Đổi con dấu', count: 1 })),
  }
}

/** Seals to be handed in, ordered and changed. Parts have none of their own. */
export function sealsOf({ resolved }: Workout): { unitId: string; unitName: string; kind: 'return' | 'order' | 'change' }[] {
  const seal = (kind: 'return' | 'order' | 'change') => (unit: Unit) => ({ unitId: unit.id, unitName: unit.name, kind })
  return [...resolved.ending.flatMap(shown).map(seal('return')), ...resolved.created.flatMap(shown).map(seal('order')), ...resolved.renamed.filter((one) => one.before.name !== one.after.name).map((one) => one.after).flatMap(shown).map(seal('change'))]
}

async function clashFaults(tx: Tx, plan: string | null, touches: readonly string[]): Promise<ReorgFault[]> {
  const found = await store.clashing(tx, plan, touches, ['nhap', 'cho_xac_nhan', 'da_xac_nhan', 'dang_chay'])
  return found.map((one) => ({
    code: 'reorg.other_plan', severity: one.state === 'nhap' ? 'warns' : 'stops', href: `/admin/reorganisations/${one.id}`, ...(one.units[0] ? { unitId: one.units[0] } : {}),
    message: one.state === 'nhap' ? `Bản nháp “${one.title}” cũng nêu ${one.units.length} đơn vị của kế hoạch này.` : `Kế hoạch “${one.title}” đã nêu ${one.units.length} đơn vị của kế hoạch này; thi hành hoặc hủy kế hoạch ấy trước.`,
  }))
}

/** The whole report, within a transaction that also holds the chart of moves. `clashes`: whether other plans are looked at. */
export async function report(tx: Tx, ctx: Ctx, content: PlanContent, work: Workout, { plan, clashes }: { plan: string | null; clashes: boolean }): Promise<Preview> {
  const began = performance.now()
  const stuck = work.faults.some((fault) => fault.severity === 'stops')
  if (!stuck) await chart(tx, work)
  const parts: PartReport[] = [unitsReport(work), ...(work.resolved.villages.length > 0 ? [villagesReport(work)] : []), officersReport(work)]
  for (const part of stuck ? [] : reorgParts()) parts.push(await reportOf(tx, ctx, part, work))
  parts.push(sealsReport(work))
  const faults = [
    ...work.faults, ...(content.steps.length === 0 ? [{ code: 'reorg.empty', severity: 'stops' as const, message: 'Kế hoạch chưa có bước nào; thêm ít nhất một bước.' }] : []),
    ...(clashes ? await clashFaults(tx, plan, work.touches) : []), ...(stuck ? [] : await deskFaults(tx, work)), ...(await placeFaults(tx, work)), ...parts.flatMap((part) => part.faults),
  ].toSorted((a, b) => Number(a.severity === 'warns') - Number(b.severity === 'warns'))
  const { resolved, staffing, moving } = work
  const lost = new Map(staffing.staff.filter((one) => !one.posted).map((one) => [one.officer, one]))
  const ids = moving.ending.map((unit) => unit.id)
  return {
    day: content.day, digest: digestOf(content), fates: resolved.fates, parts, faults,
    totals: {
      ending: resolved.ending.flatMap(shown).length, created: resolved.created.flatMap(shown).length, renamed: resolved.renamed.length, moved: raised(resolved).length,
      dossiers: parts.find((part) => part.key === 'dossiers')?.count ?? 0, officers: new Set(staffing.staff.map((one) => one.officer)).size, unposted: lost.size, citizens: stuck ? 0 : await citizensAt(tx, ids),
    },
    unposted: [...lost.values()].map((one) => ({ officer: one.officer, name: one.name, unitId: one.unitId, unitName: moving.unit(one.unitId)?.name ?? one.unitId, title: one.title })),
    tookMs: Math.round(performance.now() - began),
  }
}
