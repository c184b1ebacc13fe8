// One tap to the unit above: beside a refusal, a request, a stop or a notice; and what became of it.

import type { Ctx } from '#core/ctx.ts'
import { formatDateTime } from '#core/text/index.ts'
import { type Appeal, APPEAL_STATES, appealsOf } from '#modules/appeals/index.ts'
import { AGAINST, type DossierView } from '#modules/dossiers/index.ts'
import { listUnitsById } from '#modules/org/index.ts'
import { Figure, Actions, Button, Details, FieldView, Form, Notice, type NoticeTone } from '#ui/index.ts'
import { dossierHref } from './filing-face.tsx'

export interface Appeals {
  readonly appeals: readonly (Appeal & { readonly unitName: string })[]
  /** There is something to appeal against, and it may be. */
  readonly may: boolean
}

export async function readAppeals(ctx: Ctx, ref: string): Promise<Appeals> {
  const { appeals, lodge } = await appealsOf(ctx, ref)
  const units = new Map((await listUnitsById(ctx.db, appeals.map((one) => one.unitId))).map((unit) => [unit.id, unit.name]))
  return { appeals: appeals.map((one) => ({ ...one, unitName: units.get(one.unitId) ?? '' })), may: lodge === null }
}

const TONES: Readonly<Record<Appeal['state'], NoticeTone>> = { open: 'info', upheld: 'info', overturned: 'good' }

export function AppealBox({ ctx, view, appeals: { appeals, may } }: { ctx: Ctx; view: DossierView; appeals: Appeals }) {
  if (appeals.length === 0 && !may) return null
  return (
    <section id="xem-xet-lai">
      <h2>Đề nghị xem xét lại</h2>
      {appeals.toReversed().map((one) => (
        <Notice tone={one.state === 'open' && ctx.now > one.dueAt ? 'bad' : TONES[one.state]} title={`${APPEAL_STATES[one.state]}: việc ${AGAINST[one.against]}`}>
          {one.state === 'open' ? (
            <p>
              {one.unitName} đang xem xét đề nghị của ông/bà, trả lời chậm nhất <Figure rule="ngay-tra-loi-xem-xet-lai" of="hạn trả lời"><b>{formatDateTime(one.dueAt)}</b></Figure>.
              {ctx.now > one.dueAt && ' Đã quá hạn này mà chưa có trả lời; việc chậm được ghi trong hồ sơ.'}
            </p>
          ) : (
            <>
              <p>
                {one.unitName} trả lời ngày {formatDateTime(one.decidedAt!)}. Văn bản trả lời ở mục “Giấy tờ của cơ quan”.
              </p>
              <ul>
                {(one.decision?.reasons ?? []).map((reason) => (
                  <li>
                    {reason.text}
                    {reason.clause && <span class="soft"> ({reason.clause})</span>}
                  </li>
                ))}
              </ul>
              {one.decision?.note && <p>{one.decision.note}</p>}
            </>
          )}
        </Notice>
      ))}
      {may && (
        <Form action={`${dossierHref(view.dossier)}/xem-xet-lai`}>
          <p class="measure">
            Không đồng ý? Bấm một lần, cơ quan cấp trên sẽ xem lại cùng toàn bộ giấy tờ và diễn biến hồ sơ. Ông/bà không phải nộp thêm gì. Quyền khiếu nại, khởi kiện không
            thay đổi.
          </p>
          <Details summary="Muốn nói thêm một câu">
            <FieldView question={{ key: 'words', type: 'longtext', label: 'Vì sao ông/bà không đồng ý', maxLength: 2000 }} />
          </Details>
          <Actions>
            <Button icon="up">Đề nghị xem xét lại</Button>
          </Actions>
        </Form>
      )}
    </section>
  )
}
