// A unit that begins: itself, its parts and posts in one act, out of sight of citizens until it goes live; villages with their heads; officers by name.

import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { act } from '#core/act.ts'

import type { Tx } from '#core/db/index.ts'
import { denial, type FieldError, Invalid, orThrow, type Refusal } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { type Actor, holds } from '#core/policy/actor.ts'
import { fold } from '#core/text/index.ts'
import { localDate } from '#core/workdays/local.ts'
import { unitOpened, villagesOpened } from './events.ts'
import { getUnit } from './queries.ts'
import { keeps } from './rules.ts'
import type { Unit } from './schema.ts'
import { addUnits, type NewUnit } from './opening-store.ts'
import { list as listUnits } from './store.ts'
import { templateOf, type UnitTemplate } from './templates.ts'
import { headTitle, isVillage, sameVillage, VILLAGE, VILLAGE_HEAD, villageName } from './villages.ts'

const NOT_OPENER: Refusal = denial('org.not_opener', 'Chỉ quản trị hệ thống lập được đơn vị mới; quản trị đơn vị lập được phòng và thôn, tổ dân phố của đơn vị mình.')

/** Who may open a unit of a template under another: the platform's administrators any; a unit's own, rooms below themselves. */
export function canOpen(actor: Actor, template: Pick<UnitTemplate, 'id'>, parent: Pick<Unit, 'path'>): Refusal | null {
  if (actor.kind === 'system' || holds(actor, 'quan_tri_he_thong')) return null
  const tree = keeps(actor)
  return template.id === 'phong' && tree && (parent.path === tree || parent.path.startsWith(`${tree}.`)) ? null : NOT_OPENER
}

const line = (least: number, most: number, message: string) => z.string(message).trim().min(least, message).max(most, `Không dài quá ${most} ký tự.`).transform((text) => text.normalize('NFC'))
const maybe = (most: number) => z.string().trim().max(most, `Không dài quá ${most} ký tự.`).nullish().transform((text) => text?.normalize('NFC') || null)

export const OpenUnitInput = z.object({
  template: z.string('Chọn loại đơn vị.'),
  parent: z.string('Chọn cấp trên.'),
  name: line(2, 150, 'Ghi tên riêng, ví dụ Hạc Thành; đơn vị khác xã, phường thì ghi cả tên.'),
  code: line(2, 40, 'Ghi mã đơn vị.'),
  identifier: maybe(35),
  decision: line(3, 200, 'Ghi số quyết định thành lập hoặc giao nhiệm vụ.'),
  from: z.iso.date('Ghi ngày bắt đầu hoạt động.'),
})

const suffixed = (id: string, suffix: string): string => `${id}-${suffix.toLowerCase()}`
/** Ids that no page shows: of a commune by its code, as everywhere; of others by theirs. */
const idOf = (code: string): string => (/^\d{5}$/.test(code) ? `th-${code}` : `u-${fold(code).replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')}`)

function codeFaults(template: UnitTemplate, code: string): void {
  if (template.code === 'division' && !/^\d{5}$/.test(code)) throw new Invalid([{ key: 'code', message: 'Mã xã, phường gồm năm chữ số theo danh mục đơn vị hành chính.' }])
  if (template.code === 'own' && !/^[A-Z0-9][A-Z0-9._-]{1,38}$/.test(code)) throw new Invalid([{ key: 'code', message: 'Mã đơn vị gồm chữ hoa không dấu, số, dấu chấm, gạch; ví dụ 14797.QLDA.' }])
}

/** The unit with its parts as the template names them. */
function planned(template: UnitTemplate, parent: Unit, input: z.output<typeof OpenUnitInput>): NewUnit[] {
  const id = idOf(input.code)
  const named = (text: string): string => text.replaceAll('{name}', input.name)
  const posts = (own: string, list: UnitTemplate['posts']) => {
    const count = new Map<string, number>()
    return list.flatMap(({ role, title, n }) => Array.from({ length: n }, () => {
      const at = (count.get(role) ?? 0) + 1
      count.set(role, at)
      return { id: `${own}/${role}/${at}`, role, title }
    }))
  }
  const base = { validFrom: input.from, qcvn: null, validTo: null }
  return [
    {
      ...base, id, code: input.code, key: template.key ?? null, aliases: template.aliases, name: named(template.name), shortName: named(template.shortName), kind: template.kind, level: template.level, parentId: parent.id,
      path: `${parent.path}.${id.replaceAll('-', '_')}`, identifier: input.identifier, adminCode: template.code === 'division' ? input.code : null, outside: template.outside, posts: posts(id, template.posts),
    },
    ...template.parts.map((part): NewUnit => ({
      ...base, id: suffixed(id, part.suffix), code: `${input.code}.${part.suffix}`, key: part.key ?? null, aliases: part.aliases, name: named(part.name), shortName: named(part.shortName), kind: part.kind, level: part.level,
      parentId: id, path: `${parent.path}.${id.replaceAll('-', '_')}.${suffixed(id, part.suffix).replaceAll('-', '_')}`, identifier: null, adminCode: null, outside: part.outside, posts: posts(suffixed(id, part.suffix), part.posts),
    })),
  ]
}

/** Opens a unit with its parts and posts. Citizens see it once it has gone live. Throws Forbidden, NotFound for the parent, Invalid, Conflict for a code that lives. */
export const openUnit = act(OpenUnitInput, async (ctx, tx, input): Promise<Unit> => {
  const template = templateOf(input.template)
  if (!template) throw new Invalid([{ key: 'template', message: 'Chọn loại đơn vị.' }])
  const parent = await getUnit(tx, input.parent)
  orThrow(canOpen(ctx.actor, template, parent))
  if (parent.validTo !== null) throw new Invalid([{ key: 'parent', message: 'Cấp trên đã chọn không còn hoạt động; chọn đơn vị kế tục.' }])
  if (!template.under.includes(parent.level)) throw new Invalid([{ key: 'parent', message: `${template.label} không lập được bên dưới ${parent.name}.` }])
  codeFaults(template, input.code)
  const units = planned(template, parent, input)
  await addUnits(tx, ctx, units, template.receives || template.parts.length > 0)
  await emit(tx, ctx, unitOpened, `unit:${units[0]!.id}`, { unit: units[0]!.id, template: template.id, parent: parent.id, decision: input.decision, parts: units.length - 1, posts: units.reduce((sum, unit) => sum + unit.posts.length, 0) })
  return getUnit(tx, units[0]!.id)
})

export const VillagesInput = z.object({
  commune: z.string(),
  /** One a line: the village, and after a dash its head. */
  list: z.string('Ghi mỗi thôn, tổ dân phố một dòng.').transform((text) => text.normalize('NFC').split('\n').map((one, at) => ({ text: one.trim(), line: at + 1 })).filter((one) => one.text !== ''))
    .pipe(z.array(z.object({ text: z.string().max(200, 'Mỗi dòng không dài quá 200 ký tự.'), line: z.number() })).min(1, 'Ghi mỗi thôn, tổ dân phố một dòng.').max(200, 'Mỗi lần không quá 200 thôn.')),
})

interface VillageLine {
  readonly line: number
  /** As it is written; the kind may be left out. */
  readonly said: string
  readonly name: string
  readonly head: string | null
}

const villageOf = ({ text, line }: { text: string; line: number }): VillageLine => {
  const [name, head] = text.split(/\s+[–—-]\s+|\t|;/u, 2)
  return { line, said: name!.trim(), name: villageName(name!.trim()), head: head?.trim() || null }
}

/** Villages that stand twice in one list: two of one name, or one written twice? Only the writer knows. */
function twiceNamed(list: readonly VillageLine[]): FieldError[] {
  return list.flatMap((one, at) => {
    const first = list.slice(0, at).find((other) => sameVillage(other.said, one.said))
    return first ? [{ key: 'list', message: `Dòng ${one.line}: ${one.name} đã có ở dòng ${first.line}; bỏ một dòng, hoặc ghi tên khác nhau.` }] : []
  })
}

/** The first number free for codes of the commune's villages: also those that went to another commune keep theirs. */
async function nextNumber(tx: Tx, commune: Unit): Promise<number> {
  const prefix = `${commune.code}.T`
  const rows = await tx.selectFrom('org.bearing').select('code').where('code', 'like', `${prefix.replaceAll(/[%_\\]/g, '\\$&')}%`).execute()
  return Math.max(0, ...rows.map((row) => Number(row.code.slice(prefix.length))).filter(Number.isInteger)) + 1
}

/** Adds the villages of a commune with a post for each head, held at once by whoever is named. What is there already stays. Throws Forbidden, NotFound, Invalid (by line; then nothing is written). */
export const openVillages = act(VillagesInput, async (ctx, tx, { commune: id, list }): Promise<{ added: string[]; known: string[]; heads: { officer: string; name: string; post: string }[] }> => {
  const commune = await getUnit(tx, id)
  const tree = keeps(ctx.actor)
  if (tree === undefined || (tree !== null && commune.path !== tree && !commune.path.startsWith(`${tree}.`))) orThrow(NOT_OPENER)
  if (commune.level !== 'xa') throw new Invalid([{ key: 'commune', message: 'Thôn, tổ dân phố chỉ lập được bên dưới xã, phường.' }])
  const lines = list.map(villageOf)
  const twice = twiceNamed(lines)
  if (twice.length > 0) throw new Invalid(twice, 'Danh sách còn dòng trùng; chưa thêm thôn nào.')
  const children = (await listUnits(tx, { parentId: commune.id, limit: 10_000 })).filter(isVillage)
  const [added, known, heads]: [string[], string[], { officer: string; name: string; post: string }[]] = [[], [], []]
  const units: NewUnit[] = []
  let n = await nextNumber(tx, commune)
  for (const { said, name, head } of lines) {
    if (children.some((one) => sameVillage(one.name, said))) {
      known.push(name)
      continue
    }
    const own = `${commune.id}-t${n}-${randomUUID().slice(0, 4)}`
    const post = `${own}/${VILLAGE_HEAD}/1`
    units.push({
      id: own, code: `${commune.code}.T${String(n++).padStart(3, '0')}`, key: null, aliases: [], name, shortName: name, kind: VILLAGE, level: 'phong', parentId: commune.id, path: `${commune.path}.${own.replaceAll('-', '_')}`,
      validFrom: localDate(ctx.now), validTo: null, identifier: null, qcvn: null, adminCode: null, outside: false, posts: [{ id: post, role: VILLAGE_HEAD, title: headTitle(name) }],
    })
    added.push(name)
    if (head) heads.push({ officer: `o-${randomUUID()}`, name: head, post })
  }
  await addUnits(tx, ctx, units, false)
  await addOfficers(tx, heads.map((one) => ({ id: one.officer, fullName: one.name, phone: null })))
  for (const head of heads) await tx.insertInto('org.holding').values({ post_id: head.post, officer_id: head.officer, from_on: localDate(ctx.now), to_on: null }).execute()
  if (added.length > 0) await emit(tx, ctx, villagesOpened, `unit:${commune.id}`, { unit: commune.id, villages: added, heads: heads.length })
  return { added, known, heads }
})

/** Persons who may be given posts. */
export async function addOfficers(tx: Tx, officers: readonly { id: string; fullName: string; phone: string | null }[]): Promise<void> {
  if (officers.length > 0) await tx.insertInto('org.officer').values(officers.map((one) => ({ id: one.id, full_name: one.fullName, phone: one.phone, search: fold(one.fullName) }))).execute()
}

