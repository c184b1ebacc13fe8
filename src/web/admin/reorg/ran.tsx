// The report of the run of 1 July 2025, as the run wrote it: kept with the documents, shown inside the desk.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { NotFound } from '#core/errors.ts'
import { KeyFigures, Notice, PageHeading, StatusTag, Table } from '#ui/index.ts'
import { sendDesk } from '../../desk/frame.tsx'
import { HOME } from './words.ts'

/** What a run writes down; src/main/reorg-2025/report.ts makes it. */
export interface RanReport {
  readonly at: string
  readonly dossiers: number
  readonly figures: readonly { readonly label: string; readonly value: number | string; readonly unit?: string; readonly note?: string }[]
  readonly checks: readonly { readonly title: string; readonly ok: boolean; readonly detail: string }[]
  readonly states: readonly { readonly state: string; readonly xa: number; readonly huyen: number; readonly tinh: number }[]
  readonly examples: readonly { readonly title: string; readonly text: string }[]
}

const FILE = join(import.meta.dirname, '../../../../docs/reorganisation-2025.json')

export const ranReport = (): RanReport | null => (existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as RanReport) : null)

export function RanScreen({ report }: { report: RanReport }) {
  const failed = report.checks.filter(({ ok }) => !ok)
  return (
    <>
      <PageHeading
        title="Chạy lại đợt sắp xếp 01/7/2025"
        lead={`Tỉnh ba cấp của ngày 30/6/2025 với ${report.dossiers.toLocaleString('vi-VN')} hồ sơ đang mở ở xã, huyện, tỉnh; kế hoạch theo Nghị quyết 1686/NQ-UBTVQH15 và 203/2025/QH15: 26 huyện kết thúc, 547 xã thành 166.`}
        meta={<>{failed.length === 0 ? <StatusTag tone="good">Mọi kiểm tra đều đạt</StatusTag> : <StatusTag tone="bad">{failed.length} kiểm tra chưa đạt</StatusTag>}<span>Chạy lúc {report.at}</span></>}
      />
      <KeyFigures items={report.figures.map(({ label, value, unit, note }) => ({ label, value, unit, note }))} />
      <h2>Đã kiểm tra</h2>
      <Table
        caption="Kiểm tra" captionHidden rows={report.checks} empty=""
        columns={[
          { key: 'title', label: 'Điều phải đúng', main: true, cell: (check) => check.title }, { key: 'ok', label: 'Kết quả', tight: true, cell: (check) => (check.ok ? <StatusTag tone="good">Đạt</StatusTag> : <StatusTag tone="bad">Chưa đạt</StatusTag>) },
          { key: 'detail', label: 'Số liệu', cell: (check) => check.detail },
        ]}
      />
      <h2>Hồ sơ theo trạng thái và cấp</h2>
      <Table
        caption="Hồ sơ theo trạng thái và cấp" captionHidden rows={report.states} empty=""
        columns={[
          { key: 'state', label: 'Trạng thái', main: true, cell: (row) => row.state }, { key: 'xa', label: 'Xã', num: true, cell: (row) => row.xa.toLocaleString('vi-VN') },
          { key: 'huyen', label: 'Huyện', num: true, cell: (row) => row.huyen.toLocaleString('vi-VN') }, { key: 'tinh', label: 'Tỉnh', num: true, cell: (row) => row.tinh.toLocaleString('vi-VN') },
        ]}
      />
      {report.examples.length > 0 && (
        <>
          <h2>Người dân và cán bộ đọc thấy gì</h2>
          {report.examples.map(({ title, text }) => <Notice title={title}><p>{text}</p></Notice>)}
        </>
      )}
      <p class="soft">Chạy lại: <code>npm run reorganise-2025 -- --dossiers 50000</code>. Hồ sơ và người đều do máy sinh ra; các bước đến từng trạng thái là thao tác thật của hệ thống.</p>
    </>
  )
}

export async function ranRoutes(app: FastifyInstance): Promise<void> {
  app.get(`${HOME.replace(/^\/admin/, '')}/2025`, async (request, reply) => {
    const report = ranReport()
    if (!report) throw new NotFound('reorg.not_ran', 'Lần chạy 2025 chưa có báo cáo. Chạy npm run reorganise-2025 để có.')
    return sendDesk(request, reply, { title: 'Đợt 01/7/2025', here: 'reorganisations', crumbs: [{ label: 'Sắp xếp đơn vị', href: HOME }, { label: 'Đợt 01/7/2025' }] }, <RanScreen report={report} />)
  })
}
