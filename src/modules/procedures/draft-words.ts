// The places and values of a record in the words of a clerk: for choices between two texts, for differences, for what is still wrong.

import { KINDS } from '#core/form/build/index.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { formatVnd } from '#core/money/index.ts'
import { channelLabels, collectAtLabels, decisionKindLabels, feeKindLabels, levelLabels, onlineLevelLabels, registerLabels, roleLabels, targetLabels } from './labels.ts'
import { isObject, type Json } from './merge.ts'

/** Name of a key of the record, as an official says it. */
const KEYS: Readonly<Record<string, string>> = {
  name: 'Tên', summary: 'Tóm tắt', keywords: 'Từ khóa', field: 'Lĩnh vực', ministry: 'Bộ, ngành quản lý', levels: 'Cấp thực hiện', targets: 'Đối tượng thực hiện', online: 'Mức độ trực tuyến',
  term: 'Thời hạn giải quyết', channels: 'Cách thức nộp', channel: 'Kênh nộp', competence: 'Thẩm quyền', conditions: 'Yêu cầu, điều kiện', extension: 'Kéo dài thời hạn', results: 'Kết quả', legalBasis: 'Căn cứ pháp lý',
  notes: 'Ghi chú', sources: 'Nguồn', steps: 'Các bước', bpmn: 'Hình vẽ quy trình', form: 'Tờ khai', sections: 'Mục của tờ khai', questions: 'Câu hỏi', columns: 'Cột', options: 'Lựa chọn', parts: 'Giấy tờ',
  partCases: 'Trường hợp hồ sơ', fees: 'Phí, lệ phí', exemptions: 'Miễn, giảm', feeDmn: 'Bảng quyết định phí', texts: 'Lời văn', prints: 'Mẫu in', notices: 'Tin nhắn', reasons: 'Lý do',
  refusal: 'Lý do từ chối', supplement: 'Lý do yêu cầu bổ sung', unresolved: 'Lý do không giải quyết', cases: 'Ca mẫu', decision: 'Quyết định công bố', effectiveFrom: 'Có hiệu lực từ', effectiveTo: 'Hết hiệu lực',
  no: 'Số, ký hiệu', on: 'Ngày', kind: 'Loại', replacedBy: 'Thủ tục thay thế', articles: 'Điều, khoản', level: 'Mức', legacyLevel: 'Mức độ cũ (1–4)', note: 'Ghi chú', value: 'Giá trị', unit: 'Đơn vị', mode: 'Cách tính',
  cutoff: 'Giờ chốt nhận', department: 'Cơ quan chuyên môn', by: 'Nơi giải quyết', text: 'Nội dung', clause: 'Điều khoản', check: 'Điều kiện kiểm tra', applies: 'Lúc áp dụng', adds: 'Cộng thêm vào thời hạn',
  when: 'Khi nào', whenText: 'Khi nào (bằng lời)', code: 'Mã', validity: 'Thời hạn của kết quả', documentType: 'Loại giấy tờ', fields: 'Mục ghi trên kết quả', label: 'Nhãn', title: 'Tiêu đề', formNo: 'Mẫu số', key: 'Mã',
  intro: 'Lời dẫn', official: 'Câu chữ của mẫu', help: 'Giải thích', example: 'Ví dụ', type: 'Loại câu hỏi', required: 'Bắt buộc', visibleWhen: 'Chỉ hiện khi', requiredWhen: 'Chỉ bắt buộc khi', min: 'Nhỏ nhất', max: 'Lớn nhất',
  maxLength: 'Số ký tự', pattern: 'Khuôn mẫu', error: 'Câu báo lỗi', catalog: 'Danh mục', prefill: 'Điền sẵn từ', sensitive: 'Mức nhạy cảm', present: 'Nộp hay xuất trình', originals: 'Số bản chính', copies: 'Số bản sao',
  certified: 'Số bản sao chứng thực', reuse: 'Dữ liệu đã có', register: 'Cơ sở dữ liệu', vault: 'Kho dữ liệu cá nhân', legal: 'Căn cứ', blank: 'Mẫu để tải', amount: 'Mức thu', formula: 'Công thức', collectAt: 'Lúc thu',
  rates: 'Các dòng mức thu', per: 'Tính theo số lượng', count: 'Đếm theo câu', word: 'Đơn vị đếm', beyond: 'Không thu số đầu tiên', most: 'Nhiều nhất (đồng)', from: 'Từ ngày',
  channelAmounts: 'Mức theo kênh', until: 'Đến hết ngày', sure: 'Độ tin cậy', percent: 'Giảm (%)', id: 'Mã', role: 'Ai làm', hours: 'Số giờ làm việc', clock: 'Đồng hồ', silence: 'Quá hạn không trả lời', outcome: 'Kết quả',
  status: 'Trạng thái', does: 'Việc phải làm', call: 'Gọi quy trình khác', process: 'Quy trình dùng chung', procedure: 'Thủ tục được gọi', outcomes: 'Kết quả của bước', next: 'Đi tiếp tới', joins: 'Chờ các nhánh khác', effect: 'Tác dụng',
  applicant: 'Người nộp', receivedAt: 'Nhận lúc', expect: 'Phải ra', valid: 'Tờ khai hợp lệ', errors: 'Câu bị lỗi', requiredParts: 'Giấy tờ phải nộp', fee: 'Tổng phí, lệ phí', dueOn: 'Ngày hẹn trả', route: 'Các bước đi qua',
  template: 'Mẫu in', source: 'Nội dung mẫu', sms: 'Tin nhắn điện thoại', inapp: 'Tin trên cổng', email: 'Thư điện tử', body: 'Nội dung', file: 'Tệp', '#order': 'Thứ tự',
}

const CODES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  role: roleLabels, channel: channelLabels, levels: levelLabels, targets: targetLabels, collectAt: collectAtLabels, register: registerLabels, 'decision.kind': decisionKindLabels, kind: { ...feeKindLabels, ...decisionKindLabels },
  level: { ...onlineLevelLabels, tinh: 'Cấp tỉnh', xa: 'Cấp xã', huyen: 'Cấp huyện' }, unit: { ngay_lam_viec: 'ngày làm việc', ngay: 'ngày', gio_lam_viec: 'giờ làm việc', thang: 'tháng' },
  clock: { runs: 'Đang chạy', stops: 'Tạm dừng' }, by: { noi_nop: 'Nơi nộp hồ sơ', tinh: 'Cấp tỉnh' }, present: { nop: 'Nộp', xuat_trinh: 'Xuất trình' }, next: { end: 'Kết thúc' }, applies: { at_filing: 'Biết ngay khi nộp', by_decision: 'Theo quyết định khi đang giải quyết' },
  effect: {
    accept: 'Tiếp nhận hồ sơ', refuse: 'Từ chối tiếp nhận', request_supplement: 'Yêu cầu bổ sung', suspend_financial: 'Chờ nghĩa vụ tài chính', approve: 'Duyệt', reject: 'Từ chối giải quyết', sign: 'Ký', number: 'Cấp số', finish: 'Hoàn thành',
    return: 'Trả kết quả', return_unresolved: 'Trả hồ sơ không giải quyết',
  },
  mode: { legal: 'Theo luật', hours: 'Theo giờ làm việc', same_day: 'Trong ngày' }, type: Object.fromEntries(KINDS.map((kind) => [kind.type, kind.name])), sure: { found: 'Có nguồn', memory: 'Chưa đối chiếu' },
}

export const effectLabels: Readonly<Record<string, string>> = CODES.effect!

/** A code of the format as it is called under this key; itself when it is none. */
export const codeWord = (key: string, code: string): string => CODES[key]?.[code] ?? code

export const keyWord = (key: string): string => KEYS[key] ?? key

/** A path of the merge (keys, and things by their own key) in words: `["legalBasis", "NĐ 118/2025", "articles"]` → Căn cứ pháp lý › NĐ 118/2025 › Điều, khoản. */
export function sayPath(path: readonly string[]): string {
  let list: string | null = null
  return path.map((step) => {
    const word = list !== null && step !== '#order' ? named(step, list) : keyWord(step)
    list = list === null && LISTS.has(step) ? step : null
    return word
  }).join(' › ')
}

const LISTS = new Set(['keywords', 'levels', 'targets', 'channels', 'conditions', 'results', 'legalBasis', 'sources', 'steps', 'outcomes', 'sections', 'questions', 'columns', 'options', 'parts', 'partCases', 'fees', 'exemptions', 'refusal', 'supplement', 'unresolved', 'cases', 'prints', 'notices', 'fields', 'does'])

const named = (step: string, list: string): string => `“${CODES[SINGULAR[list] ?? list]?.[step] ?? step}”`
const SINGULAR: Readonly<Record<string, string>> = { channels: 'channel' }

/** A value in words; long ones are cut. `undefined` is: not there. */
export function sayValue(value: Json | undefined, path: readonly string[] = []): string {
  const key = path.at(-1) ?? ''
  if (value === undefined || value === null || value === '') return '(để trống)'
  if (typeof value === 'boolean') return value ? 'Có' : 'Không'
  if (typeof value === 'number') return ['amount', 'fee'].includes(key) ? formatVnd(value) : value.toLocaleString('vi-VN')
  if (typeof value === 'string') return cut(sayText(value, path))
  if (Array.isArray(value)) {
    const list = value as readonly Json[]
    return list.length === 0 ? '(không có)' : cut(list.map((one) => (isObject(one) ? nameOf(one) : sayValue(one, path))).join(key === 'steps' ? ' → ' : ', '))
  }
  if (isObject(value)) return cut(isTerm(value) ? sayTerm(value) : Object.entries(value).map(([name, one]) => `${keyWord(name)}: ${sayValue(one, [name])}`).join('; '))
  return String(value)
}

const isTerm = (value: { readonly [key: string]: Json }): boolean => typeof value.value === 'number' && typeof value.unit === 'string'
const sayTerm = (term: { readonly [key: string]: Json }): string =>
  [`${sayValue(term.value)} ${CODES.unit![String(term.unit)] ?? String(term.unit)}`, typeof term.cutoff === 'string' ? `chốt nhận ${term.cutoff}` : '', term.mode !== 'same_day' ? '' : term.value === 1 ? 'trả trong ngày' : 'kể cả ngày nộp'].filter(Boolean).join(', ')

/** By what a thing of a list is spoken of. */
export const nameOf = (thing: { readonly [key: string]: Json }): string =>
  String(thing.name ?? thing.label ?? thing.title ?? thing.text ?? (thing.channel === undefined ? undefined : channelLabels[thing.channel as keyof typeof channelLabels]) ?? thing.no ?? thing.key ?? thing.id ?? thing.code ?? JSON.stringify(thing))

function sayText(text: string, path: readonly string[]): string {
  const key = path.at(-1) ?? ''
  const list = path.at(-2) ?? ''
  const word = CODES[key]?.[text] ?? CODES[list]?.[text]
  if (word) return word
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return formatDate(text)
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return formatDateTime(new Date(text))
  return text
}

const cut = (text: string): string => (text.length > 400 ? `${text.slice(0, 397)}…` : text)
