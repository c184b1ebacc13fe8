// The form of the record that is not among the given ones: conditions, a table, a computed figure, every kind of composed answer.

export const question = (key: string, label: string, type: string, more: object = {}) => ({ key, label, type, required: true, ...more })
const yesNo = [
  { value: 'yes', label: 'Có' },
  { value: 'no', label: 'Không' },
]

export const form = {
  title: 'Tờ khai cấp bản sao trích lục hộ tịch',
  sections: [
    {
      key: 'applicant',
      title: 'Người yêu cầu',
      questions: [
        question('applicant_full_name', 'Họ và tên của ông/bà', 'text', { prefill: 'identity.full_name', maxLength: 100 }),
        question('applicant_personal_id', 'Số định danh cá nhân', 'personal_id', { prefill: 'identity.personal_id', sensitive: 'co_ban' }),
        question('applicant_phone', 'Số điện thoại để báo tin', 'phone', { prefill: 'identity.phone' }),
        question('relation', 'Ông/bà xin bản sao cho ai?', 'radio', {
          options: [
            { value: 'self', label: 'Cho chính mình' },
            { value: 'other', label: 'Cho người khác' },
          ],
        }),
        question('subject', 'Người có tên trong sổ hộ tịch', 'person', { visibleWhen: 'form.relation = "other"' }),
        question('subject_paper', 'Giấy tờ của người đó', 'id_document', { required: false, visibleWhen: 'form.relation = "other"' }),
      ],
    },
    {
      key: 'review',
      title: 'Việc đã đăng ký',
      intro: 'Không nhớ chính xác ngày thì ghi tháng, năm hoặc chỉ năm.',
      questions: [
        question('registered_at', 'Nơi đã đăng ký', 'address'),
        question('registered_on', 'Đăng ký khi nào', 'partial_date', { help: 'Chỉ nhớ năm cũng được.' }),
        question('copies_list', 'Những bản sao cần cấp', 'table', {
          min: 1,
          check: 'every row in value satisfies row.copies <= 20',
          error: 'Mỗi loại xin tối đa 20 bản.',
          columns: [
            question('kind', 'Loại', 'select', {
              options: [
                { value: 'khai_sinh', label: 'Khai sinh' },
                { value: 'ket_hon', label: 'Kết hôn' },
                { value: 'khai_tu', label: 'Khai tử' },
              ],
            }),
            question('book_no', 'Số trong sổ (nếu nhớ)', 'text', { required: false }),
            question('copies', 'Số bản', 'integer', { min: 1 }),
          ],
        }),
        question('total', 'Tổng số bản', 'computed', {
          required: false,
          value: 'if form.copies_list = null then 0 else sum(for row in form.copies_list return row.copies)',
        }),
      ],
    },
    {
      key: 'use',
      title: 'Dùng vào việc gì, nhận ở đâu',
      questions: [
        question('abroad', 'Bản sao có dùng ở nước ngoài không?', 'radio', { options: yesNo }),
        question('country', 'Nước sẽ dùng', 'catalog', { catalog: 'quoc_tich', visibleWhen: 'form.abroad = "yes"' }),
        question('priority', 'Ông/bà có thuộc diện miễn lệ phí không?', 'radio', {
          options: yesNo,
          help: 'Người có công, hộ nghèo, người khuyết tật.',
        }),
        question('delivery', 'Nhận kết quả', 'radio', {
          options: [
            { value: 'counter', label: 'Tại nơi nộp' },
            { value: 'post', label: 'Qua bưu điện' },
          ],
        }),
        question('post_address', 'Gửi đến', 'address', { visibleWhen: 'form.delivery = "post"' }),
        question('needed_on', 'Cần trước ngày', 'date', {
          required: false,
          check: 'date(value) > date(receivedOn)',
          error: 'Ngày cần phải sau hôm nay.',
        }),
        question('commitment', 'Tôi cam đoan những điều khai trên là đúng', 'checkbox', {
          check: 'value = true',
          error: 'Đánh dấu vào ô cam đoan để tiếp tục.',
        }),
      ],
    },
  ],
}
