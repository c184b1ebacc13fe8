// Plans of a year: the list, one plan with its lines and progress, and the forms of its drafter and approver.

import type { FieldError } from '#core/errors.ts'
import { formatDate } from '#core/text/index.ts'
import { PROGRESS_LABELS, type Roadmap, ROADMAP_STATES, type RoadmapView, TARGET_LEVELS, type TargetRow } from '#modules/catalogue/index.ts'
import { Actions, Alert, Button, DayInput, Form, LinkButton, Notice, StatusTag, Table, type Tone } from '#ui/index.ts'

export const roadmapHref = (roadmap: Pick<Roadmap, 'id'>): string => `/admin/catalogue/roadmaps/${roadmap.id}`
export type Values = Readonly<Record<string, string>>

export const Faults = ({ faults }: { faults: readonly FieldError[] }) =>
  faults.length > 0 ? <Alert title="Chưa ghi được"><ul>{faults.map((fault) => <li>{fault.message}</li>)}</ul></Alert> : null

export function RoadmapsScreen({ found, keeps, year, values = {}, faults = [] }: { found: readonly Roadmap[]; keeps: boolean; year: number; values?: Values; faults?: readonly FieldError[] }) {
  return (
    <>
      <Faults faults={faults} />
      <Table
        caption="Lộ trình các năm" captionHidden rows={found} rowHref={roadmapHref} empty="Chưa có lộ trình nào. Lập lộ trình đầu tiên bên dưới."
        columns={[
          { key: 'name', label: 'Lộ trình', main: true, cell: (one) => one.name },
          { key: 'year', label: 'Năm', tight: true, cell: (one) => one.year },
          { key: 'state', label: 'Trạng thái', tight: true, cell: (one) => <State roadmap={one} /> },
          { key: 'decision', label: 'Quyết định', cell: (one) => (one.decision ? `${one.decision}, ${formatDate(one.decidedOn!)}` : '—') },
          { key: 'by', label: 'Người lập', cell: (one) => one.madeByName },
        ]}
      />
      {keeps && (
        <Form action="/admin/catalogue/roadmaps" class="stack" label="Lập lộ trình">
          <h2>Lập lộ trình</h2>
          <div class="q"><label class="label" for="name">Tên</label><input id="name" name="name" value={values['name'] ?? `Lộ trình cung cấp dịch vụ công trực tuyến năm ${year}`} maxLength={200} /></div>
          <div class="q"><label class="label" for="year">Năm</label><input id="year" name="year" class="w12" inputMode="numeric" value={values['year'] ?? year} /></div>
          <Actions><Button look="primary" icon="plus">Lập lộ trình</Button></Actions>
        </Form>
      )}
    </>
  )
}

const State = ({ roadmap }: { roadmap: Roadmap }) => (roadmap.state === 'da_phe_duyet' ? <StatusTag tone="good" icon="check">{ROADMAP_STATES.da_phe_duyet}</StatusTag> : <StatusTag tone="warn" icon="pen">{ROADMAP_STATES.du_thao}</StatusTag>)

const TONES: Readonly<Record<TargetRow['progress'], { tone: Tone; icon: 'check' | 'clock' | 'alert' }>> = { dat: { tone: 'good', icon: 'check' }, dang_lam: { tone: 'info', icon: 'clock' }, cham: { tone: 'bad', icon: 'alert' } }

export function RoadmapScreen({ view, keeps, own, values = {}, faults = [] }: { view: RoadmapView; keeps: boolean; own: boolean; values?: Values; faults?: readonly FieldError[] }) {
  const { roadmap, targets, quarters } = view
  const draft = roadmap.state === 'du_thao'
  return (
    <>
      <p><State roadmap={roadmap} /> {roadmap.decision ? `Quyết định ${roadmap.decision} ngày ${formatDate(roadmap.decidedOn!)}; ${roadmap.approvedByName} ghi phê duyệt.` : `${roadmap.madeByName} lập.`}</p>
      <Faults faults={faults} />
      {targets.length > 0 && (
        <ol class="quarters" aria-label="Tiến độ theo quý">
          {quarters.map(({ quarter, wanted, done }) => (
            <li>
              <b>Đến hết quý {quarter}</b>
              <progress max={Math.max(1, wanted)} value={done} aria-label={`Đến hết quý ${quarter}: đạt ${done} trên ${wanted}`} />
              <span>{done} / {wanted} thủ tục</span>
            </li>
          ))}
        </ol>
      )}
      <Table
        caption="Mục tiêu" captionHidden rows={targets} empty="Chưa có mục tiêu nào. Thêm từng dòng bên dưới."
        columns={[
          { key: 'what', label: 'Mục tiêu', main: true, cell: (one) => <>{one.what}{one.code && <span class="soft"> · {one.code}</span>}</> },
          { key: 'level', label: 'Mức', tight: true, cell: (one) => TARGET_LEVELS[one.level] },
          { key: 'due', label: 'Hạn', tight: true, cell: (one) => `Quý ${one.quarter} (${formatDate(one.due)})` },
          { key: 'have', label: 'Đã có', num: true, cell: (one) => <Have row={one} /> },
          { key: 'progress', label: 'Tiến độ', tight: true, cell: (one) => <StatusTag {...TONES[one.progress]}>{PROGRESS_LABELS[one.progress]}</StatusTag> },
          ...(draft && keeps ? [{ key: 'drop', label: '', cell: (one: TargetRow) => <Form action={`${roadmapHref(roadmap)}/targets/${one.id}/removal`}><Button look="quiet" icon="trash">Bỏ dòng</Button></Form> }] : []),
        ]}
      />
      {draft && keeps && <TargetForm view={view} values={values} />}
      {draft && keeps && targets.length > 0 && <Approval roadmap={roadmap} own={own} values={values} />}
      {draft && keeps && <Form action={`${roadmapHref(roadmap)}/removal`}><Button look="quiet" icon="trash">Bỏ cả bản dự thảo</Button></Form>}
    </>
  )
}

function Have({ row }: { row: TargetRow }) {
  const text = `${row.have.length} / ${row.wanted}`
  if (row.have.length === 0) return <>{text}</>
  return <details><summary>{text}</summary><ul class="plain">{row.have.map((code) => <li><a href={`/admin/procedures/${code}`}>{code}</a></li>)}</ul></details>
}

function TargetForm({ view, values }: { view: RoadmapView; values: Values }) {
  return (
    <Form action={`${roadmapHref(view.roadmap)}/targets`} class="stack" label="Thêm mục tiêu">
      <h2>Thêm mục tiêu</h2>
      <div class="parts">
        <div class="part"><label for="code">Mã một thủ tục</label><input id="code" name="code" value={values['code'] ?? ''} placeholder="1.001193" /></div>
        <div class="part">
          <label for="agency">Hoặc cơ quan</label>
          <select id="agency" name="agency"><option value="">Không chọn</option>{view.agencies.map((one) => <option value={one.key} selected={values['agency'] === one.key}>{one.name}</option>)}</select>
        </div>
        <div class="part"><label for="wanted">và số thủ tục</label><input id="wanted" name="wanted" inputMode="numeric" value={values['wanted'] ?? '1'} /></div>
        <div class="part">
          <label for="level">Đến mức</label>
          <select id="level" name="level">{Object.entries(TARGET_LEVELS).map(([value, label]) => <option value={value} selected={values['level'] === value}>{label}</option>)}</select>
        </div>
        <div class="part">
          <label for="quarter">Chậm nhất</label>
          <select id="quarter" name="quarter">{[1, 2, 3, 4].map((quarter) => <option value={quarter} selected={values['quarter'] === String(quarter)}>Hết quý {quarter}</option>)}</select>
        </div>
      </div>
      <Actions><Button look="primary" icon="plus">Thêm dòng</Button></Actions>
    </Form>
  )
}

function Approval({ roadmap, own, values }: { roadmap: Roadmap; own: boolean; values: Values }) {
  if (own) return <Notice tone="info" title="Chờ người thứ hai"><p>Người lập không tự phê duyệt. Một cán bộ kiểm soát thủ tục khác mở trang này, đối chiếu với quyết định đã ký rồi ghi phê duyệt.</p></Notice>
  return (
    <Form action={`${roadmapHref(roadmap)}/approval`} class="stack" label="Ghi phê duyệt">
      <h2>Ghi phê duyệt</h2>
      <div class="parts">
        <div class="part"><label for="decision">Số, ký hiệu quyết định</label><input id="decision" name="decision" value={values['decision'] ?? ''} placeholder="1234/QĐ-UBND" /></div>
        <div class="part"><label for="decidedOn">Ngày ký</label><DayInput id="decidedOn" name="decidedOn" value={values['decidedOn']} /></div>
      </div>
      <Actions><Button look="primary" icon="check">Ghi phê duyệt lộ trình</Button><LinkButton look="quiet" href="/admin/catalogue/roadmaps">Quay lại</LinkButton></Actions>
    </Form>
  )
}
