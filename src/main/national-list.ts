// What the simulated national database knows: the province's own records as the nation would list them, and some procedures beside them.

import type { NationalRow } from '#twins/national/index.tsx'
import { procedureTexts } from './pack.ts'

const LEVELS: Readonly<Record<string, string>> = { bo: 'Cấp bộ', tinh: 'Cấp tỉnh', huyen: 'Cấp xã', xa: 'Cấp xã', khac: 'Cơ quan khác' }
const TARGETS: Readonly<Record<string, string>> = { cong_dan: 'Công dân Việt Nam', doanh_nghiep: 'Doanh nghiệp', hop_tac_xa: 'Hợp tác xã', to_chuc: 'Tổ chức (không bao gồm doanh nghiệp, HTX)', nguoi_nuoc_ngoai: 'Người nước ngoài' }

/** Code, name, field, level of procedures that the province knows by name only. */
const OTHERS: readonly (readonly [string, string, string, string])[] = [
  ['1.004837', 'Thủ tục đăng ký giám hộ', 'Hộ tịch', 'Cấp xã'],
  ['2.001263', 'Đăng ký việc nuôi con nuôi trong nước', 'Nuôi con nuôi', 'Cấp xã'],
  ['1.003583', 'Thủ tục đăng ký khai sinh lưu động', 'Hộ tịch', 'Cấp xã'],
  ['1.004884', 'Thủ tục đăng ký lại khai sinh', 'Hộ tịch', 'Cấp xã'],
  ['2.000635', 'Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh', 'Hộ tịch', 'Cấp tỉnh, Cấp xã'],
  ['1.010038', 'Tách hộ', 'Đăng ký, quản lý cư trú', 'Cấp xã'],
  ['1.003197', 'Xóa đăng ký thường trú', 'Đăng ký, quản lý cư trú', 'Cấp xã'],
  ['1.014061', 'Cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên', 'Cấp, quản lý căn cước', 'Cấp xã'],
  ['1.014064', 'Cấp lại thẻ căn cước', 'Cấp, quản lý căn cước', 'Cấp xã'],
  ['1.012786', 'Cấp lại Giấy chứng nhận do bị mất', 'Đất đai', 'Cấp tỉnh'],
  ['1.012783', 'Cấp đổi Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất', 'Đất đai', 'Cấp tỉnh'],
  ['1.011441', 'Đăng ký biện pháp bảo đảm bằng quyền sử dụng đất, tài sản gắn liền với đất', 'Đăng ký biện pháp bảo đảm', 'Cấp tỉnh, Cấp xã'],
  ['1.001266', 'Chấm dứt hoạt động hộ kinh doanh', 'Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)', 'Cấp bộ, Cấp xã'],
  ['2.000693', 'Giải quyết hưởng chế độ thai sản', 'Thực hiện chính sách BHXH', 'Cấp tỉnh, Cấp xã'],
  ['1.001667', 'Giải quyết hưởng chế độ ốm đau', 'Thực hiện chính sách BHXH', 'Cấp bộ, Cấp tỉnh, Cấp xã'],
  ['1.003650', 'Cấp giấy chứng nhận đăng ký tàu cá, tàu phục vụ nuôi trồng thủy sản', 'Thủy sản', 'Cấp tỉnh'],
  ['1.001686', 'Cấp Giấy chứng nhận đủ điều kiện buôn bán thuốc thú y', 'Thú y', 'Cấp tỉnh'],
  ['1.001456', 'Cấp hộ chiếu phổ thông ở trong nước (thực hiện tại cấp tỉnh)', 'Quản lý xuất nhập cảnh', 'Cấp tỉnh'],
]

const rowOf = (code: string, name: string, field: string, level: string, applicants: string): NationalRow => ({ code, name, field, level, applicants, ministry: 'Cơ sở dữ liệu quốc gia', decision: `QĐ/${code}`, type: 'TTHC được giao luật quy định chi tiết' })

export function nationalRows(): NationalRow[] {
  const own = procedureTexts().map(({ text }) => {
    const record = JSON.parse(text) as { code: string; name: string; field: { name: string }; levels: string[]; targets: string[] }
    return rowOf(record.code, record.name, record.field.name, record.levels.map((level) => LEVELS[level] ?? 'Cơ quan khác').join(', '), record.targets.map((target) => TARGETS[target] ?? 'Công dân Việt Nam').join(', '))
  })
  const here = new Set(own.map((row) => row.code))
  return [...own, ...OTHERS.filter(([code]) => !here.has(code)).map(([code, name, field, level]) => rowOf(code, name, field, level, 'Công dân Việt Nam'))]
}
