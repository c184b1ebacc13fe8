// The report of a run: figures as JSON for the desk, and one page that stands by itself.

import type { RanReport } from '#web/admin/reorg/ran.tsx'
import { formatDateTime } from '#core/text/index.ts'
import { STATES, type DossierState } from '#modules/dossiers/index.ts'
import type { Ran } from './run.ts'

const seconds = (ms: number): string => (ms / 1000).toLocaleString('vi-VN', { maximumFractionDigits: 1 })
const number = (n: number): string => n.toLocaleString('vi-VN')

export function ranReportOf({ loaded, preview, measured, checks, examples, states }: Ran, at: Date, how: { version: string; command: string }): RanReport {
  const byState = Map.groupBy(states, ({ state }) => state)
  return {
    at: formatDateTime(at), ...how, dossiers: loaded.dossiers,
    figures: [
      { label: 'Hồ sơ đang mở', value: loaded.dossiers, note: `${number(loaded.citizens)} công dân, ${number(loaded.rows)} dòng dữ liệu` },
      { label: 'Đơn vị kết thúc', value: preview.totals.ending, note: '26 huyện, 547 xã' }, { label: 'Đơn vị thành lập', value: preview.totals.created }, { label: 'Cán bộ đổi chức danh', value: preview.totals.officers },
      { label: 'Nạp', value: seconds(measured.loadMs), unit: 'giây', note: `${number(loaded.models.length)} hồ sơ mẫu bằng thao tác thật` }, { label: 'Xem trước', value: seconds(measured.previewMs), unit: 'giây' },
      { label: 'Thi hành', value: seconds(measured.executeMs), unit: 'giây', note: `một giao dịch; lần thi hành thật sau khi hoàn tác ${seconds(measured.executeForGoodMs)} giây` }, { label: 'Hoàn tác', value: seconds(measured.rollBackMs), unit: 'giây' },
      { label: 'Báo tin', value: seconds(measured.tellMs), unit: 'giây' }, { label: 'Bộ nhớ cao nhất', value: measured.peakMb, unit: 'MB', note: 'tiến trình Node, gồm cả lúc nạp' },
    ],
    checks,
    states: [...byState].map(([state, rows]) => {
      const of = (level: string) => rows.filter((row) => row.level === level).reduce((sum, row) => sum + row.count, 0)
      return { state: STATES[state as DossierState].label, xa: of('xa'), huyen: of('huyen'), tinh: of('tinh') }
    }),
    examples: examples.map((text, at_) => ({ title: at_ === 0 ? 'Tin báo cho người nộp' : 'Tin báo khác', text })),
  }
}

const asText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** One page without anything from elsewhere, to be kept or printed. */
export function reportPage(report: RanReport): string {
  const rows = (cells: readonly (readonly string[])[]) => cells.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')
  return `<!doctype html>
<html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Chạy lại đợt sắp xếp 01/7/2025</title>
<style>
body { font: 16px/1.55 'Be Vietnam Pro', system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 4rem; color: #1d1a18; background: #fdfcfa }
h1 { font-size: 1.75rem } h2 { font-size: 1.25rem; margin-top: 2rem } table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid #e4dfd8; vertical-align: top }
.n { text-align: right } dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 1rem; margin: 1.5rem 0 } dl div { border: 1px solid #e4dfd8; border-radius: 6px; padding: .75rem 1rem; background: #fff } dt, small { color: #5b554f } dd { margin: 0; font-size: 1.5rem; font-weight: 600 } small { display: block; font-size: .8rem; font-weight: 400 }
.good { color: #1a5a35 } .bad { color: #9b1b1b } blockquote { margin: 0 0 1rem; padding: .5rem 1rem; border-left: 4px solid #8a5a1e; background: #f5f2ee }
</style>
<h1>Chạy lại đợt sắp xếp 01/7/2025 của Thanh Hóa</h1>
<p>Tỉnh ba cấp của ngày 30/6/2025 với ${number(report.dossiers)} hồ sơ đang mở ở xã, huyện, tỉnh. Kế hoạch theo Nghị quyết 1686/NQ-UBTVQH15 và Nghị quyết 203/2025/QH15: 26 huyện kết thúc, 547 xã, phường, thị trấn thành 166. Dự án Tỉnh Số chạy trên tỉnh minh họa lúc ${asText(report.at)}${report.version ? `, phiên bản ${asText(report.version)}` : ''}.</p>
<dl>${report.figures.map(({ label, value, unit, note }) => `<div><dt>${asText(label)}</dt><dd>${typeof value === 'number' ? number(value) : asText(value)}${unit ? ` ${asText(unit)}` : ''}${note ? `<small>${asText(note)}</small>` : ''}</dd></div>`).join('\n')}</dl>
<h2>Đã kiểm tra</h2>
<table><thead><tr><th>Điều phải đúng<th>Kết quả<th>Số liệu</tr></thead><tbody>
${rows(report.checks.map(({ title, ok, detail }) => [asText(title), ok ? '<b class="good">✓ Đạt</b>' : '<b class="bad">✗ Chưa đạt</b>', asText(detail)]))}
</tbody></table>
<h2>Hồ sơ theo trạng thái và cấp giải quyết</h2>
<table><thead><tr><th>Trạng thái<th>Xã<th>Huyện<th>Tỉnh</tr></thead><tbody>
${rows(report.states.map(({ state, xa, huyen, tinh }) => [asText(state), number(xa), number(huyen), number(tinh)]))}
</tbody></table>
<h2>Người dân đọc thấy gì</h2>
${report.examples.map(({ text }) => `<blockquote>${asText(text)}</blockquote>`).join('\n')}
<p><small>Lệnh: ${asText(report.command ?? 'npm run reorganise-2025')}. Hồ sơ và người do máy sinh ra; mỗi trạng thái là của một hồ sơ mẫu đi tới đó bằng thao tác thật của hệ thống, rồi nhân ra cho mọi xã, huyện.</small></p>
</html>
`
}

/** The same for readers of the repository. */
export function reportMarkdown(report: RanReport): string {
  return [
    '# Chạy lại đợt sắp xếp 01/7/2025 của Thanh Hóa', '',
    `Tỉnh ba cấp của ngày 30/6/2025 với ${number(report.dossiers)} hồ sơ đang mở ở xã, huyện, tỉnh. Kế hoạch theo Nghị quyết 1686/NQ-UBTVQH15 và 203/2025/QH15: 26 huyện kết thúc, 547 xã, phường, thị trấn thành 166. Dự án Tỉnh Số chạy trên tỉnh minh họa lúc ${report.at}${report.version ? `, phiên bản ${report.version}` : ''}.`, '',
    `Tệp này do \`${report.command ?? 'npm run reorganise-2025'}\` viết ra; trang cùng nội dung, ghi rõ là tư liệu của dự án, ở \`/admin/reorganisations/2025\`.`, '',
    '| Số liệu | |', '| --- | --- |', ...report.figures.map(({ label, value, unit, note }) => `| ${label} | ${typeof value === 'number' ? number(value) : value}${unit ? ` ${unit}` : ''}${note ? ` (${note})` : ''} |`), '',
    '| Điều phải đúng | Kết quả | Số liệu |', '| --- | --- | --- |', ...report.checks.map(({ title, ok, detail }) => `| ${title} | ${ok ? '✓' : '✗'} | ${detail} |`), '',
    '| Trạng thái | Xã | Huyện | Tỉnh |', '| --- | ---: | ---: | ---: |', ...report.states.map(({ state, xa, huyen, tinh }) => `| ${state} | ${number(xa)} | ${number(huyen)} | ${number(tinh)} |`), '',
    ...report.examples.map(({ text }) => `> ${text}\n`),
  ].join('\n')
}
