// Nobody has answered within the working hours that the law gives: said openly, with whom to call.

import type { Ctx } from '#core/ctx.ts'
import { formatDateTime } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import type { DossierView } from '#modules/dossiers/index.ts'
import { getOfficer, listHolders } from '#modules/org/index.ts'
import { Basis, Notice } from '#ui/index.ts'

export interface Contact {
  readonly name: string
  readonly title: string
  readonly phone: string | null
}

/** The desk that should have answered and a head of its unit; null while nothing is late. */
export async function lateContacts(ctx: Ctx, { dossier, received }: Pick<DossierView, 'dossier' | 'received'>): Promise<readonly Contact[] | null> {
  const late = dossier.state === 'MOI_DANG_KY' && dossier.receptionDueAt !== null && ctx.now > dossier.receptionDueAt && !dossier.answeredAt
  if (!late) return null
  const found: Contact[] = []
  for (const role of ['mot_cua', 'chanh_van_phong', 'lanh_dao_don_vi', 'chu_tich']) {
    for (const unit of [received.id, received.parentId].filter((id): id is string => id !== null)) {
      const [holder] = await listHolders(ctx.db, unit, role, localDate(ctx.now))
      if (!holder || found.some((one) => one.name === holder.fullName) || found.length >= 2) continue
      found.push({ name: holder.fullName, title: holder.title, phone: (await getOfficer(ctx.db, holder.id)).phone })
    }
  }
  return found
}

export function ReceptionLate({ hours, view: { dossier, received }, contacts }: { hours: number; view: DossierView; contacts: readonly Contact[] }) {
  return (
    <Notice tone="bad" title={`Đã quá ${hours} giờ làm việc mà chưa ai trả lời ông/bà`}>
      <p>
        {received.name} phải trả lời trước {dossier.receptionDueAt && formatDateTime(dossier.receptionDueAt)} nhưng chưa làm. Lãnh đạo đơn vị và cấp trên đã được báo; việc trả lời muộn được
        ghi trong hồ sơ. Lỗi không ở ông/bà, và ông/bà không phải nộp lại. <Basis rule="gio-tra-loi-tiep-nhan" of="giờ trả lời" />
      </p>
      {contacts.length > 0 && (
        <>
          <p>Có thể gọi:</p>
          <ul>
            {contacts.map((one) => (
              <li>
                {one.name}, {one.title.toLocaleLowerCase('vi')}
                {one.phone && (
                  <>
                    : <a href={`tel:${one.phone.replaceAll(/[^\d+]/g, '')}`}>{one.phone}</a>
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  )
}
