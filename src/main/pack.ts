// Reads the pack of the province: units, officers, procedures, calendar, catalogues. All of it data.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogs } from '#core/form/types.ts'
import { readRules } from '#core/law/index.ts'
import type { AccessRules } from '#core/policy/access.ts'
import type { Role } from '#core/policy/actor.ts'
import type { PaymentSettings } from '#core/payments/types.ts'
import type { FormSet } from '#core/print/index.ts'
import type { SignInRules } from '#core/policy/sign-in.ts'
import { type Calendar, defaultOfficeHours } from '#core/workdays/index.ts'
import { type CodeTables, type Divisions, makeCatalogs, type OldCommunes } from '#modules/catalogs/index.ts'
import { loadBook } from '#modules/notify/index.ts'
import type { ProvinceSeed, SeatSeed } from '#modules/org/index.ts'
import { establishment as threeTiers } from '../../packs/ba-cap/establishment.ts'
import { citizen, type CitizenSeed, demoCitizens } from '../../packs/thanh-hoa/citizens.ts'
import { type Establishment, generateOfficers } from '../../packs/thanh-hoa/officers.ts'
import { generatePayees, type PayeeSeed } from '../../packs/thanh-hoa/payees.ts'
import { generateSeats } from '../../packs/thanh-hoa/seats.ts'
import type { SuccessionsFile, UnitsFile } from '../../packs/thanh-hoa/types.ts'
import { DEFAULT_PACK, loadPack, type Pack, type PackPart, packsRoot } from './packs.ts'

export { DEFAULT_PACK, loadPack, type Pack, packIds } from './packs.ts'

const json = <T>(file: string): T => JSON.parse(readFileSync(join(packsRoot, file), 'utf8')) as T
const of = (pack: Pack | string): Pack => (typeof pack === 'string' ? loadPack(pack) : pack)

/** The files of a part laid over each other; throws when the pack has none. */
function part<T extends object>(pack: Pack | string, name: PackPart): T {
  const files = of(pack).parts[name] ?? []
  if (files.length === 0) throw new Error(`Gói quy định ${of(pack).id} thiếu phần ${name}.`)
  return Object.assign({}, ...files.map((file) => json<T>(file))) as T
}
const folderOf = (pack: Pack | string, name: PackPart): string => join(packsRoot, of(pack).parts[name]![0]!)

/** Posts of units by the name a pack gives; undefined is today's own. */
const ESTABLISHMENTS: Readonly<Record<string, Establishment | undefined>> = { 'hai-cap': undefined, 'ba-cap': threeTiers }
const establishmentOf = (pack: Pack): Establishment | undefined => ESTABLISHMENTS[pack.parts.establishment?.[0] ?? '']

export function loadCalendar(pack: Pack | string = DEFAULT_PACK): Calendar {
  const days = (of(pack).parts.holidays ?? []).flatMap((file) => json<{ days: Calendar['days'] }>(file).days)
  return { days, hours: [defaultOfficeHours].flat() }
}

/** Rules of signing in: the country's, with what the province changes. */
export const loadSignIn = (pack: Pack | string = DEFAULT_PACK): SignInRules => part<SignInRules>(pack, 'signIn')

export const loadAccess = (pack: Pack | string = DEFAULT_PACK): AccessRules => part<AccessRules>(pack, 'access')

/** How long orders and refunds may take, and who owns money that nobody claims. */
export function loadPayments(pack: Pack | string = DEFAULT_PACK): Omit<PaymentSettings, 'providers'> {
  const { orderDays, refundHours, fallbackUnit } = part<PaymentSettings>(pack, 'payments')
  return { orderDays, refundHours, fallbackUnit }
}

/** The accounts of collecting units. */
export const loadPayeeSeed = (pack: Pack | string = DEFAULT_PACK): PayeeSeed[] =>
  generatePayees(part<UnitsFile>(pack, 'units'), part<{ bank: { bin: string; bank: string } }>(pack, 'payments').bank, establishmentOf(of(pack)))

/** Banks that VietQR reaches, those first that most people have. */
export function loadBanks(): { code: string; bin: string; shortName: string }[] {
  const first = ['VCB', 'BID', 'ICB', 'AGRIBANK', 'MB', 'TCB', 'ACB', 'VPB']
  const banks = json<{ code: string; bin: string; shortName: string; vietQRStatus: number }[]>('vn/vietqr-banks.json').filter((bank) => bank.vietQRStatus === 1)
  return [...first.flatMap((code) => banks.filter((bank) => bank.code === code)), ...banks.filter((bank) => !first.includes(bank.code))].slice(0, 12)
}

export const loadForms = (pack: Pack | string = DEFAULT_PACK): readonly FormSet[] => part<{ sets: readonly FormSet[] }>(pack, 'forms').sets

/** What people are told, in which words and by which rules. Throws when the book has a fault. */
export const loadMessages = (pack: Pack | string = DEFAULT_PACK) => loadBook(part<object>(pack, 'messages'))

export function loadCatalogs(pack: Pack | string = DEFAULT_PACK): Catalogs {
  const old = of(pack).parts.oldCommunes ?? []
  return makeCatalogs(part<Divisions>(pack, 'divisions'), part<CodeTables>(pack, 'catalogs'), of(pack).home, old.length > 0 ? part<OldCommunes>(pack, 'oldCommunes') : undefined)
}

/** Number templates by date; TT 01/2018/TT-VPCP article 19, the same shape kept under TT 03/2025/TT-VPCP. */
export const loadDossierNumbers = (pack: Pack | string = DEFAULT_PACK): readonly { readonly from: string; readonly template: string }[] =>
  part<{ templates: { from: string; template: string }[] }>(pack, 'numbers').templates.map(({ from, template }) => ({ from, template }))

/** Every rule that gives a figure, with its dates and clauses; some stand in other files of the pack. */
export const loadLaw = (pack: Pack | string = DEFAULT_PACK): ReturnType<typeof readRules> => readRules(part<object>(pack, 'rules'), (name) => part<object>(pack, name as PackPart))

/** The whole administration of a pack as seed rows: units, their successions, officers, and posts with their holders.
 *  `ba-cap` gives Thanh Hóa as it lived on 30/6/2025: the province, 26 living districts and the 27th that had ended, 547 communes. */
export function loadProvinceSeed(pack: Pack | string = DEFAULT_PACK): ProvinceSeed {
  const { units } = part<UnitsFile>(pack, 'units')
  const { successions } = part<SuccessionsFile>(pack, 'successions')
  const { officers, posts } = generateOfficers(units, establishmentOf(of(pack)))
  const seats = new Map<string, { id: string; unitId: string; role: Role; title: string; from: string; holders: { officer: string; from: string; to: string | null }[] }>()
  for (const post of posts) {
    const seat = seats.get(post.seat) ?? { id: post.seat, unitId: post.unitId, role: post.role as Role, title: post.title, from: post.from, holders: [] }
    seat.holders.push({ officer: post.holder, from: post.from, to: post.to })
    if (post.from < seat.from) seat.from = post.from
    seats.set(post.seat, seat)
  }
  return {
    units, successions,
    officers: officers.map((one) => ({ id: one.id, fullName: one.fullName, login: one.login, phone: one.phone })),
    posts: [...seats.values()],
  }
}

/** Where units have their seats; most are illustrations and say so. An old commune stands at the same place in every pack. */
export function loadSeatSeed(pack: Pack | string = DEFAULT_PACK): SeatSeed[] {
  const ids = new Set(part<UnitsFile>(pack, 'units').units.map(({ id }) => id))
  const all = generateSeats(part<UnitsFile>(DEFAULT_PACK, 'units').units, part<SuccessionsFile>(DEFAULT_PACK, 'successions').successions)
  return all.filter(({ unitId }) => ids.has(unitId))
}

/** The texts of the procedure records of the pack, by file name. */
export function procedureTexts(pack: Pack | string = DEFAULT_PACK): { name: string; text: string }[] {
  const folder = folderOf(pack, 'procedures')
  return readdirSync(folder)
    .filter((name) => /^\d\.\d{6}\.json$/.test(name))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
}

/** Who is competent for what, as dated rules. */
export const competenceRules = (pack: Pack | string = DEFAULT_PACK): unknown => part<object>(pack, 'competence')

/** The processes that records call by name, those that call nothing first. */
export function processTexts(pack: Pack | string = DEFAULT_PACK): { name: string; text: string }[] {
  const folder = folderOf(pack, 'processes')
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.bpmn'))
    .sort()
    .map((name) => ({ name: name.replace('.bpmn', ''), text: readFileSync(join(folder, name), 'utf8') }))
  const calls = (text: string): number => text.match(/calledElement=/g)?.length ?? 0
  return all.sort((a, b) => calls(a.text) - calls(b.text))
}

export { citizen, demoCitizens, type CitizenSeed }
