// The report of a run of 1 July 2025: the one this installation made on its own machine, else the one that the project recorded and keeps among its documents.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Ctx } from '#core/ctx.ts'
import { NotFound } from '#core/errors.ts'
import { KeyFigures, Notice, PageHeading, StatusTag, Table } from '#ui/index.ts'
import { sendDesk } from '../../desk/frame.tsx'
import { HOME } from './words.ts'

/** What a run writes down; src/main/reorg-2025/report.ts makes it. */
export interface RanReport {
  readonly at: string
  /** Of the platform, and how it was run; reports written before these were kept have none. */
  readonly version?: string
  readonly command?: string
  readonly dossiers: number
  readonly figures: readonly { readonly label: string; readonly value: number | string; readonly unit?: string; readonly note?: string }[]
  readonly checks: readonly { readonly title: string; readonly ok: boolean; readonly detail: string }[]
  readonly states: readonly { readonly state: string; readonly xa: number; readonly huyen: number; readonly tinh: number }[]
  readonly examples: readonly { readonly title: string; readonly text: string }[]
}

export interface Ran {
  readonly report: RanReport
  /** Made on the machine of this installation (`--for`), not by the project. */
  readonly own: boolean
}

const RECORDED = join(import.meta.dirname, '../../../../docs/reorganisation-2025.json')
export const OWN_FILE = 'reorganisation-2025.json'

export function ranReport(ctx: Pick<Ctx, 'dataDir'>): Ran | null {
  const own = join(ctx.dataDir, OWN_FILE)
  const file = existsSync(own) ? own : existsSync(RECORDED) ? RECORDED : null
  return file === null ? null : { report: JSON.parse(readFileSync(file, 'utf8')) as RanReport, own: file === own }
}

/** Whose run it is, in one sentence for the list and the page. */
export const ranWords = ({ report, own }: Ran): string =>
  own ? `Máy chủ này đã chạy thử đợt sắp xếp 01/7/2025 với ${report.dossiers.toLocaleString('vi-VN')} hồ sơ do máy sinh ra, lúc ${report.at}.`
    : `Tư liệu của dự án Tỉnh Số: một lần chạy thử đợt sắp xếp 01/7/2025 ghi lại lúc ${report.at} trên tỉnh minh họa, ${report.dossiers.toLocaleString('vi-VN')} hồ sơ do máy sinh ra.`

export function RanScreen({ report, own }: Ran) {
  const failed = report.checks.filter(({ ok }) => !ok)
  return (
    <>
      <PageHeading
        title={own ? 'Chạy thử đợt sắp xếp 01/7/2025 trên máy chủ này' : 'Tư liệu: lần chạy thử đợt sắp xếp 01/7/2025'}
        lead={`Tỉnh ba cấp của ngày 30/6/2025 với ${report.dossiers.toLocaleString('vi-VN')} hồ sơ đang mở ở xã, huyện, tỉnh; kế hoạch theo Nghị quyết 1686/NQ-UBTVQH15 và 203/2025/QH15: 26 huyện kết thúc, 547 xã thành 166.`}
        meta={<>{failed.length === 0 ? <StatusTag tone={own ? 'good' : 'plain'}>{own ? 'Mọi kiểm tra đều đạt' : 'Lần chạy ghi lại: mọi kiểm tra đều đạt'}</StatusTag> : <StatusTag tone="bad">{failed.length} kiểm tra chưa đạt</StatusTag>}<span>Chạy lúc {report.at}</span>{report.version && <span>Phiên bản {report.version}</span>}</>}
      />
      <Notice tone={own ? 'info' : 'warn'} title={own ? 'Chạy trên cơ sở dữ liệu riêng' : 'Không phải số liệu của hệ thống này'}>
        <p>{ranWords({ report, own })}{report.command && <> Lệnh: <code>{report.command}</code>.</>}</p>
        {!own && <p>Muốn có số liệu của máy chủ này: <code>npm run reorganise-2025 -- --dossiers 50000 --for DATA_DIR</code> (thư mục dữ liệu của hệ thống); chạy trên cơ sở dữ liệu riêng, không đụng dữ liệu thật. Kế hoạch thật đã thi hành có báo cáo riêng ở <a href={HOME}>danh sách kế hoạch</a>.</p>}
      </Notice>
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
      <p class="soft">Hồ sơ và người đều do máy sinh ra; các bước đến từng trạng thái là thao tác thật của hệ thống.</p>
    </>
  )
}

export async function ranRoutes(app: FastifyInstance): Promise<void> {
  app.get(`${HOME.replace(/^\/admin/, '')}/2025`, async (request, reply) => {
    const ran = ranReport(request.ctx)
    if (!ran) throw new NotFound('reorg.not_ran', 'Lần chạy 2025 chưa có báo cáo. Chạy npm run reorganise-2025 để có.')
    const title = ran.own ? 'Chạy thử đợt 01/7/2025' : 'Tư liệu: đợt 01/7/2025'
    return sendDesk(request, reply, { title, here: 'reorganisations', crumbs: [{ label: 'Sắp xếp đơn vị', href: HOME }, { label: title }] }, <RanScreen {...ran} />)
  })
}
