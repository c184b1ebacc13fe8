// What the data of every printed paper begin and end with: the agency's head, the applicant, the dossier, who signs.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { fieldType } from '#core/fields/index.ts'
import { type Post, postOf } from '#core/policy/actor.ts'
import { formFor } from '#core/print/index.ts'
import { maskPersonalId } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { getUnit, type Unit } from '#modules/org/index.ts'
import { reasonLine } from './reasons.ts'
import type { Dossier, Reason } from './schema.ts'

const PROVINCE = 'Thanh Hóa'

export async function agencyHead(ctx: Ctx, reader: Reader, unit: Unit) {
  const above = unit.parentId && !unit.outside ? await getUnit(reader, unit.parentId) : null
  return {
    superiorAgency: above && above.level !== 'tinh' ? above.name : unit.level === 'xa' || above ? `Tỉnh ${PROVINCE}` : null,
    issuingAgency: unit.name,
    place: PROVINCE,
    issuedOn: localDate(ctx.now),
  }
}

/** The form in force for this kind of paper: of the day the dossier was received, else of today. */
export function formOf(ctx: Ctx, kind: string, received: Date | null): { formNo: string | null; formSet: string | null } {
  const today = localDate(ctx.now)
  const form = formFor(ctx.forms, kind, today, received ? localDate(received) : today)
  return { formNo: form?.no ?? null, formSet: form?.folder ?? null }
}

export const address = (ctx: Ctx, value: unknown): string | null =>
  value ? fieldType('address').show({ key: 'address', label: '', type: 'address' }, value, ctx.catalogs) || null : null

export const person = (ctx: Ctx, dossier: Dossier) => ({
  name: dossier.applicant.fullName,
  maskedId: dossier.applicant.personalId ? maskPersonalId(dossier.applicant.personalId) : null,
  address: address(ctx, dossier.applicant.address),
  phone: dossier.applicant.phone ?? null,
  email: dossier.applicant.email ?? null,
})

export const tracked = (ctx: Ctx, dossier: Dossier) => ({ code: dossier.code!, trackingUrl: `${ctx.publicUrl}/tra-cuu/${encodeURIComponent(dossier.code!)}` })
export const procedureLine = (dossier: Dossier) => `${dossier.procedureName} (mã ${dossier.procedureCode})`
export const point = (reason: Reason) => ({ text: reasonLine(reason), clause: reason.clause })
export const officerName = (ctx: Ctx): string | null => (ctx.actor.kind === 'officer' ? ctx.actor.name : null)

export const deskSigner = (ctx: Ctx) => ({ authority: null, title: 'NGƯỜI TIẾP NHẬN', name: officerName(ctx), hint: null })

/** Whoever signs for another: the prefix with the title of the one who lent the post, then their own (NĐ 30/2020/NĐ-CP art. 13). */
function behalf(post: Post): { authority: string | null; title: string } {
  const { prefix, ownTitle } = post.onBehalfOf!
  const lender = post.role === 'chu_tich' ? 'CHỦ TỊCH' : post.title.toLocaleUpperCase('vi')
  return { authority: prefix ? `${prefix} ${lender}` : null, title: (ownTitle ?? post.title).toLocaleUpperCase('vi') }
}

/** The signer's block by the post acted in: the head signs for the committee, a deputy in the head's place. */
export function leaderSigner(ctx: Ctx, unit: Unit) {
  const post = postOf(ctx.actor, ['chu_tich', 'lanh_dao_don_vi', 'lanh_dao_phong'])
  const committee = unit.level === 'xa' || unit.level === 'tinh'
  if (post?.onBehalfOf) return { ...behalf(post), name: officerName(ctx), hint: null }
  const head = post?.role === 'chu_tich' || /^(giám đốc|trưởng)/i.test(post?.title ?? '')
  return {
    authority: head ? (committee ? 'TM. ỦY BAN NHÂN DÂN' : null) : committee ? 'KT. CHỦ TỊCH' : 'KT. THỦ TRƯỞNG',
    title: (post?.title ?? 'NGƯỜI CÓ THẨM QUYỀN').toLocaleUpperCase('vi'),
    name: officerName(ctx),
    hint: null,
  }
}
