// Gallery: one question of each type: empty, answered, wrong.

import type { OldPlace } from '#core/fields/index.ts'
import type { Catalogs, Question } from '#core/form/types.ts'
import type { FieldSource } from '../fields/props.ts'
import { FieldView, Form } from '../index.ts'
import { Shelf, Specimen } from './specimen.tsx'

const LISTS: Readonly<Record<string, readonly { code: string; name: string }[]>> = {
  dan_toc: [
    { code: '01', name: 'Kinh' },
    { code: '03', name: 'Thái' },
    { code: '06', name: 'Mường' },
    { code: '08', name: 'HMông' },
  ],
  tinh: [
    { code: '38', name: 'Thanh Hóa' },
    { code: '40', name: 'Nghệ An' },
  ],
  xa: [
    { code: '14797', name: 'Phường Hạc Thành' },
    { code: '14845', name: 'Xã Mường Lát' },
    { code: '14923', name: 'Xã Hồi Xuân' },
  ],
}
const NOW = [
  { code: '14797', name: 'Phường Hạc Thành', province: '38' },
  { code: '14845', name: 'Xã Mường Lát', province: '38' },
]
const SPLIT: OldPlace = { code: '14776', name: 'Phường Ba Đình', district: 'Thành phố Thanh Hóa', province: 'Tỉnh Thanh Hóa', to: NOW }
const catalogs: Catalogs = {
  oldPlaces: { get: (code) => (code === SPLIT.code ? SPLIT : null), find: (text) => (/ba đình/i.test(text) ? [SPLIT] : []) },
  list: (name) => LISTS[name] ?? [],
  name: (name, code) => LISTS[name]?.find((entry) => entry.code === code)?.name ?? null,
}

const FEW = [
  { value: 'father', label: 'Cha' },
  { value: 'mother', label: 'Mẹ' },
  { value: 'relative', label: 'Người thân khác, có giấy ủy quyền của cha hoặc mẹ được chứng thực' },
]
const MANY = ['Ô tô', 'Xe máy', 'Ti vi', 'Tủ lạnh', 'Máy giặt', 'Điều hòa', 'Trâu, bò', 'Máy cày'].map((label, i) => ({
  value: `v${i}`,
  label,
}))

/** A question of each type with an answer and a fault. */
export const SAMPLES: readonly (Question & { answer?: unknown; fault?: string; at?: string; source?: FieldSource })[] = [
  {
    key: 'full_name',
    type: 'text',
    label: 'Họ và tên của ông/bà',
    official: 'Họ, chữ đệm, tên người yêu cầu',
    example: 'Lê Thị Hạnh',
    required: true,
    prefill: 'identity.full_name',
    answer: 'Nguyễn Thị Ngọc Ẩn',
    source: { from: 'vneid' },
    fault: 'Ghi đủ họ, chữ đệm và tên như trên giấy tờ, ví dụ: Nguyễn Thị Hoa.',
  },
  {
    key: 'detail',
    type: 'longtext',
    label: 'Xin kể rõ việc gì đã xảy ra',
    required: true,
    maxLength: 1000,
    answer: 'Chồng tôi bị tai nạn từ tháng 3, nhà phải vay tiền chữa bệnh.',
    fault: 'Xin kể rõ hơn, ít nhất một câu.',
  },
  { key: 'area', type: 'number', label: 'Nhà rộng bao nhiêu mét vuông?', required: true, answer: 65.5, fault: 'Diện tích phải lớn hơn 0.' },
  {
    key: 'copies',
    type: 'integer',
    label: 'Cần thêm mấy bản sao?',
    help: 'Không cần thì ghi 0. Mỗi bản sao thu 8.000 đồng.',
    example: '2',
    answer: 2,
    fault: 'Số bản sao từ 0 đến 50.',
  },
  {
    key: 'income',
    type: 'money',
    label: 'Một tháng cả nhà thu được bao nhiêu?',
    required: true,
    help: 'Không có thì ghi 0.',
    answer: 12000000,
    fault: 'Số tiền không được nhỏ hơn 0.',
  },
  {
    key: 'birth_date',
    type: 'date',
    label: 'Cháu sinh ngày nào?',
    official: 'Ngày, tháng, năm sinh (dương lịch)',
    required: true,
    answer: '2026-11-21',
    fault: 'Ngày sinh của cháu không được sau ngày nộp hồ sơ.',
  },
  {
    key: 'old_birth',
    type: 'partial_date',
    label: 'Người mất sinh năm nào, ngày nào?',
    required: true,
    answer: '1948',
    fault: 'Ghi ít nhất năm sinh.',
  },
  { key: 'birth_year', type: 'year', label: 'Mẹ sinh năm nào?', required: true, answer: 1995, fault: 'Năm gồm 4 chữ số.' },
  {
    key: 'death_time',
    type: 'time',
    label: 'Mất lúc mấy giờ?',
    help: 'Không rõ giờ thì để trống.',
    answer: '04:30',
    fault: 'Giờ từ 00:00 đến 23:59.',
  },
  {
    key: 'phone_no',
    type: 'phone',
    label: 'Số điện thoại để báo tin',
    required: true,
    prefill: 'identity.phone',
    example: '0912345678',
    answer: '0912345678',
    source: { from: 'other', known: '0900100001' },
    fault: 'Số điện thoại gồm 10 chữ số và bắt đầu bằng số 0.',
  },
  {
    key: 'email',
    type: 'email',
    label: 'Thư điện tử (nếu có)',
    prefill: 'identity.email',
    answer: 'hanh.le@thu.example',
    fault: 'Thư điện tử có dạng ten@noi.vn.',
  },
  {
    key: 'pid',
    type: 'personal_id',
    label: 'Số định danh cá nhân',
    official: 'Số định danh cá nhân/Thẻ căn cước',
    required: true,
    help: 'Là 12 số trên thẻ căn cước.',
    answer: '038188001234',
    fault: 'Số định danh gồm đúng 12 chữ số.',
  },
  {
    key: 'bid',
    type: 'business_id',
    label: 'Mã số doanh nghiệp',
    required: true,
    answer: '2801234567',
    fault: 'Mã số gồm 10 hoặc 13 chữ số.',
  },
  {
    key: 'home',
    type: 'address',
    label: 'Ông/bà đang ở đâu?',
    official: 'Nơi cư trú',
    required: true,
    help: 'Ghi nơi thường trú; nếu không có thì ghi nơi tạm trú.',
    answer: { province: '38', commune: '14797', detail: 'Số 12 phố Bà Triệu' },
    fault: 'Chọn xã, phường.',
    at: 'commune',
  },
  {
    key: 'birth_place',
    type: 'address',
    label: 'Giấy khai sinh ghi sinh ở đâu?',
    help: 'Giấy cũ ghi tên xã, huyện cũ thì ghi đúng như thế ở phần dưới.',
    answer: { province: null, commune: null, detail: 'Thôn 3', old: { code: '14776', text: 'phường Ba Đình, thành phố Thanh Hóa', asOf: '1994-06-01' } },
    fault: 'Phường Ba Đình cũ nay chia về Phường Hạc Thành hoặc Xã Mường Lát; chọn nơi mình đang ở.',
    at: 'commune',
  },
  {
    key: 'relation',
    type: 'radio',
    label: 'Ông/bà là gì của cháu bé?',
    required: true,
    options: FEW,
    answer: 'mother',
    fault: 'Chọn một mục.',
  },
  {
    key: 'asset',
    type: 'select',
    label: 'Đồ đáng giá nhất trong nhà',
    required: true,
    options: MANY,
    answer: 'v2',
    fault: 'Chọn một mục.',
  },
  {
    key: 'assets',
    type: 'multiselect',
    label: 'Nhà có những đồ nào?',
    help: 'Không có thì bỏ trống.',
    options: MANY.slice(0, 4),
    answer: ['v0', 'v2'],
    fault: 'Chọn ít nhất một mục.',
  },
  {
    key: 'ethnicity',
    type: 'catalog',
    label: 'Cháu là người dân tộc nào?',
    catalog: 'dan_toc',
    required: true,
    answer: '06',
    fault: 'Chọn dân tộc.',
  },
  {
    key: 'declaration',
    type: 'checkbox',
    label: 'Tôi cam đoan những điều khai trên là đúng sự thật',
    official: 'Cam đoan',
    required: true,
    answer: true,
    fault: 'Đánh dấu vào ô cam đoan thì mới nộp được hồ sơ.',
  },
  {
    key: 'passport',
    type: 'id_document',
    label: 'Hộ chiếu',
    help: 'Hộ chiếu phải còn thời hạn sử dụng.',
    answer: { kind: 'ho_chieu', number: 'M12345678', issuedOn: '2022-03-01', issuedBy: 'Hàn Quốc' },
    fault: 'Ghi số giấy tờ.',
    at: 'number',
  },
  {
    key: 'caregiver',
    type: 'person',
    label: 'Người nhận chăm sóc là ai?',
    required: true,
    answer: { full_name: 'Đỗ Thị Thơm', birth_date: '1961-12-30', personal_id: '038161004433', phone: '0912345678' },
    fault: 'Số định danh gồm đúng 12 chữ số.',
    at: 'personal_id',
  },
  {
    key: 'photo',
    type: 'file',
    label: 'Ảnh chân dung nền xanh',
    required: true,
    help: 'Ảnh mới chụp trong 6 tháng, nhìn thẳng, không đeo kính râm.',
    answer: 'anh-chan-dung.jpg',
    fault: 'Gửi ảnh rõ mặt hơn.',
  },
  {
    key: 'members',
    type: 'table',
    label: 'Trong nhà có những ai?',
    required: true,
    help: 'Ghi mọi người cùng ăn ở, kể cả chủ hộ.',
    columns: [
      { key: 'full_name', label: 'Họ và tên', type: 'text', required: true, maxLength: 100 },
      { key: 'birth_date', label: 'Ngày sinh', type: 'date', required: true },
      { key: 'relationship', label: 'Là gì của chủ hộ?', type: 'select', required: true, options: FEW },
    ],
    answer: [
      { full_name: 'Lê Văn Thắng', birth_date: '1990-05-02', relationship: 'father' },
      { full_name: 'Nguyễn Thị Ước', birth_date: '1992-08-19', relationship: 'mother' },
    ],
    fault: 'Ghi họ và tên.',
    at: '0.full_name',
  },
  { key: 'per_person', type: 'computed', label: 'Bình quân mỗi người một tháng', answer: 3000000 },
  {
    key: 'note',
    type: 'statement',
    label: 'Ngành nghề có điều kiện',
    help: 'Một số ngành như bán thuốc, karaoke, gas, lưu trú phải đủ điều kiện riêng.',
  },
]

function Example({ sample, state }: { sample: (typeof SAMPLES)[number]; state: 'empty' | 'full' | 'wrong' }) {
  const { answer, fault, at, source, ...question } = sample
  const name = `${state}_${question.key}`
  const errors = state === 'wrong' && fault ? [{ key: name, path: at ? `${name}.${at}` : name, message: fault }] : []
  return <FieldView question={question} name={name} value={state === 'empty' ? undefined : answer} errors={errors} catalogs={catalogs} source={state === 'full' ? source : undefined} />
}

export function FieldsGallery() {
  return (
    <Shelf id="fields" title="Ô nhập theo loại câu hỏi">
      {(['empty', 'full', 'wrong'] as const).map((state) => (
        <Specimen name={{ empty: 'Chưa ghi', full: 'Đã ghi', wrong: 'Có lỗi' }[state]}>
          <Form action="#" label={`Ô nhập: ${state}`}>
            <div class="questions">
              {SAMPLES.map((sample) => (
                <Example sample={sample} state={state} />
              ))}
            </div>
          </Form>
        </Specimen>
      ))}
    </Shelf>
  )
}
