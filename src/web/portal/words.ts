// How the portal says things: short names of procedures, states of a dossier as a sentence, time that has passed.

import type { Ctx } from '#core/ctx.ts'
import { elapsedText } from '#core/workdays/index.ts'
import type { DossierState } from '#modules/dossiers/index.ts'
import type { Version } from '#modules/procedures/index.ts'
import type { Tone } from '#ui/index.ts'

const LONGEST = 90

/** Official names run to six lines; lists and headings show their beginning, cut where a clause ends. */
export function shortName(title: string): string {
  const name = title.replace(/^thủ tục (\p{L})/iu, (_, first: string) => first.toUpperCase())
  if (name.length <= LONGEST) return name
  const ends = [...name.matchAll(/ \(|[;,] | (?:do|trong các trường hợp|áp dụng) /g)]
    .map((found) => found.index)
    .filter((at) => at >= 20 && at <= LONGEST)
  const cut = ends.length > 0 ? name.slice(0, ends.at(-1)) : name.slice(0, name.lastIndexOf(' ', LONGEST))
  return `${cut.trim()}…`
}

/** Two largest units: '3 ngày 2 giờ'. */
export const elapsed = (ms: number): string => elapsedText(Math.max(0, ms)).split(' ').slice(0, 4).join(' ')

export { termRule } from '../term-rule.ts'

/** Districts decided and received until 30/6/2025. */
export const tiersOf = (ctx: Pick<Ctx, 'pack'>): 2 | 3 => (ctx.pack.to !== null && ctx.pack.to <= '2025-06-30' ? 3 : 2)

/** How far a procedure goes on the net, in the words of the pack: until 30/6/2025 people knew the levels 1 to 4. */
export function onlineWords(ctx: Pick<Ctx, 'pack'>, { record }: Pick<Version, 'record'>, words: { readonly onlineLevel: string }): string {
  const { legacyLevel } = record.online
  return tiersOf(ctx) === 3 && legacyLevel ? `Dịch vụ công trực tuyến mức độ ${legacyLevel}` : words.onlineLevel
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

interface StateWords {
  readonly tone: Tone
  /** What it means for the person who waits. */
  readonly sentence: string
}

export const STATE_WORDS: Readonly<Record<DossierState, StateWords>> = {
  NHAP: { tone: 'plain', sentence: 'Bản nháp, chưa gửi đi.' },
  MOI_DANG_KY: { tone: 'info', sentence: 'Đã nộp. Bộ phận một cửa đang kiểm tra để trả lời có tiếp nhận hay không.' },
  YC_BS_TIEP_NHAN: { tone: 'warn', sentence: 'Cần ông/bà hoàn thiện thêm thì mới tiếp nhận được.' },
  TU_CHOI: { tone: 'bad', sentence: 'Cơ quan không tiếp nhận hồ sơ; lý do ghi trong phiếu từ chối.' },
  DA_TIEP_NHAN: { tone: 'info', sentence: 'Đã được tiếp nhận, có giấy hẹn trả kết quả.' },
  CHO_PHAN_CONG: { tone: 'info', sentence: 'Đã được tiếp nhận, đang chờ giao cho người xử lý.' },
  DANG_XU_LY: { tone: 'info', sentence: 'Cơ quan đang xem xét hồ sơ.' },
  LAY_Y_KIEN: { tone: 'info', sentence: 'Cơ quan đang hỏi ý kiến nơi khác; thời hạn vẫn tính.' },
  YC_BO_SUNG: { tone: 'warn', sentence: 'Cần ông/bà bổ sung. Thời hạn theo luật tạm dừng cho đến khi ông/bà gửi.' },
  YC_TAI_CHINH: { tone: 'wait', sentence: 'Chờ ông/bà thực hiện nghĩa vụ tài chính. Thời hạn theo luật tạm dừng.' },
  CHO_TRINH_KY: { tone: 'info', sentence: 'Đã xem xét xong, đang trình người có thẩm quyền ký.' },
  CHO_BAN_HANH: { tone: 'info', sentence: 'Đã ký, đang vào số và đóng dấu.' },
  DA_CO_KET_QUA: { tone: 'good', sentence: 'Đã có kết quả. Ông/bà nhận được ngay bây giờ.' },
  DA_TRA: { tone: 'good', sentence: 'Đã trả kết quả. Hồ sơ kết thúc.' },
  DUNG_XU_LY: { tone: 'bad', sentence: 'Cơ quan dừng giải quyết; lý do ghi trong thông báo.' },
  RUT_HO_SO: { tone: 'plain', sentence: 'Ông/bà đã rút hồ sơ.' },
  TRA_LAI: { tone: 'bad', sentence: 'Cơ quan không giải quyết và đã trả hồ sơ; lý do ghi trong thông báo.' },
}
