// Screens about papers: taking one back for another, and what waits to be posted.

import { formatDate, formatDateTime } from '#core/text/index.ts'
import { type Dossier, type IssuedPaper, LETTER_FORMS, PAPER_LABELS, type Posting } from '#modules/dossiers/index.ts'
import { Actions, Button, EmptyState, ErrorSummary, Form, Icon, LinkButton, Notice, PageHeading, type ShownError, Table } from '#ui/index.ts'
import { dossierHref } from './words.tsx'

export const paperHref = (dossier: Pick<Dossier, 'id' | 'code'>, paper: Pick<IssuedPaper, 'id'>, rest: string): string => dossierHref(dossier as Dossier, `/papers/${paper.id}${rest}`)

export interface ReplaceView {
  readonly dossier: Dossier
  readonly paper: IssuedPaper
  readonly reason?: string
  readonly errors?: readonly ShownError[]
}

export function ReplaceScreen({ dossier, paper, reason = '', errors = [] }: ReplaceView) {
  const wrong = errors.find((error) => error.key === 'reason')
  return (
    <div class="measure">
      <PageHeading
        title="Thu hồi, cấp bản thay thế"
        lead={`${PAPER_LABELS[paper.kind]}${paper.number ? `, số ${paper.number}` : ''}, lập ${formatDateTime(paper.createdAt)} bởi ${paper.issuedBy}. Hồ sơ ${dossier.code}.`}
      />
      <ErrorSummary errors={errors} />
      <Notice tone="warn">
        <p>Bản cũ vẫn nằm trong lịch sử, mang dấu <b>ĐÃ HỦY</b> và lý do. Bản mới giữ số cũ, ghi lại theo dữ liệu hiện nay của hồ sơ; người nộp thấy cả hai trên trang của mình.</p>
      </Notice>
      <Form action={paperHref(dossier, paper, '/replacement')} guard>
        <div class={wrong ? 'q wrong' : 'q'}>
          <label class="label" for="reason">Vì sao thu hồi</label>
          <p class="hint" id="reason--hint">Sai ở đâu, sửa thế nào. Lý do in trên bản đã hủy.</p>
          {wrong && <p class="fault" id="reason--error"><span class="sr">Lỗi: </span>{wrong.message}</p>}
          <textarea id="reason" name="reason" rows={3} maxLength={1000} aria-invalid={wrong ? 'true' : undefined} aria-describedby={wrong ? 'reason--hint reason--error' : 'reason--hint'}>{reason}</textarea>
        </div>
        <Actions>
          <Button look="danger" icon="alert" busyText="Đang ghi…">Thu hồi và cấp bản mới</Button>
          <LinkButton look="quiet" href={dossierHref(dossier)}>Quay lại, không làm</LinkButton>
        </Actions>
      </Form>
    </div>
  )
}

export interface LettersView {
  readonly rows: readonly Posting[]
  readonly chosen: readonly string[]
  readonly form: string
  readonly skip: string
  readonly errors?: readonly ShownError[]
}

export function LettersScreen({ rows, chosen, form, skip, errors = [] }: LettersView) {
  return (
    <>
      <PageHeading title="Gửi bưu chính" lead="Kết quả người nộp muốn nhận qua bưu chính, đang chờ gửi; xong trước đứng trước. Mỗi phong bì có mã vạch của hồ sơ: quét vào ô tìm kiếm là mở đúng hồ sơ." />
      <ErrorSummary errors={errors} />
      {rows.length === 0 ? (
        <EmptyState icon="send" title="Không có kết quả nào chờ gửi bưu chính" action={<LinkButton href="/desk/dossiers?state=DA_CO_KET_QUA">Hồ sơ đã có kết quả</LinkButton>}>
          <p>Khi có kết quả của hồ sơ chọn nhận qua bưu chính, hồ sơ hiện ở đây. In phong bì cho một hồ sơ khác: mở hồ sơ, mục “Giấy tờ để in”.</p>
        </EmptyState>
      ) : (
        <Form action="/desk/letters" class="letters">
          <Table
            caption="Kết quả chờ gửi bưu chính" captionHidden rows={rows} empty="" rowHref={(row) => dossierHref(row.dossier)}
            select={{ name: 'dossiers', value: (row) => row.dossier.id, label: (row) => `Chọn ${row.dossier.code}` }}
            columns={[
              { key: 'code', label: 'Mã hồ sơ', tight: true, main: true, cell: (row) => row.dossier.code },
              { key: 'who', label: 'Người nhận', cell: (row) => row.dossier.applicant.fullName },
              { key: 'where', label: 'Địa chỉ', cell: (row) => row.address ?? <b class="late">Chưa có địa chỉ, hỏi lại người nộp</b> },
              { key: 'what', label: 'Gửi kèm', cell: (row) => row.inside },
              { key: 'since', label: 'Có từ', tight: true, cell: (row) => (row.dossier.finishedAt ? formatDate(row.dossier.finishedAt) : '—') },
            ]}
          />
          <LetterChoice form={form} skip={skip} />
        </Form>
      )}
      {chosen.length > 0 && <p class="soft">Đã chọn {chosen.length} hồ sơ.</p>}
    </>
  )
}

function LetterChoice({ form, skip }: Pick<LettersView, 'form' | 'skip'>) {
  return (
    <div class="row letter-choice">
      <label class="book-field"><span class="label">In thành</span>
        <select name="form">{Object.entries(LETTER_FORMS).map(([key, label]) => <option value={key} selected={key === form}>{label}</option>)}</select>
      </label>
      <label class="book-field day"><span class="label">Nhãn đã dùng trên tờ đầu</span><input name="skip" value={skip} inputMode="numeric" size={3} /></label>
      <button class="btn primary" formtarget="_blank"><Icon name="file" /> In các hồ sơ đã chọn</button>
    </div>
  )
}
