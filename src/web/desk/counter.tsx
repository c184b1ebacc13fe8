// Filing at the counter: the procedure first, then who asks; the form, papers and review are the shared pages.

import type { Ctx } from '#core/ctx.ts'
import type { Question } from '#core/form/types.ts'
import { formatDateTime } from '#core/text/index.ts'
import { CHANNEL_LABELS, type Dossier } from '#modules/dossiers/index.ts'
import type { Version, VersionSummary } from '#modules/procedures/index.ts'
import { Actions, Button, EmptyState, ErrorSummary, FieldView, Form, LinkButton, PageHeading, SearchBox, type ShownError, Table } from '#ui/index.ts'

export function ChooseProcedure({ q, found, drafts, unit }: { q: string; found: readonly VersionSummary[]; drafts: readonly Dossier[]; unit: string }) {
  return (
    <>
      <PageHeading title="Nhận hồ sơ tại quầy" lead={`${unit}. Chọn thủ tục người dân cần làm.`} />
      <SearchBox action="/desk/counter" label="Tên thủ tục, từ khóa hoặc mã; có dấu hay không đều được" value={q} />
      {found.length === 0 ? (
        <EmptyState icon="search" title="Không có thủ tục nào khớp" action={<LinkButton href="/desk/counter">Xem mọi thủ tục</LinkButton>}>
          <p>Thử bớt chữ, hoặc gõ theo cách người dân nói: “khai sinh”, “sổ đỏ”, “lái xe”.</p>
        </EmptyState>
      ) : (
        <div class="choose">
          <Table
            caption="Thủ tục" captionHidden rows={found} empty="" rowHref={(row) => `/desk/counter/${row.code}`}
            columns={[
              { key: 'name', label: 'Thủ tục', main: true, cell: (row) => row.name },
              { key: 'field', label: 'Lĩnh vực', cell: (row) => row.fieldName },
              { key: 'code', label: 'Mã', tight: true, cell: (row) => row.code },
            ]}
          />
        </div>
      )}
      {drafts.length > 0 && (
        <section aria-labelledby="drafts" class="tree">
          <h2 id="drafts">Đang nhập dở</h2>
          <Table
            caption="Hồ sơ đang nhập dở" captionHidden rows={drafts} empty="" rowHref={(row) => `/desk/counter/filings/${row.id}/form`}
            columns={[
              { key: 'who', label: 'Người nộp', main: true, cell: (row) => row.applicant.fullName },
              { key: 'what', label: 'Thủ tục', cell: (row) => row.procedureName },
              { key: 'at', label: 'Sửa lần cuối', tight: true, cell: (row) => formatDateTime(row.updatedAt) },
            ]}
          />
        </section>
      )}
    </>
  )
}

/** The applicant block, in the types of the forms themselves so that it is read and checked alike. */
export const APPLICANT: readonly Question[] = [
  { key: 'fullName', label: 'Họ và tên người nộp', type: 'text', required: true, maxLength: 200, help: 'Như trên thẻ căn cước. Tổ chức: ghi tên tổ chức.' },
  { key: 'personalId', label: 'Số định danh cá nhân', type: 'personal_id' },
  { key: 'businessId', label: 'Mã số doanh nghiệp', type: 'business_id' },
  { key: 'birthDate', label: 'Ngày sinh', type: 'date' },
  { key: 'phone', label: 'Điện thoại', type: 'phone', help: 'Để nhắn tin khi có kết quả.' },
  { key: 'address', label: 'Địa chỉ', type: 'address' },
]

export interface ApplicantView {
  readonly ctx: Ctx
  readonly version: Version
  readonly channels: readonly ('truc_tiep' | 'bcci')[]
  readonly channel: string
  readonly kind: string
  readonly values: Readonly<Record<string, unknown>>
  readonly errors: readonly ShownError[]
  readonly clientKey: string
}

export function ApplicantScreen({ ctx, version, channels, channel, kind, values, errors, clientKey }: ApplicantView) {
  return (
    <div>
      <PageHeading title="Người nộp hồ sơ" lead={`${version.name}. Mã ${version.code}.`} />
      <ErrorSummary errors={errors} />
      <Form action={`/desk/counter/${version.code}`} class="applicant" guard>
        <input type="hidden" name="clientKey" value={clientKey} />
        <Choice name="channel" label="Hồ sơ đến bằng" options={channels.map((value) => ({ value, label: CHANNEL_LABELS[value] }))} chosen={channel} />
        <Choice name="kind" label="Người nộp là" options={[{ value: 'ca_nhan', label: 'Cá nhân' }, { value: 'to_chuc', label: 'Tổ chức, doanh nghiệp' }]} chosen={kind} />
        {APPLICANT.map((question) => (
          <FieldView question={question} value={values[question.key]} errors={errors} catalogs={ctx.catalogs} province="38" required={question.required} />
        ))}
        <Actions>
          <Button look="primary" icon="next">Sang tờ khai</Button>
          <LinkButton look="quiet" href="/desk/counter">Chọn thủ tục khác</LinkButton>
        </Actions>
      </Form>
    </div>
  )
}

function Choice({ name, label, options, chosen }: { name: string; label: string; options: readonly { value: string; label: string }[]; chosen: string }) {
  return (
    <div class="q">
      <fieldset>
        <legend class="label">{label}</legend>
        <div class="choices across">
          {options.map((option) => (
            <label class="choice"><input type="radio" name={name} value={option.value} checked={option.value === chosen} /><span>{option.label}</span></label>
          ))}
        </div>
      </fieldset>
    </div>
  )
}
