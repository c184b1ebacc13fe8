// One believable set of data per form: for the tests, the preview and whoever edits a template.
import type { TemplateData, TemplateName } from './schemas.ts'

const dossier = { code: 'H56.12-261121-0001', trackingUrl: 'https://dichvucong.thanhhoa.example/tra-cuu/H56.12-261121-0001' }

const head = {
  superiorAgency: 'Ủy ban nhân dân phường Hạc Thành',
  issuingAgency: 'Trung tâm Phục vụ hành chính công',
  place: 'Hạc Thành',
  issuedOn: '2026-11-21',
}

const applicant = {
  name: 'Nguyễn Thị Hường',
  maskedId: '038********1',
  address: 'Số 12, ngõ 45 phố Đội Cung, phường Hạc Thành, tỉnh Thanh Hóa',
  phone: '0912 *** 678',
  email: 'huong.nguyen@thu.example',
}

const procedure = 'Đăng ký khai sinh'
const receivedAt = new Date('2026-11-21T08:05:00+07:00')
const dueAt = '2026-11-25T17:00:00+07:00'
const papers = [
  { name: 'Tờ khai đăng ký khai sinh theo mẫu', form: 'bản điện tử', quantity: 1 },
  { name: 'Giấy chứng sinh do cơ sở y tế nơi trẻ em sinh ra cấp', form: 'bản chính', quantity: 1 },
  { name: 'Giấy chứng nhận kết hôn của cha, mẹ', form: 'bản sao', quantity: 1 },
]
const chairman = { authority: 'TM. Ủy ban nhân dân', title: 'Chủ tịch', name: 'Lê Đức Thịnh' }
const clerk = { authority: 'Người hướng dẫn', name: 'Phạm Thị Ngọc Ánh', hint: '(Ký, ghi rõ họ tên)' }
const contact = 'bà Phạm Thị Ngọc Ánh, số điện thoại 0237 385 0000'

export const samples: { [T in TemplateName]: TemplateData<T> } = {
  receipt: {
    ...head,
    formNo: 'Mẫu số 01',
    number: '0123/TNHS',
    dossier,
    receivingDesk: 'Bộ phận Tiếp nhận và trả kết quả phường Hạc Thành',
    applicant,
    procedure,
    papers,
    sets: 1,
    statutoryTerm: '02 ngày làm việc',
    receivedAt,
    dueAt,
    derivation: '02 ngày làm việc tính từ ngày làm việc tiếp theo, trừ thứ Bảy, Chủ nhật và ngày nghỉ 24/11/2026.',
    fees: [
      { name: 'Lệ phí đăng ký khai sinh quá hạn', amountVnd: 12_000 },
      { name: 'Phí cấp bản sao trích lục (03 bản)', amountVnd: 1_250_000 },
    ],
    feesNote: 'đã nộp trực tuyến ngày 21/11/2026',
    resultDelivery: 'Nhận trực tiếp tại Trung tâm Phục vụ hành chính công phường Hạc Thành',
    bookNo: 'Quyển số 01, số thứ tự 123',
    receiver: 'Phạm Thị Ngọc Ánh',
  },
  'supplement-request': {
    ...head,
    formNo: 'Mẫu số 02',
    number: '0045/HDHS',
    dossier,
    applicant,
    procedure,
    receivedAt,
    items: [
      {
        text: 'Nộp bản chính Giấy chứng sinh; bản đã gửi là ảnh chụp bị mờ, không đọc được họ tên người mẹ.',
        clause: 'khoản 1 Điều 16 Luật Hộ tịch',
      },
      { text: 'Ghi đủ ngày, tháng, năm sinh của người cha trong Tờ khai.' },
    ],
    reasons: [{ text: 'Thông tin trên Tờ khai chưa khớp với Giấy chứng sinh.' }],
    replyBy: '2026-12-05T17:00:00+07:00',
    replyHow: 'Nộp trực tuyến tại trang theo dõi hồ sơ hoặc tại quầy số 3',
    contact,
    recipients: ['Như trên', 'Lưu: hồ sơ'],
    signer: clerk,
  },
  refusal: {
    ...head,
    formNo: 'Mẫu số 03',
    number: '0007/TCHS',
    dossier,
    applicant,
    procedure: 'Cấp Giấy phép xây dựng nhà ở riêng lẻ',
    submittedAt: receivedAt,
    reasons: [{ text: 'Hồ sơ không thuộc thẩm quyền giải quyết của Ủy ban nhân dân phường.', clause: 'khoản 2 Điều 103 Luật Xây dựng' }],
    advice: 'nộp hồ sơ tại Sở Xây dựng, qua Cổng Dịch vụ công quốc gia.',
    contact,
    recipients: ['Như trên', 'Lưu: hồ sơ'],
    signer: { ...clerk, authority: 'Người tiếp nhận hồ sơ' },
  },
  'unresolved-notice': {
    ...head,
    superiorAgency: 'Tỉnh Thanh Hóa',
    issuingAgency: 'Ủy ban nhân dân phường Hạc Thành',
    number: '215/TB-UBND',
    issuedOn: '2026-02-05',
    dossier,
    applicant,
    procedure: 'Cấp Giấy phép xây dựng nhà ở riêng lẻ',
    receivedAt,
    legalBasis: ['Luật Xây dựng số 50/2014/QH13', 'Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ'],
    reasons: [
      { text: 'Thửa đất nằm trong hành lang an toàn đường bộ.', clause: 'điểm b khoản 1 Điều 93 Luật Xây dựng' },
      { text: 'Bản vẽ chưa được thẩm tra kết cấu.' },
    ],
    returnedPapers: 'toàn bộ giấy tờ bản chính đã nộp (03 loại).',
    feeEffect: 'hoàn trả 75.000 đ qua tài khoản đã nộp.',
    advice: 'điều chỉnh vị trí công trình ra ngoài hành lang an toàn rồi nộp hồ sơ mới.',
    remedy: 'Nếu không đồng ý, Ông/Bà có quyền khiếu nại hoặc khởi kiện theo quy định của pháp luật.',
    contact,
    recipients: ['Như trên', 'Bộ phận Một cửa', 'Lưu: VT, hồ sơ'],
    signer: { ...chairman, authority: 'KT. Chủ tịch', title: 'Phó Chủ tịch' },
  },
  'withdrawal-confirmation': {
    ...head,
    number: '0003/XNRHS',
    dossier,
    applicant,
    procedure,
    receivedAt,
    requestedAt: '2026-11-22T14:30:00+07:00',
    withdrawnAt: '2026-11-22T15:02:00+07:00',
    stage: 'Thẩm định hồ sơ',
    reason: 'Đã làm thủ tục tại nơi cư trú của người cha',
    returnedPapers: papers.slice(1),
    feeEffect: 'Chưa thu',
    recipients: ['Người nộp hồ sơ', 'Lưu: hồ sơ'],
    signer: { ...clerk, authority: 'Người tiếp nhận hồ sơ' },
  },
  result: {
    ...head,
    superiorAgency: 'Tỉnh Thanh Hóa',
    issuingAgency: 'Ủy ban nhân dân phường Hạc Thành',
    number: '412/2026',
    dossier,
    title: 'Giấy khai sinh',
    subtitle: 'Bản chính',
    legalBasis: ['Luật Hộ tịch số 60/2014/QH13'],
    rows: [
      { label: 'Họ, chữ đệm, tên', value: 'Trần Nguyễn Bảo Ngọc' },
      { label: 'Ngày, tháng, năm sinh', value: '05/11/2026 (ngày năm, tháng mười một, năm hai nghìn không trăm hai mươi sáu)' },
      { label: 'Giới tính', value: 'Nữ' },
      { label: 'Dân tộc', value: 'Kinh' },
      { label: 'Quốc tịch', value: 'Việt Nam' },
      { label: 'Nơi sinh', value: 'Bệnh viện Phụ sản Thanh Hóa, phường Hạc Thành, tỉnh Thanh Hóa' },
      { label: 'Họ, chữ đệm, tên người mẹ', value: 'Nguyễn Thị Hường' },
      { label: 'Họ, chữ đệm, tên người cha', value: 'Trần Quốc Bảo' },
    ],
    validity: { fromOn: '2026-11-21', note: 'không thời hạn' },
    recipients: ['Người yêu cầu', 'Lưu: Sổ hộ tịch'],
    signer: chairman,
  },
  'control-slip': {
    ...head,
    formNo: 'Mẫu số 06',
    number: '0123/KSHS',
    dossier,
    procedure,
    applicantName: applicant.name,
    leadAgency: 'Ủy ban nhân dân phường Hạc Thành',
    partnerAgencies: ['Công an phường Hạc Thành', 'Bảo hiểm xã hội tỉnh Thanh Hóa'],
    receivedAt,
    dueAt,
    handovers: [
      {
        from: { agency: 'Bộ phận Một cửa', person: 'Phạm Thị Ngọc Ánh', at: receivedAt, confirmed: true },
        to: { agency: 'Phòng Tư pháp – Hộ tịch', person: 'Hoàng Văn Dũng', at: '2026-11-21T08:20:00+07:00', confirmed: true },
        outcome: 'onTime',
      },
      {
        from: { agency: 'Phòng Tư pháp – Hộ tịch', person: 'Hoàng Văn Dũng', at: '2026-11-23T10:00:00+07:00', confirmed: true },
        to: { agency: 'Lãnh đạo Ủy ban nhân dân phường', person: 'Lê Đức Thịnh' },
        outcome: 'late',
        note: 'Chờ xác minh nơi cư trú của người cha',
      },
    ],
  },
}
