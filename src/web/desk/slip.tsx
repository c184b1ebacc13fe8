// The control slip (Mẫu số 06) on the screen: every hand-over, who gave and who took, in time or not; printable at any time.

import { formatDateTime } from '#core/text/index.ts'
import { ROLES } from '#core/policy/actor.ts'
import { type DossierView, RESULT_LABELS, type SlipRow } from '#modules/dossiers/index.ts'
import { Actions, LinkButton, PageHeading, StatusTag, SummaryList, Table, type Tone } from '#ui/index.ts'
import { dossierHref } from './words.tsx'
import { termRule } from '../term-rule.ts'

const KINDS: Readonly<Record<SlipRow['kind'], string>> = { transfer: 'Chuyển xử lý', step: 'Chuyển bước', consultation: 'Lấy ý kiến', opinion: 'Trả lời ý kiến', return: 'Trả kết quả' }
const TONES: Readonly<Record<keyof typeof RESULT_LABELS, Tone>> = { early: 'good', on_time: 'good', late: 'bad' }

const roleWords = (role: string | null): string => (role === null || role === 'cong_dan' ? '' : role === 'co_quan_phoi_hop' ? 'Cơ quan phối hợp' : ((ROLES as Record<string, string>)[role] ?? ''))

function side(one: SlipRow['from'], at: Date | null, missing: string) {
  return (
    <div>
      <b>{one.agency}</b>
      <div>{one.name && one.name !== one.agency ? one.name : <span class="soft">{one.role === 'cong_dan' ? '' : missing}</span>}</div>
      <div class="soft small">{[roleWords(one.role), at ? formatDateTime(at) : null].filter(Boolean).join(' · ')}</div>
    </div>
  )
}

function result(row: SlipRow) {
  if (row.standing) return <StatusTag tone={TONES[row.standing]}>{RESULT_LABELS[row.standing]}</StatusTag>
  if (row.waiting) return <StatusTag tone="wait">Chờ nhận</StatusTag>
  return row.kind === 'consultation' ? <StatusTag tone="info" icon="tick">Đã nhận</StatusTag> : <span class="soft">Không tính hạn</span>
}

export function SlipPage({ view }: { view: DossierView }) {
  const { dossier, slip } = view
  const rows = slip.map((row, i) => ({ row, no: i + 1 }))
  const late = slip.filter((row) => row.standing === 'late').length
  return (
    <>
      <PageHeading title="Phiếu kiểm soát quá trình giải quyết hồ sơ" lead={`Mẫu số 06, Thông tư 03/2025/TT-VPCP. ${slip.length} lần giao nhận${late > 0 ? `, ${late} lần quá hạn` : ''}; đã ghi thì không sửa, không xóa được.`} />
      <SummaryList rows={[
        { label: 'Mã hồ sơ', value: <a href={dossierHref(dossier)}>{dossier.code}</a> }, { label: 'Thủ tục', value: dossier.procedureName },
        { label: 'Nơi nhận', value: view.received.name }, { label: 'Cơ quan giải quyết', value: view.decided?.name ?? view.received.name },
        { label: 'Hẹn trả', rule: termRule(dossier), value: dossier.dueAt ? formatDateTime(dossier.dueAt) : 'Chưa tiếp nhận' },
      ]} />
      <Table
        caption="Các lần giao nhận" captionHidden rows={rows} empty="Hồ sơ chưa được giao nhận lần nào. Phiếu có dòng đầu tiên ngay khi Bộ phận một cửa tiếp nhận."
        columns={[
          { key: 'no', label: 'TT', tight: true, cell: ({ no }) => no },
          { key: 'from', label: 'Giao', main: true, cell: ({ row }) => side(row.from, row.handedAt, '') },
          { key: 'to', label: 'Nhận', cell: ({ row }) => side(row.to, row.receivedAt, row.waiting ? 'Chưa ai nhận' : '') },
          { key: 'due', label: 'Hạn giao nhận', rule: 'gio-chuyen-ho-so-trong-ngay', tight: true, cell: ({ row }) => (row.dueAt ? formatDateTime(row.dueAt) : '—') },
          { key: 'result', label: 'Kết quả', tight: true, cell: ({ row }) => result(row) },
          { key: 'note', label: 'Việc, ghi chú', cell: ({ row }) => <div>{KINDS[row.kind]}{row.step && row.kind !== 'opinion' ? `: ${row.step}` : ''}{row.rule && <div class="soft small">Căn cứ: {row.rule}</div>}{row.note && <div class="note">{row.note}</div>}</div> },
        ]}
      />
      <Actions>
        {slip.length > 0 && <LinkButton look="primary" icon="file" href={dossierHref(dossier, '/slip.pdf')}>In phiếu</LinkButton>}
        <LinkButton look="quiet" href={dossierHref(dossier)}>Quay lại hồ sơ</LinkButton>
      </Actions>
    </>
  )
}
