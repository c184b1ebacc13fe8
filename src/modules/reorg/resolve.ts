// What the steps of a plan come to: which units end, begin, change and where each one's things go; and all that is wrong with it. Pure.

import { formatDate } from '#core/text/index.ts'
import { isVillage, type KeptRule, type Moving, type ReorgFault, type Unit } from '#modules/org/index.ts'
import { codeFaults } from './codes.ts'
import { counterpart, label, likeParts, under } from './parts.ts'
import type { PlanContent, SplitRule, Step, StepOf, UnitFate } from './schema.ts'
import { alikeFaults, settleVillages, type VillageMove } from './villages.ts'

/** What the plan is worked out against. */
export interface Ground {
  /** Living units of the day. */
  readonly units: readonly Unit[]
  /** Units that ended, by id, as far as the plan names them. */
  readonly ended: ReadonlyMap<string, Unit>
}

/** A unit whose dossiers go different ways. */
export interface Division {
  readonly unit: Unit
  /** The unit and its parts. */
  readonly desks: readonly Unit[]
  readonly rules: readonly SplitRule[]
  /** null: what no rule names stays */
  readonly main: string | null
  readonly step: number
}

export interface PlannedPost {
  readonly unitId: string
  readonly role: string
  readonly title: string
}

/** `unit` is the unit as it would be, whatever was found wrong. */
export interface Resolved {
  readonly ending: readonly Unit[]
  readonly created: readonly Unit[]
  readonly renamed: readonly { readonly before: Unit; readonly after: Unit }[]
  readonly moved: readonly { readonly before: Unit; readonly after: Unit }[]
  /** Paths of units whose whole subtree moves, before and after, and what they hang under then. */
  readonly paths: readonly { readonly id: string; readonly from: string; readonly to: string; readonly parent: string }[]
  /** Villages that go as they are to whoever takes over their ground. */
  readonly villages: readonly VillageMove[]
  readonly heir: ReadonlyMap<string, Unit>
  readonly heads: ReadonlySet<string>
  readonly divisions: readonly Division[]
  readonly successions: readonly { readonly from: string; readonly to: string; readonly partial: boolean; readonly main: boolean; readonly rules: readonly KeptRule[] }[]
  readonly posts: readonly PlannedPost[]
  /** unit → units whose posts it gets the like of */
  readonly like: ReadonlyMap<string, string>
  readonly fates: readonly UnitFate[]
  readonly faults: readonly ReorgFault[]
  readonly unit: Moving['unit']
  /** The counterpart of a part of an ending unit under another heir. */
  readonly partUnder: (desk: Unit, of: Unit, target: string) => Unit
}

const NAMED = { tinh: true, huyen: true, xa: true, phong: false, ngoai: false } as const
/** Parts follow their unit; whatever has a level of its own must have a step of its own. */
export const isPart = (unit: Pick<Unit, 'level'>): boolean => !NAMED[unit.level]

interface Heirs {
  readonly step: number
  readonly main: string | null
  readonly others: readonly { readonly id: string; readonly rules: readonly SplitRule[] }[]
  readonly rules: readonly SplitRule[]
}

const targetsOf = (rules: readonly SplitRule[]): string[] => rules.flatMap((rule) => (rule.by === 'commune' ? [] : [rule.to]))
const rulesTo = (rules: readonly SplitRule[], id: string) => rules.filter((rule) => rule.by !== 'commune' && rule.to === id)

/** The heirs that a step gives the units it ends or cuts. */
function heirsOf(step: Step, at: number): [string, Heirs][] {
  if (step.kind === 'merge') return step.from.filter((one) => one !== step.into).map((one) => [one, { step: at, main: step.into, others: [], rules: [] }])
  if (step.kind !== 'split' && step.kind !== 'abolish') return []
  const named = [...new Set([...(step.kind === 'split' ? step.into : []), ...targetsOf(step.rules)])].filter((one) => one !== step.unit)
  const main = step.kind === 'abolish' ? step.main : step.keeps ? null : (step.main ?? named[0] ?? null)
  return [[step.unit, { step: at, main, others: named.filter((one) => one !== main).map((one) => ({ id: one, rules: rulesTo(step.rules, one) })), rules: step.rules }]]
}

/** Works a plan out. Never throws: what is wrong stands in `faults`. */
export function resolve(plan: Pick<PlanContent, 'day' | 'steps'>, ground: Ground): Resolved {
  const faults: ReorgFault[] = []
  const stop = (step: number, code: string, message: string, unitId?: string) => void faults.push({ code, severity: 'stops', message, step, ...(unitId ? { unitId } : {}) })
  const living = new Map(ground.units.map((unit) => [unit.id, unit]))
  const after = new Map(living)
  const steps = plan.steps.map((step, at) => ({ step, at }))
  const of = <K extends Step['kind']>(kind: K) => steps.filter(({ step }) => step.kind === kind) as unknown as { step: StepOf<K>; at: number }[]

  const need = (id: string, at: number): Unit | null => {
    const unit = after.get(id)
    if (unit) return unit
    const gone = ground.ended.get(id)
    stop(at, gone ? 'reorg.unit_ended' : 'reorg.no_unit', gone
      ? `${gone.name} đã kết thúc ngày ${formatDate(gone.validTo!)}; chọn đơn vị kế tục của nó.` : `Không có đơn vị nào mang mã nội bộ ${id}; chọn lại trong danh sách.`, id)
    return null
  }

  // 1 · new units, so that later steps may name them whatever the order they were drawn in
  const created: Unit[] = []
  const posts: PlannedPost[] = []
  const like = new Map<string, string>()
  const waiting = of('create').map(({ step, at }) => ({ ...step.unit, at }))
  for (let left = waiting; left.length > 0;) {
    const [ready, later] = [left.filter((one) => after.has(one.parent)), left.filter((one) => !after.has(one.parent))]
    if (ready.length === 0) {
      for (const one of later) stop(one.at, 'reorg.no_parent', `${one.name}: cấp trên không có trong danh sách đơn vị, hoặc hai đơn vị mới cùng ở dưới nhau.`, one.id)
      break
    }
    for (const { at, parent, posts: own, like: pattern, seat: _seat, ...one } of ready) {
      if (living.has(one.id) || ground.ended.has(one.id) || created.some((other) => other.id === one.id)) {
        stop(at, 'reorg.id_taken', `Mã nội bộ ${one.id} đã có đơn vị khác dùng; đặt mã khác cho ${one.name}.`, one.id)
        continue
      }
      const unit: Unit = {
        ...one, shortName: one.shortName ?? one.name, parentId: parent, path: `${after.get(parent)!.path}.${label(one.id)}`, validFrom: plan.day, validTo: null, outside: one.level === 'ngoai',
      }
      created.push(unit)
      after.set(unit.id, unit)
      posts.push(...own.map((post) => ({ unitId: unit.id, ...post })))
      if (!pattern) continue
      const model = need(pattern, at)
      if (!model) continue
      if (own.length === 0) like.set(unit.id, model.id)
      for (const [part, from] of likeParts(unit, model, ground.units, waiting)) {
        if (after.has(part.id)) continue
        created.push(part)
        after.set(part.id, part)
        like.set(part.id, from.id)
      }
    }
    left = later
  }

  // 2 · who ends or is cut, and who inherits
  const heirs = new Map<string, Heirs>()
  for (const { step, at } of steps) {
    if (step.kind === 'merge' && step.from.every((one) => one === step.into)) stop(at, 'reorg.nothing_merged', 'Sáp nhập cần ít nhất một đơn vị khác với đơn vị nhận.')
    for (const [id, given] of heirsOf(step, at)) {
      const unit = need(id, at)
      if (!unit) continue
      if (heirs.has(id)) stop(at, 'reorg.named_twice', `${unit.name} đã có trong bước ${heirs.get(id)!.step + 1}; một đơn vị chỉ sáp nhập, chia hoặc giải thể một lần trong một kế hoạch.`, id)
      else if (!living.has(id)) stop(at, 'reorg.new_ends', `${unit.name} do chính kế hoạch này lập ra nên không thể kết thúc trong cùng kế hoạch.`, id)
      else if (unit.parentId === null && given.main !== null) stop(at, 'reorg.root', `${unit.name} là đơn vị cao nhất, không sáp nhập hay giải thể ở đây được.`, id)
      else if (unit.validFrom >= plan.day && given.main !== null) stop(at, 'reorg.too_young', `${unit.name} mới có từ ${formatDate(unit.validFrom)}, không kết thúc trước ngày ${formatDate(plan.day)} được.`, id)
      else heirs.set(id, given)
      if (given.main === null && given.others.length === 0) stop(at, 'reorg.no_heir', `${unit.name}: chọn ít nhất một đơn vị nhận.`, id)
    }
  }
  const ends = (id: string) => (heirs.get(id)?.main ?? null) !== null
  for (const [id, { main, others, step, rules }] of heirs) {
    if (main && rulesTo(rules, id).length > 0) stop(step, 'reorg.heir_ends', `Quy tắc giữ hồ sơ ở ${living.get(id)!.name} nhưng chính nó kết thúc; chọn đơn vị nhận khác.`, id)
    for (const target of [...(main ? [main] : []), ...others.map((one) => one.id)]) {
      const unit = need(target, step)
      if (unit && ends(target)) stop(step, 'reorg.heir_ends', `${unit.name} nhận việc của ${living.get(id)!.name} nhưng chính nó cũng kết thúc trong kế hoạch này; chọn đơn vị còn lại sau cùng.`, target)
    }
  }

  // 3 · names and places in the tree of those that live on
  const renamed: { before: Unit; after: Unit }[] = []
  for (const { step, at } of of('rename')) {
    const unit = need(step.unit, at)
    if (!unit) continue
    if (ends(unit.id)) stop(at, 'reorg.renames_ended', `${unit.name} kết thúc trong kế hoạch này nên không đổi tên được.`, unit.id)
    else if (!living.has(unit.id)) stop(at, 'reorg.renames_new', `${unit.name} là đơn vị mới: sửa tên ngay ở bước thành lập.`, unit.id)
    else if (renamed.some((one) => one.before.id === unit.id)) stop(at, 'reorg.named_twice', `${unit.name} được đổi tên hai lần.`, unit.id)
    else if (unit.validFrom >= plan.day) stop(at, 'reorg.too_young', `${unit.name} mới có từ ${formatDate(unit.validFrom)}; ngày đổi tên phải sau ngày ấy.`, unit.id)
    else {
      const next = {
        ...unit, name: step.name ?? unit.name, shortName: step.shortName ?? (step.name ? step.name.replace(/^Ủy ban nhân dân/, 'UBND') : unit.shortName), kind: step.unitKind ?? unit.kind, code: step.code ?? unit.code,
        identifier: step.identifier ?? unit.identifier, qcvn: step.qcvn ?? unit.qcvn, adminCode: step.adminCode ?? unit.adminCode,
      }
      renamed.push({ before: unit, after: next })
      after.set(unit.id, next)
    }
  }
  const paths: { id: string; from: string; to: string; parent: string }[] = []
  const moves = new Map<string, { before: Unit; after: Unit }>()
  const hang = (unit: Unit, parent: Unit): void => {
    const [from, to] = [unit.path, `${parent.path}.${label(unit.id)}`]
    paths.push({ id: unit.id, from, to, parent: parent.id })
    for (const one of [...after.values()]) {
      if (one.path !== from && !under(one.path, from)) continue
      const next = { ...one, path: to + one.path.slice(from.length), parentId: one.id === unit.id ? parent.id : one.parentId }
      after.set(one.id, next)
      if (living.has(one.id)) moves.set(one.id, { before: living.get(one.id)!, after: next })
    }
  }
  for (const { step, at } of of('move')) {
    const [unit, parent] = [need(step.unit, at), need(step.parent, at)]
    if (!unit || !parent) continue
    if (ends(unit.id) || ends(parent.id)) stop(at, 'reorg.moves_ended', `${ends(unit.id) ? unit.name : parent.name} kết thúc trong kế hoạch này nên không ở bước chuyển cấp trên được.`, unit.id)
    else if (!living.has(unit.id)) stop(at, 'reorg.moves_new', `${unit.name} là đơn vị mới: chọn cấp trên ngay ở bước thành lập.`, unit.id)
    else if (parent.id === unit.id || under(parent.path, unit.path)) stop(at, 'reorg.cycle', `${parent.name} nằm dưới ${unit.name}: một đơn vị không thể ở dưới chính mình.`, unit.id)
    else if (unit.parentId === null) stop(at, 'reorg.root', `${unit.name} là đơn vị cao nhất, không chuyển được.`, unit.id)
    else if (parent.id === unit.parentId || paths.some((one) => one.id === unit.id)) stop(at, 'reorg.named_twice', `${unit.name} đã ở dưới ${parent.name}, hoặc được chuyển hai lần.`, unit.id)
    else hang(unit, parent)
  }

  // 4 · parts follow; what has a level of its own may not be left behind
  const ending: Unit[] = []
  const heir = new Map<string, Unit>()
  const heads = new Set<string>()
  const desksOf = new Map<string, Unit[]>()
  const children = new Map<string, Unit[]>()
  for (const unit of ground.units) if (unit.parentId) children.set(unit.parentId, [...(children.get(unit.parentId) ?? []), unit])
  const partsOf = (id: string): Unit[] => (children.get(id) ?? []).filter((one) => isPart(one) && !heirs.has(one.id) && after.get(one.id)?.parentId === id).flatMap((one) => [one, ...partsOf(one.id)])
  const villages: VillageMove[] = []
  for (const [id, { main, rules, step }] of heirs) {
    const found = settleVillages({ unit: living.get(id)!, villages: partsOf(id).filter(isVillage), main, rules, after: (target) => after.get(target) })
    for (const one of found.moves) hang(after.get(one.village.id)!, after.get(one.to.id)!)
    villages.push(...found.moves)
    faults.push(...found.faults.map((fault) => ({ ...fault, step })))
  }
  const staying = [...after.values()].filter((one) => !ends(one.id))
  const childrenAfter = new Map<string, Unit[]>()
  for (const unit of staying) if (unit.parentId) childrenAfter.set(unit.parentId, [...(childrenAfter.get(unit.parentId) ?? []), unit])
  const partUnder = (desk: Unit, of: Unit, target: string): Unit => counterpart(desk, of, after.get(target)!, living, (id) => childrenAfter.get(id) ?? [])
  for (const [id, given] of heirs) {
    const unit = living.get(id)!
    const parts = partsOf(id)
    desksOf.set(id, [unit, ...parts.filter((one) => !isVillage(one))])
    if (given.main === null) continue
    ending.push(unit, ...parts)
    heads.add(id)
    const main = after.get(given.main)
    if (main) for (const desk of [unit, ...parts]) heir.set(desk.id, desk.id === id ? main : partUnder(desk, unit, main.id))
    const desks = new Set([unit, ...parts].map((one) => one.id))
    for (const child of [...desks].flatMap((desk) => childrenAfter.get(desk) ?? [])) {
      if (!desks.has(child.id)) stop(given.step, 'reorg.orphan', `${child.name} còn ở dưới ${unit.name}: thêm bước chuyển lên cấp trên khác, hoặc sáp nhập.`, child.id)
    }
  }
  const gone = new Set(ending.map((unit) => unit.id))
  for (const { id, parentId, name } of created) if (parentId && gone.has(parentId)) stop(0, 'reorg.no_parent', `${name}: cấp trên đã chọn kết thúc trong kế hoạch này; chọn cấp trên khác.`, id)
  for (const { after: one } of moves.values()) if (one.parentId && gone.has(one.parentId) && !gone.has(one.id)) stop(0, 'reorg.no_parent', `${one.name}: cấp trên mới kết thúc trong kế hoạch này; chọn cấp trên khác.`, one.id)

  const successions: Resolved['successions'][number][] = []
  const divisions: Division[] = []
  for (const [id, { main, others, rules, step }] of heirs) {
    const unit = living.get(id)!
    // each rule is kept with the heir it names, at its place among all; one by commune names none and is kept with the first
    const kept = rules.map((rule, nth): KeptRule => ({ ...rule, nth }))
    const ownRules = (heirId: string, first: boolean) => kept.filter((rule) => (rule.by === 'commune' ? first : rule.to === heirId))
    if (main) successions.push({ from: id, to: main, partial: others.length > 0, main: true, rules: ownRules(main, true) })
    for (const [nth, one] of others.entries()) successions.push({ from: id, to: one.id, partial: true, main: false, rules: ownRules(one.id, main === null && nth === 0) })
    if (main) for (const desk of desksOf.get(id)!.slice(1)) if (heir.has(desk.id)) successions.push({ from: desk.id, to: heir.get(desk.id)!.id, partial: false, main: true, rules: [] })
    if (rules.length > 0) divisions.push({ unit, desks: desksOf.get(id)!, rules, main, step })
    for (const one of others) {
      if (one.rules.length > 0 || rules.some((rule) => rule.by === 'commune')) continue
      faults.push({ code: 'reorg.no_rule', severity: 'warns', step, unitId: one.id, message: `Chưa có quy tắc nào đưa hồ sơ của ${unit.name} về ${after.get(one.id)?.name ?? one.id}; mọi hồ sơ ${main ? `về ${after.get(main)?.name ?? main}` : 'ở lại'}.` })
    }
  }
  faults.push(...codeFaults(created, renamed, staying, gone, plan), ...alikeFaults(villages, staying))

  const named = (id: string) => after.get(id)?.name ?? id
  const stepOf = (id: string) => steps.find(({ step }) => (step.kind === 'create' ? step.unit.id === id : 'unit' in step && step.unit === id))?.at ?? 0
  const fates: UnitFate[] = [
    ...[...heirs].map(([id, { main, others, step, rules }]): UnitFate => ({
      unit: living.get(id)!, fate: main ? 'ends' : 'grows', step, before: null,
      to: [...(main ? [{ id: main, name: named(main), main: true, rules: rulesTo(rules, main).length }] : []), ...others.map((one) => ({ id: one.id, name: named(one.id), main: false, rules: one.rules.length }))],
    })),
    ...created.filter((unit) => !isPart(unit) || of('create').some(({ step }) => step.unit.id === unit.id)).map((unit): UnitFate => ({ unit, fate: 'created', step: stepOf(unit.id), to: [], before: null })),
    ...renamed.map((one): UnitFate => ({ unit: after.get(one.before.id)!, fate: 'renamed', step: stepOf(one.before.id), to: [], before: `${one.before.name} (${one.before.code})` })),
    ...of('move').flatMap(({ step, at }) => (after.get(step.unit) ? [{ unit: after.get(step.unit)!, fate: 'moved' as const, step: at, to: [], before: named(living.get(step.unit)?.parentId ?? '') }] : [])),
  ]
  const rank = (fault: ReorgFault) => (fault.severity === 'stops' ? 0 : 1)
  return {
    ending, created: created.map((one) => after.get(one.id)!), renamed: renamed.map((one) => ({ before: one.before, after: after.get(one.before.id)! })), moved: [...moves.values()], paths, heir, heads, divisions, successions, posts, like, fates, villages,
    faults: faults.toSorted((a, b) => rank(a) - rank(b)), unit: (id) => after.get(id) ?? ground.ended.get(id), partUnder,
  }
}
