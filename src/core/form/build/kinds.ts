// Every kind of question as an official chooses it: what it is for in plain words, an example, and what may be set for it.

import type { Question, QuestionType } from '../types.ts'

/** What the editor shows for a kind of question beside label, help and conditions. */
export type Setting = 'example' | 'required' | 'options' | 'catalog' | 'numbers' | 'days' | 'times' | 'count' | 'length' | 'pattern' | 'value' | 'columns' | 'check' | 'prefill'

export interface Kind {
  readonly type: QuestionType
  readonly name: string
  readonly about: string
  readonly example: string
  readonly group: 'words' | 'choices' | 'numbers' | 'people' | 'more'
  readonly settings: readonly Setting[]
}

export const KIND_GROUPS: Readonly<Record<Kind['group'], string>> = {
  words: 'Ghi bằng chữ', choices: 'Chọn', numbers: 'Con số và ngày giờ', people: 'Người, nơi ở, giấy tờ', more: 'Bảng, tệp, tính sẵn',
}

const ASK: readonly Setting[] = ['required', 'prefill', 'check']
const kind = (group: Kind['group'], type: QuestionType, name: string, about: string, example: string, settings: readonly Setting[] = ASK): Kind => ({ group, type, name, about, example, settings })

export const KINDS: readonly Kind[] = [
  kind('words', 'text', 'Một dòng chữ', 'Tên, số hiệu, nội dung ngắn.', 'Lê Minh Ánh', ['example', 'length', 'pattern', ...ASK]),
  kind('words', 'longtext', 'Nhiều dòng chữ', 'Lý do, mô tả, nội dung đề nghị.', 'Nhà bị dột sau bão số 5, cần sửa mái…', ['example', 'length', ...ASK]),
  kind('words', 'email', 'Thư điện tử', 'Tự kiểm tra đúng dạng địa chỉ thư.', 'huong.nguyen@thu.example', ['example', ...ASK]),
  kind('words', 'phone', 'Số điện thoại', 'Số Việt Nam, viết cách nào cũng nhận.', '0912 345 678', ['example', ...ASK]),
  kind('choices', 'radio', 'Chọn một, bày hết ra', 'Tốt nhất khi có từ 2 đến 6 lựa chọn.', '( ) Có   ( ) Không', ['options', ...ASK]),
  kind('choices', 'select', 'Chọn một trong danh sách thả xuống', 'Khi có nhiều lựa chọn.', 'Cửa hàng trưởng ▾', ['options', ...ASK]),
  kind('choices', 'multiselect', 'Chọn nhiều', 'Đánh dấu được nhiều ô.', '[x] Xe khách  [x] Xe tải', ['options', 'count', ...ASK]),
  kind('choices', 'checkbox', 'Ô đánh dấu', 'Cam đoan, đồng ý, xác nhận một điều.', '[x] Tôi cam đoan những điều khai là đúng', ['required', 'check']),
  kind('choices', 'catalog', 'Chọn từ danh mục nhà nước', 'Dân tộc, quốc tịch, tôn giáo…: danh mục do hệ thống giữ, luôn mới.', 'Kinh', ['catalog', ...ASK]),
  kind('numbers', 'integer', 'Số nguyên', 'Số bản, số người, số tháng.', '3', ['example', 'numbers', ...ASK]),
  kind('numbers', 'number', 'Số có phần lẻ', 'Diện tích, chiều cao, khối lượng.', '125,5', ['example', 'numbers', ...ASK]),
  kind('numbers', 'money', 'Số tiền', 'Đồng, không có phần lẻ.', '1.500.000', ['example', 'numbers', ...ASK]),
  kind('numbers', 'date', 'Ngày', 'Ngày có thật, viết ngày trước tháng sau.', '21/11/2026', ['days', ...ASK]),
  kind('numbers', 'partial_date', 'Ngày, có thể chỉ nhớ năm', 'Cho giấy tờ cũ chỉ ghi tháng hoặc năm.', '1965 hoặc 8/1965', ASK),
  kind('numbers', 'year', 'Năm', 'Năm sinh của cha, mẹ; năm sản xuất.', '1990', ['numbers', ...ASK]),
  kind('numbers', 'time', 'Giờ', 'Giờ và phút trong ngày.', '07:30', ['times', ...ASK]),
  kind('people', 'person', 'Một người', 'Họ tên, ngày sinh, số định danh của một người khác.', 'Trần Văn Nam, sinh 02/3/1988…', ASK),
  kind('people', 'personal_id', 'Số định danh cá nhân', 'Tự kiểm tra 12 số, mã tỉnh, năm sinh.', '038 090 001 234', ['example', ...ASK]),
  kind('people', 'id_document', 'Giấy tờ tùy thân', 'Loại giấy, số, ngày cấp, nơi cấp.', 'Căn cước, cấp 05/6/2022', ASK),
  kind('people', 'address', 'Địa chỉ', 'Tỉnh, xã phường, số nhà; biết cả tên xã trước 01/7/2025.', 'Số 12, phường Hạc Thành', ASK),
  kind('people', 'business_id', 'Mã số doanh nghiệp, mã số thuế', 'Tự kiểm tra chữ số kiểm tra.', '2800123456', ['example', ...ASK]),
  kind('more', 'table', 'Bảng nhiều dòng', 'Danh sách người, giấy tờ, phương tiện: thêm bao nhiêu dòng cũng được.', 'Mỗi dòng: họ tên, quan hệ', ['columns', 'count', 'required', 'check']),
  kind('more', 'file', 'Tệp trả lời', 'Ảnh hoặc bản vẽ thay cho câu trả lời. Giấy tờ phải nộp thì khai ở phần Giấy tờ.', 'ảnh hiện trạng nhà', ['required']),
  kind('more', 'computed', 'Tính sẵn', 'Hệ thống tự tính từ câu khác, người dân chỉ đọc.', 'Tổng số trang: 12', ['value']),
  kind('more', 'statement', 'Lời dẫn', 'Chỉ để đọc, không phải trả lời.', 'Các câu sau hỏi về người mất.', []),
]

const BY_TYPE = new Map(KINDS.map((one) => [one.type as string, one]))

/** Null for what a record from elsewhere calls a type and we do not know. */
export const kindOf = (type: string): Kind | null => BY_TYPE.get(type) ?? null

/** Kinds that a column of a table may have. */
export const COLUMN_KINDS: readonly Kind[] = KINDS.filter(({ type }) => !['table', 'computed', 'statement', 'file', 'person', 'id_document'].includes(type))

const PROPERTY: Readonly<Partial<Record<Setting, readonly (keyof Question)[]>>> = {
  example: ['example'], required: ['required', 'requiredWhen'], options: ['options'], catalog: ['catalog'], numbers: ['min', 'max'], days: ['min', 'max'], times: ['min', 'max'], count: ['min', 'max'],
  length: ['maxLength'], pattern: ['pattern'], value: ['value'], columns: ['columns'], check: ['check'], prefill: ['prefill'],
}
const SETTABLE: readonly (keyof Question)[] = [...new Set(Object.values(PROPERTY).flat())]

/** The question as another kind: what the new kind has no use for is left out, all else stays. */
export function asKind(question: Question, type: QuestionType): Question {
  const settings = kindOf(type)?.settings ?? []
  const keeps = new Set(settings.flatMap((one) => PROPERTY[one] ?? []))
  const bounds = (one: string | undefined) => kindOf(one ?? '')?.settings.find((setting) => ['numbers', 'days', 'times', 'count'].includes(setting))
  const sameBounds = bounds(question.type) === bounds(type)
  const rest = Object.fromEntries(Object.entries(question).filter(([name]) => !SETTABLE.includes(name as keyof Question) || (keeps.has(name as keyof Question) && (sameBounds || (name !== 'min' && name !== 'max')))))
  const grown: Question = { ...(rest as unknown as Question), type }
  if (settings.includes('options') && !grown.options?.length) return { ...grown, options: [{ value: 'co', label: 'Có' }, { value: 'khong', label: 'Không' }] }
  if (type === 'table' && !grown.columns?.length) return { ...grown, columns: [{ key: 'ho_ten', label: 'Họ và tên', type: 'text', required: true }] }
  if (type === 'computed' && !grown.value) return { ...grown, value: '0' }
  return grown
}
