// Reads the pack of the province: units, officers, procedures, calendar, catalogues. All of it data.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogs } from '#core/form/types.ts'
import type { AccessRules } from '#core/policy/access.ts'
import type { Role } from '#core/policy/actor.ts'
import type { PaymentSettings } from '#core/payments/types.ts'
import type { FormSet } from '#core/print/index.ts'
import type { SignInRules } from '#core/policy/sign-in.ts'
import { type Calendar, defaultOfficeHours } from '#core/workdays/index.ts'
import { type CodeTables, type Divisions, makeCatalogs, type OldCommunes } from '#modules/catalogs/index.ts'
import { loadBook } from '#modules/notify/index.ts'
import type { ProvinceSeed, SeatSeed } from '#modules/org/index.ts'
import { citizen, type CitizenSeed, demoCitizens } from '../../packs/thanh-hoa/citizens.ts'
import { generateOfficers } from '../../packs/thanh-hoa/officers.ts'
import { generatePayees, type PayeeSeed } from '../../packs/thanh-hoa/payees.ts'
import { generateSeats } from '../../packs/thanh-hoa/seats.ts'
import type { SuccessionsFile, UnitsFile } from '../../packs/thanh-hoa/types.ts'
import { projectRoot } from './boot.ts'

const packs = join(projectRoot, 'packs')
const json = <T>(...path: string[]): T => JSON.parse(readFileSync(join(packs, ...path), 'utf8')) as T

/** Code of the home province among the divisions of 2026. */
export const HOME = '38'

export function loadCalendar(): Calendar {
  const { days } = json<{ days: Calendar['days'] }>('vn', 'holidays.json')
  return { days, hours: [defaultOfficeHours].flat() }
}

/** Rules of signing in: the country's, with what the province changes. */
export const loadSignIn = (): SignInRules => ({ ...json<SignInRules>('vn', 'sign-in.json'), ...json<Partial<SignInRules>>('thanh-hoa', 'sign-in.json') })

export const loadAccess = (): AccessRules => json<AccessRules>('vn', 'access-reasons.json')

/** How long orders and refunds may take, and who owns money that nobody claims. */
export function loadPayments(): Omit<PaymentSettings, 'providers'> {
  const { orderDays, refundHours, fallbackUnit } = json<PaymentSettings>('thanh-hoa', 'payments.json')
  return { orderDays, refundHours, fallbackUnit }
}

/** The accounts of collecting units. */
export const loadPayeeSeed = (): PayeeSeed[] => generatePayees(json<UnitsFile>('thanh-hoa', 'units.json'), json<{ bank: { bin: string; bank: string } }>('thanh-hoa', 'payments.json').bank)

/** Banks that VietQR reaches, those first that most people have. */
export function loadBanks(): { code: string; bin: string; shortName: string }[] {
  const first = ['VCB', 'BID', 'ICB', 'AGRIBANK', 'MB', 'TCB', 'ACB', 'VPB']
  const banks = json<{ code: string; bin: string; shortName: string; vietQRStatus: number }[]>('vn', 'vietqr-banks.json').filter((bank) => bank.vietQRStatus === 1)
  return [...first.flatMap((code) => banks.filter((bank) => bank.code === code)), ...banks.filter((bank) => !first.includes(bank.code))].slice(0, 12)
}

export const loadForms = (): readonly FormSet[] => json<{ sets: readonly FormSet[] }>('vn', 'forms.json').sets

/** What people are told, in which words and by which rules. Throws when the book has a fault. */
export const loadMessages = () => loadBook(json<unknown>('vn', 'messages.json'))

export const loadCatalogs = (): Catalogs => makeCatalogs(json<Divisions>('vn', 'divisions.json'), json<CodeTables>('vn', 'catalogs.json'), HOME, json<OldCommunes>('vn', 'old-communes.json'))

/** Number templates by date; TT 01/2018/TT-VPCP article 19, the same shape kept under TT 03/2025/TT-VPCP. */
export const DOSSIER_NUMBERS = [{ from: '2018-01-01', template: '{agency}-{yyMMdd}-{seq:4}' }] as const

/** The whole administration as seed rows. */
export function loadProvinceSeed(): ProvinceSeed {
  const { units } = json<UnitsFile>('thanh-hoa', 'units.json')
  const { successions } = json<SuccessionsFile>('thanh-hoa', 'successions.json')
  const { officers, posts } = generateOfficers(units)
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

/** Where units have their seats; most are illustrations and say so. */
export const loadSeatSeed = (): SeatSeed[] => generateSeats(json<UnitsFile>('thanh-hoa', 'units.json').units, json<SuccessionsFile>('thanh-hoa', 'successions.json').successions)

/** The texts of the procedure records of the pack, by file name. */
export function procedureTexts(): { name: string; text: string }[] {
  const folder = join(packs, 'thanh-hoa', 'procedures')
  return readdirSync(folder)
    .filter((name) => /^\d\.\d{6}\.json$/.test(name))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
}

/** Who is competent for what, as dated rules. */
export const competenceRules = (): unknown => json<unknown>('vn', 'competence.json')

/** The processes that records call by name, those that call nothing first. */
export function processTexts(): { name: string; text: string }[] {
  const folder = join(packs, 'vn', 'processes')
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.bpmn'))
    .sort()
    .map((name) => ({ name: name.replace('.bpmn', ''), text: readFileSync(join(folder, name), 'utf8') }))
  const calls = (text: string): number => text.match(/calledElement=/g)?.length ?? 0
  return all.sort((a, b) => calls(a.text) - calls(b.text))
}

export { citizen, demoCitizens, type CitizenSeed }
