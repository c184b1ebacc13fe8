// What is asked of me now: to mend, to confirm a draft, to pay, to take the result. One primary act.

import type { Ctx } from '#core/ctx.ts'
import { formatVnd } from '#core/money/index.ts'
import { type DossierView, resultRows } from '#modules/dossiers/index.ts'
import type { Item } from '#modules/work/index.ts'
import { Actions, Button, ErrorSummary, FieldView, Form, LinkButton, Notice, SummaryList } from '#ui/index.ts'
import { filingPaths, SupplementNotice } from '../form/index.ts'
import { dossierHref, portalFace } from './filing-face.tsx'

export interface AskedProps {
  readonly ctx: Ctx
  readonly view: DossierView
  readonly errors?: readonly { readonly key: string; readonly message: string }[]
}

export function Asked({ ctx, view, errors = [] }: AskedProps) {
  const { dossier, acts } = view
  if (!acts.supplement) {
    return (
      <section>
        <h2>Cần ông/bà bổ sung</h2>
        <SupplementNotice filing={{ view }} />
        <p class="measure">Những gì đã khai vẫn còn nguyên: sửa dòng cần sửa, gửi thêm giấy tờ còn thiếu, rồi bấm “Gửi bổ sung”.</p>
        <Actions>
          <LinkButton look="primary" icon="pen" href={filingPaths(portalFace, dossier.id).start}>
            {view.unsent ? 'Sửa tiếp phần đang dở' : 'Bổ sung hồ sơ'}
          </LinkButton>
        </Actions>
        {view.unsent && (
          <Form action={`${dossierHref(dossier)}/bo-sua-doi`}>
            <p class="measure">Ông/bà đã sửa nhưng chưa gửi; cơ quan chưa thấy phần sửa này. Bỏ phần sửa thì hồ sơ trở lại như đã nộp, không mất gì.</p>
            <Actions>
              <Button look="quiet">Bỏ phần sửa chưa gửi</Button>
            </Actions>
          </Form>
        )}
      </section>
    )
  }
  if (!acts.collection) return <Collect view={view} />
  const duty = view.around.openDuty
  return (
    <>
      {duty && (
        <section id="nghia-vu">
          <h2>Nghĩa vụ tài chính</h2>
          {duty.lines.length === 0 ? (
            <p class="measure">Cơ quan thuế đang xác định số tiền. Ông/bà được báo ngay khi có; thời hạn giải quyết đang tạm dừng.</p>
          ) : (
            <>
              <SummaryList
                rows={[
                  ...duty.lines.map((line) => ({ label: line.name, rule: 'muc-phi-le-phi', value: formatVnd(line.amountVnd) })),
                  { label: 'Tổng cộng', rule: 'muc-phi-le-phi', value: <b>{formatVnd(duty.totalVnd)}</b> },
                ]}
              />
              <p class="measure">Nộp theo thông báo ở mục “Giấy tờ của cơ quan”. Có chứng từ nộp tiền, hồ sơ được giải quyết tiếp ngay.</p>
            </>
          )}
        </section>
      )}
      {view.mine
        .filter((item) => item.role === 'cong_dan' && !(duty && duty.lines.length > 0 && item.portalStatus === 6))
        .map((item) => (
          <Answer ctx={ctx} view={view} item={item} errors={errors} />
        ))}
    </>
  )
}

function Collect({ view }: { view: DossierView }) {
  const result = view.papers.findLast((paper) => paper.kind === 'result' || paper.kind === 'unresolved_notice')
  return (
    <section>
      <h2>{result?.kind === 'unresolved_notice' ? 'Có thông báo không giải quyết' : 'Kết quả đã có'}</h2>
      <Form action={`${dossierHref(view.dossier)}/nhan-ket-qua`}>
        <p class="measure">Ông/bà tải được ngay bản điện tử. Cần bản giấy thì đến {view.received.name}, mang theo mã hồ sơ.</p>
        <Actions>
          <Button look="primary" icon="download">
            Nhận kết quả trực tuyến
          </Button>
          {result && (
            <LinkButton look="quiet" href={`${dossierHref(view.dossier)}/giay/${result.id}`}>
              Xem trước
            </LinkButton>
          )}
        </Actions>
      </Form>
    </section>
  )
}

/** A step of the process that is the applicant's: one of its outcomes, with a word if there is something to say. */
function Answer({ ctx, view, item, errors }: Required<AskedProps> & { item: Item }) {
  const rows = resultRows(ctx, view.dossier, view.version)
  return (
    <section id="tra-loi">
      <h2>{item.name}</h2>
      <ErrorSummary errors={errors} />
      {item.portalStatus === 4 && rows.length > 0 && (
        <>
          <p class="measure">
            Đây là nội dung cơ quan sẽ ghi vào kết quả. Đọc kỹ từng dòng; sai một chữ cũng nên báo, sửa lúc này dễ hơn nhiều.
          </p>
          <SummaryList rows={rows} />
        </>
      )}
      {item.does.length > 0 && (
        <Notice>
          {item.does.map((line) => (
            <p>{line}</p>
          ))}
        </Notice>
      )}
      <Form action={`${dossierHref(view.dossier)}/viec/${item.id}`}>
        <FieldView
          errors={errors}
          question={{
            key: 'outcome',
            type: 'radio',
            required: true,
            label: 'Trả lời của ông/bà',
            options: item.outcomes.map(({ key, label }) => ({ value: key, label })),
          }}
        />
        <FieldView
          errors={errors}
          question={{ key: 'note', type: 'longtext', label: 'Nói rõ thêm', help: 'Nếu có chỗ sai: ghi dòng nào sai và ghi lại cho đúng.' }}
        />
        <Actions>
          <Button look="primary" icon="send">
            Gửi trả lời
          </Button>
        </Actions>
      </Form>
    </section>
  )
}
