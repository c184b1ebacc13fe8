// What may be done with a dossier, and if not, why. Pure; the same answers serve buttons, actions, lists, files and the API.

import { denial, refusal, type Refusal } from '#core/errors.ts'
import { type Actor, holds, postOf, type Role } from '#core/policy/actor.ts'
import type { Unit } from '#modules/org/index.ts'
import { canComplete, type Item } from '#modules/work/index.ts'
import { type Dossier, type DossierState, STATES } from './schema.ts'

/** The units that have had the dossier on a desk, with their places in the tree. */
export interface Party {
  readonly unitId: string
  readonly unitPath: string
}

/** A unit as a party. A body outside the province's command (police, tax, courts) hangs under nobody here: its territory's head does not see its cases. */
export const partyOf = (unit: Pick<Unit, 'id' | 'path' | 'outside'>): Party => ({
  unitId: unit.id,
  unitPath: unit.outside ? unit.id.replaceAll(/[^A-Za-z0-9_]/g, '_') : unit.path,
})

export type ReadableDossier = Pick<Dossier, 'state' | 'citizenId' | 'filedBy' | 'receivedUnitId'> & { readonly parties: readonly Party[] }

/** Posts that see the whole tree under their unit: its head and those who supervise it. */
export const TREE_ROLES: readonly Role[] = ['chu_tich', 'giam_sat', 'kiem_soat_tthc']
/** Posts that keep the system and never see cases (separation of duties); heads of villages, who are no officials and handle none. */
export const BLIND_ROLES: readonly Role[] = ['quan_tri_don_vi', 'quan_tri_he_thong', 'an_toan_tt', 'bcci', 'truong_thon']

const under = (path: string, tree: string): boolean => path === tree || path.startsWith(`${tree}.`)

export const isOwner = (dossier: Pick<Dossier, 'citizenId'>, actor: Actor): boolean => actor.kind === 'citizen' && dossier.citizenId === actor.id

/** Whether the actor may read the dossier. A stranger is told that it does not exist. Equal to `readableBy` of store. */
export function canRead(dossier: ReadableDossier, actor: Actor): boolean {
  if (actor.kind === 'system') return true
  if (isOwner(dossier, actor)) return true
  if (actor.kind !== 'officer') return false
  if (dossier.state === 'NHAP') return dossier.filedBy === actor.id
  return actor.posts.some((post) => {
    if (BLIND_ROLES.includes(post.role)) return false
    if (dossier.parties.some((party) => party.unitId === post.unitId)) return true
    return TREE_ROLES.includes(post.role) && dossier.parties.some((party) => under(party.unitPath, post.unitPath))
  })
}

const closed = (state: DossierState) => refusal('dossiers.closed', `Hồ sơ đã kết thúc (${STATES[state].label.toLowerCase()}), không làm thêm được.`)

const isFiler = (dossier: Pick<Dossier, 'filedBy'>, actor: Actor): boolean => actor.kind === 'officer' && dossier.filedBy === actor.id

/** Drafts are their author's: the citizen's own, or the officer's who files at the counter. */
export function canEdit(dossier: Dossier, actor: Actor): Refusal | null {
  const waiting = dossier.state === 'YC_BS_TIEP_NHAN' || dossier.state === 'YC_BO_SUNG'
  const mine = isOwner(dossier, actor) || isFiler(dossier, actor) || (waiting && holds(actor, 'mot_cua', dossier.receivedUnitId))
  if (!mine) return denial('dossiers.not_yours', 'Chỉ người nộp hồ sơ mới sửa được.')
  if (dossier.state === 'NHAP' || waiting) return null
  return refusal('dossiers.sent', 'Hồ sơ đã nộp nên không sửa được nữa. Nếu cần sửa, hãy chờ phiếu yêu cầu bổ sung hoặc rút hồ sơ.')
}

export function canSubmit(dossier: Dossier, actor: Actor): Refusal | null {
  if (!isOwner(dossier, actor) && !isFiler(dossier, actor)) return denial('dossiers.not_yours', 'Chỉ người nộp hồ sơ mới gửi được.')
  if (actor.kind === 'citizen' && actor.level < 2) {
    return denial(
      'dossiers.level_two',
      'Nộp hồ sơ trên mạng cần tài khoản định danh mức 2. Ông/bà nâng mức tại Công an xã, phường rồi gửi; bản nháp vẫn còn. Cũng có thể nộp ngay tại Bộ phận một cửa.',
    )
  }
  return null
}

/** Withdrawal is the applicant's right while no result has been signed. */
export function canWithdraw(dossier: Dossier, actor: Actor): Refusal | null {
  const mine = isOwner(dossier, actor) || holds(actor, 'mot_cua', dossier.receivedUnitId)
  if (!mine) return denial('dossiers.not_yours', 'Chỉ người nộp, hoặc Bộ phận một cửa thay mặt người nộp, mới rút được hồ sơ.')
  if (dossier.state === 'NHAP') return refusal('dossiers.draft', 'Hồ sơ chưa nộp nên không cần rút; có thể xóa bản nháp.')
  if (STATES[dossier.state].final) return closed(dossier.state)
  if (dossier.signedAt || dossier.state === 'DA_CO_KET_QUA') {
    return refusal('dossiers.signed', 'Kết quả đã ký nên không rút hồ sơ được nữa. Ông/bà nhận kết quả rồi làm thủ tục thay đổi nếu cần.')
  }
  return null
}

/** The open item and outcome by which the actor can bring about an effect, or why not. */
export function wayTo(
  dossier: Dossier, open: readonly Item[], actor: Actor, effects: readonly string[],
): { item: Item; outcome: string } | Refusal {
  const offers = open.flatMap((item) => item.outcomes.filter((one) => effects.includes(one.effect ?? '')).map((one) => ({ item, outcome: one.key })))
  if (offers.length === 0) {
    return STATES[dossier.state].final ? closed(dossier.state) : refusal('dossiers.not_now', `Việc này không làm được khi hồ sơ ở trạng thái “${STATES[dossier.state].label}”.`)
  }
  let first: Refusal | null = null
  for (const offer of offers) {
    const found = canComplete(offer.item, actor)
    if (!found) return offer
    first ??= found
  }
  return first!
}

export const isRefusal = (found: object): found is Refusal => 'code' in found && 'message' in found && 'kind' in found

/** The applicant's open step that a supplement answers: it waits for papers (national status 5). */
export const supplementStep = (open: readonly Item[]): Item | null => open.find((item) => item.role === 'cong_dan' && item.portalStatus === 5) ?? null

/** The outcome by which the applicant goes on: the first that refuses nothing. */
export const goOnOutcome = (item: Item): string | null => item.outcomes.find((one) => !one.effect)?.key ?? null

export function canSupplement(dossier: Dossier, open: readonly Item[], actor: Actor): Refusal | null {
  const step = supplementStep(open)
  if (!step) return refusal('dossiers.no_request', 'Hồ sơ này không có yêu cầu bổ sung nào đang chờ.')
  if (isOwner(dossier, actor)) return null
  return canComplete(step, actor)
}

/** Online return: the owner takes the result as soon as it is there. */
export function canCollect(dossier: Dossier, actor: Actor): Refusal | null {
  if (!isOwner(dossier, actor)) return denial('dossiers.not_yours', 'Chỉ người nộp mới nhận được kết quả trực tuyến.')
  if (dossier.state !== 'DA_CO_KET_QUA') return refusal('dossiers.no_result', 'Hồ sơ chưa có kết quả để nhận.')
  return null
}

/** The state that open work puts an unfinished dossier in. `effect` is what the last outcome did. */
export function stateOf(dossier: Pick<Dossier, 'acceptedAt'>, open: readonly Item[], effect: string | undefined): DossierState {
  const accepted = dossier.acceptedAt !== null
  const own = open.filter((item) => item.link === null) // steps of called processes and opinions asked speak only for other agencies
  const any = (test: (item: Item) => boolean) => own.some(test)
  const offers = (...effects: string[]) => any((item) => item.outcomes.some((one) => effects.includes(one.effect ?? '')))
  if (open.some((item) => item.role === 'cong_dan' && item.portalStatus === 5)) return accepted ? 'YC_BO_SUNG' : 'YC_BS_TIEP_NHAN'
  if (!accepted) return 'MOI_DANG_KY'
  if (any((item) => item.portalStatus === 9)) return 'DA_CO_KET_QUA'
  if (any((item) => item.portalStatus === 6) || effect === 'suspend_financial') return 'YC_TAI_CHINH'
  if (effect === 'accept') return 'DA_TIEP_NHAN'
  if (open.length > own.length) return 'LAY_Y_KIEN'
  if (offers('number')) return 'CHO_BAN_HANH'
  if (offers('sign', 'reject') && any((item) => item.role === 'lanh_dao_don_vi')) return 'CHO_TRINH_KY'
  if (any((item) => item.role === 'co_quan_phoi_hop')) return 'LAY_Y_KIEN'
  if (any((item) => item.role === 'lanh_dao_phong') && !offers('approve')) return 'CHO_PHAN_CONG'
  return 'DANG_XU_LY'
}

/** Whether the legal clock stands still: every open step waits for somebody outside. */
export const clockStops = (open: readonly Item[]): boolean => open.length > 0 && open.every((item) => item.clock === 'stops')

/** The post in which an officer files for a citizen, or null. */
export const counterPost = (actor: Actor) => postOf(actor, 'mot_cua')
