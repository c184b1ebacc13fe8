// On which ground somebody looks at a dossier, and what of it a list shows. Pure; page, list, file and API ask the same.

import { type Actor, holds, type Post } from '#core/policy/actor.ts'
import type { AccessReason, AccessRules } from '#core/policy/access.ts'
import { maskEmail, maskName, maskPersonalId, maskPhone } from '#core/text/index.ts'
import { BLIND_ROLES, type Party, TREE_ROLES } from './rules.ts'
import { type Applicant, type Dossier, STATES } from './schema.ts'

/** own: the applicant, or the platform; work: had or has a step of it; filed: took it in for the applicant; desk: the one-stop that received it and
 *  is not done with it, or a head of the unit that decides it; reason: said why. */
export type Ground = 'own' | 'work' | 'filed' | 'desk' | 'reason'

/** The ground on which the actor may look without being asked, or null: then a reason must be given. `works`: has or had a step of it. */
export function groundOf(dossier: Pick<Dossier, 'filedBy' | 'receivedUnitId' | 'decidedUnitId' | 'state'>, actor: Actor, works: boolean): Exclude<Ground, 'reason'> | null {
  if (actor.kind !== 'officer') return 'own'
  if (works) return 'work'
  if (dossier.filedBy === actor.id) return 'filed'
  if (!STATES[dossier.state].final && holds(actor, 'mot_cua', dossier.receivedUnitId)) return 'desk'
  // heads answer for what their unit decides: apology, extension, a further supplement, the end of handling
  if (!STATES[dossier.state].final && dossier.decidedUnitId && holds(actor, ['lanh_dao_don_vi', 'chu_tich'], dossier.decidedUnitId)) return 'desk'
  return null
}

const under = (path: string, tree: string): boolean => path === tree || path.startsWith(`${tree}.`)

/** The post by which the actor sees the dossier: of its own unit before that of a tree. */
export function readingPost(parties: readonly Party[], actor: Actor): Post | null {
  if (actor.kind !== 'officer') return null
  const seeing = actor.posts.filter((post) => !BLIND_ROLES.includes(post.role))
  const own = seeing.find((post) => parties.some((party) => party.unitId === post.unitId))
  const above = () => seeing.find((post) => TREE_ROLES.includes(post.role) && parties.some((party) => under(party.unitPath, post.unitPath)))
  return own ?? above() ?? seeing[0] ?? null
}

export interface GivenReason {
  readonly code: string
  readonly note: string | null
}

/** The reason as the pack knows it, or the sentence that says what is missing. */
export function checkReason({ reasons }: AccessRules, given: GivenReason): AccessReason | string {
  const found = reasons.find((one) => one.code === given.code)
  if (!found) return 'Chọn một lý do trong danh sách.'
  if (found.words && (given.note ?? '').trim().length < 10) return 'Lý do này cần ghi rõ: văn bản, kế hoạch, đơn thư hoặc hồ sơ nào (ít nhất 10 ký tự).'
  return found
}

/** The header `access-reason` of a program: a code, and after a semicolon words, percent-encoded where they are not ASCII. */
export function readReason(header: string): GivenReason {
  const [code = '', ...words] = header.split(';')
  const text = words.join(';').trim()
  try {
    return { code: code.trim(), note: decodeURIComponent(text).normalize('NFC').slice(0, 500) || null }
  } catch {
    return { code: code.trim(), note: text.slice(0, 500) || null }
  }
}

/** What a list shows of an applicant: numbers are masked for every officer, names for those who would have to say why they look. */
export function maskApplicant(applicant: Applicant, stranger: boolean): Applicant {
  const { kind, fullName, personalId, phone, email, businessId } = applicant
  return {
    kind, fullName: stranger && kind === 'ca_nhan' ? maskName(fullName) : fullName, businessId,
    personalId: personalId ? maskPersonalId(personalId) : personalId, phone: phone ? maskPhone(phone) : phone, email: email ? maskEmail(email) : email,
  }
}

/** One value of the applicant that a list masks and that may be asked for. */
export const REVEALABLE = { personalId: 'Số định danh', phone: 'Điện thoại', email: 'Thư điện tử', fullName: 'Họ và tên' } as const
export type Revealable = keyof typeof REVEALABLE
