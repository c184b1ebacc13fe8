// A record of the same format that is not among the given ones: copies out of the civil register. The law behind it is real, its details are invented.

const question = (key: string, label: string, type: string, more: object = {}) => ({ key, label, type, required: true, ...more })
const yesNo = [{ value: 'yes', label: 'Có' }, { value: 'no', label: 'Không' }]

const form = {
  title: 'Tờ khai cấp bản sao trích lục hộ tịch',
  sections: [
    {
      key: 'applicant', title: 'Người yêu cầu', questions: [
        question('applicant_full_name', 'Họ và tên của ông/bà', 'text', { prefill: 'identity.full_name', maxLength: 100 }),
        question('applicant_personal_id', 'Số định danh cá nhân', 'personal_id', { prefill: 'identity.personal_id', sensitive: 'co_ban' }),
        question('applicant_phone', 'Số điện thoại để báo tin', 'phone', { prefill: 'identity.phone' }),
        question('relation', 'Ông/bà xin bản sao cho ai?', 'radio', { options: [{ value: 'self', label: 'Cho chính mình' }, { value: 'other', label: 'Cho người khác' }] }),
        question('subject', 'Người có tên trong sổ hộ tịch', 'person', { visibleWhen: 'form.relation = "other"' }),
        question('subject_paper', 'Giấy tờ của người đó', 'id_document', { required: false, visibleWhen: 'form.relation = "other"' }),
      ],
    },
    {
      key: 'review', title: 'Việc đã đăng ký', intro: 'Không nhớ chính xác ngày thì ghi tháng, năm hoặc chỉ năm.', questions: [
        question('registered_at', 'Nơi đã đăng ký', 'address'),
        question('registered_on', 'Đăng ký khi nào', 'partial_date', { help: 'Chỉ nhớ năm cũng được.' }),
        question('copies_list', 'Những bản sao cần cấp', 'table', {
          min: 1, check: 'every row in value satisfies row.copies <= 20', error: 'Mỗi loại xin tối đa 20 bản.',
          columns: [
            question('kind', 'Loại', 'select', { options: [{ value: 'khai_sinh', label: 'Khai sinh' }, { value: 'ket_hon', label: 'Kết hôn' }, { value: 'khai_tu', label: 'Khai tử' }] }),
            question('book_no', 'Số trong sổ (nếu nhớ)', 'text', { required: false }),
            question('copies', 'Số bản', 'integer', { min: 1 }),
          ],
        }),
        question('total', 'Tổng số bản', 'computed', { required: false, value: 'if form.copies_list = null then 0 else sum(for row in form.copies_list return row.copies)' }),
      ],
    },
    {
      key: 'use', title: 'Dùng vào việc gì, nhận ở đâu', questions: [
        question('abroad', 'Bản sao có dùng ở nước ngoài không?', 'radio', { options: yesNo }),
        question('country', 'Nước sẽ dùng', 'catalog', { catalog: 'quoc_tich', visibleWhen: 'form.abroad = "yes"' }),
        question('priority', 'Ông/bà có thuộc diện miễn lệ phí không?', 'radio', { options: yesNo, help: 'Người có công, hộ nghèo, người khuyết tật.' }),
        question('delivery', 'Nhận kết quả', 'radio', { options: [{ value: 'counter', label: 'Tại nơi nộp' }, { value: 'post', label: 'Qua bưu điện' }] }),
        question('post_address', 'Gửi đến', 'address', { visibleWhen: 'form.delivery = "post"' }),
        question('needed_on', 'Cần trước ngày', 'date', { required: false, check: 'date(value) > date(receivedOn)', error: 'Ngày cần phải sau hôm nay.' }),
        question('commitment', 'Tôi cam đoan những điều khai trên là đúng', 'checkbox', { check: 'value = true', error: 'Đánh dấu vào ô cam đoan để tiếp tục.' }),
      ],
    },
  ],
}

const outcome = (key: string, label: string, next: string | string[], more: object = {}) => ({ key, label, next, ...more })
const step = (id: string, name: string, role: string, hours: number, outcomes: object[], more: object = {}) => ({ id, name, role, hours, outcomes, ...more })

const steps = [
  step('tiep_nhan', 'Tiếp nhận tờ khai', 'mot_cua', 2, [
    outcome('nhan', 'Nhận hồ sơ, hẹn ngày trả', ['tra_so', 'doi_chieu'], { effect: 'accept' }),
    outcome('thieu', 'Còn thiếu, hướng dẫn hoàn thiện', 'cho_hoan_thien', { effect: 'request_supplement' }),
    outcome('khong_nhan', 'Từ chối tiếp nhận', 'end', { effect: 'refuse' }),
  ], { unit: 'noi_nop', status: 1 }),
  step('cho_hoan_thien', 'Người nộp hoàn thiện hồ sơ', 'cong_dan', 0, [
    outcome('xong', 'Đã hoàn thiện', 'tiep_nhan'), outcome('bo', 'Quá hạn, khép hồ sơ', 'end', { effect: 'refuse' }),
  ], { unit: 'noi_nop', clock: 'stops', status: 5 }),
  step('tra_so', 'Tra sổ hộ tịch nơi đã đăng ký', 'chuyen_vien', 6, [
    outcome('co', 'Có trong sổ', 'soan', { joins: true }), outcome('khong', 'Không tìm thấy', 'soan', { joins: true }),
  ], { unit: 'if form.registered_at.province = "38" then form.registered_at.commune else null', status: 4 }),
  step('doi_chieu', 'Đối chiếu dữ liệu dân cư', 'chuyen_vien', 4, [outcome('khop', 'Khớp dữ liệu dân cư', 'soan', { joins: true })], { unit: 'cong_an_xa', status: 4 }),
  step('soan', 'Soạn bản sao trích lục', 'chuyen_vien', 4, [
    outcome('trinh', 'Trình ký', 'ky', { effect: 'approve' }), outcome('khong_co', 'Không có căn cứ cấp', 'ky_thong_bao'),
  ], { status: 4 }),
  step('ky', 'Ký bản sao', 'lanh_dao_don_vi', 4, [outcome('ky', 'Ký', 'dong_dau', { effect: 'sign' }), outcome('tra_lai', 'Trả lại', 'soan')], { status: 8 }),
  step('dong_dau', 'Vào sổ, đóng dấu', 'van_thu', 2, [outcome('cap_so', 'Cấp số, đóng dấu', 'chuyen', { effect: 'number' })], { status: 8 }),
  step('chuyen', 'Chuyển kết quả về nơi nộp', 'chuyen_vien', 2, [outcome('da_chuyen', 'Đã chuyển', 'tra', { effect: 'finish' })], { status: 9 }),
  step('tra', 'Trả bản sao', 'mot_cua', 0, [outcome('da_tra', 'Đã trả', 'end', { effect: 'return' })], { unit: 'noi_nop', clock: 'stops', status: 10 }),
  step('ky_thong_bao', 'Ký thông báo không cấp được', 'lanh_dao_don_vi', 4, [outcome('ky', 'Ký thông báo', 'tra_thong_bao', { effect: 'reject' })], { status: 8 }),
  step('tra_thong_bao', 'Trả thông báo', 'mot_cua', 0, [outcome('da_tra', 'Đã trả thông báo', 'end', { effect: 'return_unresolved' })], { unit: 'noi_nop', clock: 'stops', status: 10 }),
]

const people = { applicant_full_name: 'Nguyễn Thị Quỳnh Hương', applicant_personal_id: '038194900001', applicant_phone: '0900100001' }
const cases = [
  {
    title: 'Xin cho mẹ, hai loại bốn bản, dùng ở nước ngoài, gửi bưu điện', channel: 'truc_tuyen', receivedAt: '2026-11-19T09:00:00+07:00',
    form: {
      ...people, relation: 'other', subject: { full_name: 'Lê Thị Ngọ', birth_date: '1966-03-05', personal_id: '038166000777' },
      subject_paper: { kind: 'cccd', number: '038166000777', issuedOn: '2021-05-04', issuedBy: 'Cục Cảnh sát QLHC về TTXH' },
      registered_at: { province: '38', commune: '16531', detail: 'Thôn 3' }, registered_on: '1988-06',
      copies_list: [{ kind: 'khai_sinh', book_no: '12/1988', copies: 3 }, { kind: 'ket_hon', copies: 1 }],
      abroad: 'yes', country: 'JP', priority: 'no', delivery: 'post', post_address: { province: '01', commune: '00004', detail: 'Số 5 phố Hàng Than' },
      needed_on: '2026-12-20', commitment: true,
    },
    expect: { valid: true, errors: [], requiredParts: ['giay_uy_quyen'], fee: 36_000, dueOn: '2026-11-23', route: ['tiep_nhan', 'tra_so', 'doi_chieu', 'soan', 'ky', 'dong_dau', 'chuyen', 'tra'] },
  },
  {
    title: 'Xin cho mình tại quầy, hộ nghèo được miễn', channel: 'truc_tiep', receivedAt: '2026-11-19T09:00:00+07:00',
    form: {
      ...people, relation: 'self', registered_at: { province: '38', commune: '14797' }, registered_on: '1994', copies_list: [{ kind: 'khai_sinh', copies: 2 }],
      abroad: 'no', priority: 'yes', delivery: 'counter', commitment: true,
    },
    expect: { valid: true, errors: [], requiredParts: [], fee: 0, dueOn: '2026-11-23' },
  },
]

export const anotherRecord = {
  format: 'tinhso.procedure/1', code: '2.000635', name: 'Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh',
  summary: 'Dành cho người cần bản sao giấy khai sinh, kết hôn, khai tử đã đăng ký trước đây. Kết quả là bản sao có giá trị như bản chính.',
  keywords: ['bản sao khai sinh', 'trích lục', 'sao lục'], field: { code: 'G01-HT', name: 'Hộ tịch' }, ministry: { code: 'G15', name: 'Bộ Tư pháp' },
  levels: ['xa'], targets: ['cong_dan'], decision: { no: '01/QĐ-TN', kind: 'ban_hanh_moi', on: '2026-01-02' }, effectiveFrom: '2026-01-05', effectiveTo: null,
  legalBasis: [{ no: '60/2014/QH13', name: 'Luật Hộ tịch', articles: 'Điều 63' }], online: { level: 'toan_trinh' }, term: { value: 2, unit: 'ngay_lam_viec' },
  channels: [{ channel: 'truc_tuyen' }, { channel: 'truc_tiep' }, { channel: 'bcci' }], competence: { level: 'xa', by: 'form.registered_at.commune' },
  conditions: [{ text: 'Việc hộ tịch đã được đăng ký trong tỉnh.', check: 'form.registered_at.province = "38"' }, { text: 'Sổ hộ tịch còn lưu giữ.' }],
  form,
  parts: [
    { id: 'giay_uy_quyen', name: 'Giấy ủy quyền hoặc giấy tờ chứng minh quan hệ', required: false, requiredWhen: 'form.relation = "other"', copies: 1 },
    { id: 'giay_tuy_than', name: 'Giấy tờ tùy thân', present: 'xuat_trinh' },
    { id: 'ban_cu', name: 'Bản sao đã được cấp trước đây', required: false, copies: 1 },
  ],
  fees: [
    { code: 'LP-BS', name: 'Lệ phí cấp bản sao', kind: 'le_phi', formula: '8000 * form.total', whenText: 'Mỗi bản', collectAt: 'tiep_nhan', sure: 'memory' },
    { code: 'PHI-DN', name: 'Phí đối chiếu để dùng ở nước ngoài', kind: 'phi', amount: 4000, when: 'form.abroad = "yes"', collectAt: 'tra_ket_qua', sure: 'memory' },
  ],
  exemptions: [{ text: 'Người có công, hộ nghèo, người khuyết tật được miễn lệ phí.', when: 'form.priority = "yes"', percent: 100, fees: ['LP-BS'] }],
  steps,
  results: [{
    name: 'Bản sao Trích lục hộ tịch', fields: [{ label: 'Người yêu cầu', value: 'form.applicant_full_name' }, { label: 'Tổng số bản', value: 'form.total' }],
  }],
  reasons: {
    refusal: [{ code: 'ngoai_tinh', text: 'Việc hộ tịch không đăng ký trong tỉnh này; xin nộp ở tỉnh đã đăng ký.', clause: 'Điều 63 Luật Hộ tịch' }],
    supplement: [{ code: 'thieu_uy_quyen', text: 'Thiếu giấy ủy quyền hoặc giấy tờ chứng minh quan hệ.', clause: 'Điều 2 Thông tư 04/2020/TT-BTP' }],
  },
  cases,
}

/** The same, changed as records are: one more question, another fee. */
export function changedRecord(): typeof anotherRecord {
  const changed = structuredClone(anotherRecord)
  changed.form.sections[2]!.questions.unshift(question('purpose', 'Dùng vào việc gì', 'longtext', { maxLength: 500 }) as never)
  changed.fees[0]!.formula = '10000 * form.total'
  for (const [i, fee] of [44_000, 0].entries()) {
    Object.assign(changed.cases[i]!.form, { purpose: 'Bổ sung hồ sơ' })
    changed.cases[i]!.expect.fee = fee
  }
  return changed
}
