// What was handed in: the answers on the left, the papers on the right with the chosen one open beside them.

import type { Ctx } from '#core/ctx.ts'
import { fieldType } from '#core/fields/index.ts'
import { type ReviewRow, review } from '#core/form/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { CHANNEL_LABELS, type DossierView, type PartView } from '#modules/dossiers/index.ts'
import { EmptyState, fileSize, Icon, StatusTag, SummaryList, type SummaryRow } from '#ui/index.ts'
import { formState } from '../../form/filing.ts'
import { dossierHref } from '../words.tsx'

const SENSITIVE: Partial<Record<NonNullable<ReviewRow['sensitive']>, string>> = { nhay_cam: 'Dữ liệu nhạy cảm', noi_bo: 'Nội bộ' }

const fileHref = (id: string): string => `/desk/files/${id}`

/** Types that every browser shows by itself. */
export const SHOWN_INLINE = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/bmp', 'image/avif', 'text/plain']

export function Answers({ ctx, view, filer, hidden }: { ctx: Ctx; view: DossierView; filer: string | null; hidden: ReadonlySet<string> }) {
  const { dossier, version, parts } = view
  const { applicant } = dossier
  const state = formState(ctx, dossier, version, parts)
  const files = new Set(version.record.form.sections.flatMap((section) => section.questions).filter((question) => question.type === 'file').map((question) => question.key))
  const covered = (row: ReviewRow) => <>•••••• <a href={`${dossierHref(dossier)}?hien=${encodeURIComponent(row.key)}#a-${row.key}`}>Hiện<span class="sr"> {row.official}</span></a></>
  const shown = (row: ReviewRow) => (hidden.has(row.key) ? covered(row) : files.has(row.key) && /^[0-9a-f-]{36}$/i.test(row.text) ? <a href={fileHref(row.text)} target="preview">Mở tệp</a> : row.text)
  return (
    <div class="answers">
      <section aria-labelledby="applicant">
        <h2 id="applicant">Người nộp</h2>
        <SummaryList
          rows={told([
            { label: applicant.kind === 'to_chuc' ? 'Tổ chức' : 'Họ và tên', value: <b>{applicant.fullName}</b> },
            { label: 'Số định danh', value: applicant.personalId },
            { label: 'Mã số doanh nghiệp', value: applicant.businessId },
            { label: 'Ngày sinh', value: applicant.birthDate && formatDate(applicant.birthDate) },
            { label: 'Điện thoại', value: applicant.phone },
            { label: 'Thư điện tử', value: applicant.email },
            { label: 'Địa chỉ', value: addressText(ctx, applicant.address) },
            { label: 'Kênh nộp', value: CHANNEL_LABELS[dossier.channel] },
            { label: 'Nộp thay tại quầy', value: filer },
          ])}
        />
      </section>
      {review(version.record.form, state, ctx.catalogs).map(({ section, rows }) => (
        <section aria-labelledby={`s-${section.key}`}>
          <h2 id={`s-${section.key}`}>{section.title}</h2>
          <SummaryList
            rows={rows.map((row) => {
              const mark = row.sensitive && SENSITIVE[row.sensitive]
              return { label: row.official, value: mark && row.text ? <><span class="mark-sensitive" id={`a-${row.key}`}><Icon name="lock" />{mark}</span> {shown(row)}</> : shown(row) }
            })}
          />
        </section>
      ))}
    </div>
  )
}

const told = (rows: SummaryRow[]): SummaryRow[] => rows.filter((row) => row.value !== null && row.value !== undefined && row.value !== '')

function addressText(ctx: Ctx, address: unknown): string | null {
  if (typeof address === 'string') return address
  return address ? fieldType('address').show({ key: 'address', label: '', type: 'address' }, address, ctx.catalogs) : null
}

export function Parts({ view }: { view: DossierView }) {
  const { parts, version } = view
  const have = new Set(parts.map((part) => part.part))
  const missing = version.record.parts.filter((part) => !have.has(part.id) && !part.cases && part.required !== false && part.requiredWhen === undefined && part.present !== 'xuat_trinh')
  const first = parts.find((part) => part.file && SHOWN_INLINE.includes(part.file.type))
  return (
    <section class="papers" aria-labelledby="parts">
      <h2 id="parts">Giấy tờ <span class="soft">({parts.length})</span></h2>
      {parts.length === 0 && <EmptyState icon="file">Thủ tục này không phải nộp kèm giấy tờ, hoặc người nộp chưa gửi.</EmptyState>}
      <ul class="parts-list">
        {parts.map((part) => <Part part={part} />)}
        {missing.map((part) => <li><Icon name="alert" /><div>{part.name}<div class="about"><StatusTag tone="warn">Chưa có</StatusTag></div></div></li>)}
      </ul>
      {first && <iframe class="preview" name="preview" id="preview" title="Giấy tờ đang xem" src={`${fileHref(first.fileId!)}#navpanes=0&view=FitH`} loading="lazy" />}
    </section>
  )
}

function Part({ part }: { part: PartView }) {
  if (!part.file) {
    return <li><Icon name="folder" /><div>{part.name}<div class="about">Bản giấy, nhận tại quầy {formatDateTime(part.addedAt)}</div></div></li>
  }
  const inline = SHOWN_INLINE.includes(part.file.type)
  const href = fileHref(part.fileId!)
  return (
    <li>
      <Icon name="file" />
      <div>
        {inline ? <a href={`${href}#navpanes=0&view=FitH`} target="preview">{part.name}</a> : <a href={href} download>{part.name}</a>}
        <div class="about">{part.file.name} · {fileSize(part.file.size)}{!inline && ' · tải về để xem'}</div>
      </div>
      {inline && <a class="open" href={href} target="_blank" rel="noopener">Mở riêng<span class="sr"> {part.name}</span></a>}
    </li>
  )
}
