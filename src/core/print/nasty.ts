// Hostile and over-long data for every form: names that look like Typst, forty papers, empty fields, letters without end.
import { samples } from './samples.ts'
import type { TemplateData, TemplateName } from './schemas.ts'

/** Texts that mean something to Typst, PDF or JSON; each must come out as it went in. */
export const TRAPS = [
  '#import "x": *',
  '#sys.inputs #panic("a")',
  '*đậm* _nghiêng_ `mã`',
  '$x^2$ <nhãn> @tham-chiếu',
  '= Tiêu đề',
  'C:\\tệp\\u{41} \\ \\#',
  '"ngoặc" \'đơn\' -- --- ... ~',
  '// chú thích /* hết */',
  '</text><script>alert(1)</script> &amp;',
  '[a](b) {c} %s ${d}',
  'W'.repeat(80),
  `http://${'w'.repeat(200)}`,
]

/** 120 characters, with every letter that costs a type-setter sleep. */
export const LONG_NAME =
  'Nguyễn Phước Công Tằng Tôn Nữ Ỷ Lan Hoàng Thục Quyên Đặng Vũ Huỳnh Ngọc Bảo Trân Ế Ệ Ỗ Ữ Ặ Ợ ế ệ ỗ ữ ặ ợ Ẫm Ỵ ỵ ằm Dương'

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i))

const applicant = {
  name: LONG_NAME,
  address: `${LONG_NAME}, ${TRAPS[0]}`,
  phone: null,
  email: `${'a'.repeat(110)}@thu.example`,
  maskedId: '',
}
const papers = times(300, (i) => ({
  name: i % 3 ? `Giấy tờ ${i + 1} ${TRAPS[i % TRAPS.length]}` : `${LONG_NAME} ${i + 1}`,
  form: i % 2 ? 'bản sao' : 'bản chính có chứng thực',
  quantity: i + 1,
}))
const reasons = [
  ...TRAPS.map((text, i) => ({ text, clause: i % 2 ? LONG_NAME : '' })),
  ...times(6, (i) => ({ text: `${LONG_NAME}. `.repeat(i + 1) })),
]
const agencies = {
  superiorAgency: null,
  issuingAgency: 'Trung tâm Phục vụ hành chính công cấp xã thuộc Ủy ban nhân dân đặc khu kinh tế ven biển phía Đông Nam',
  number: null,
  formNo: undefined,
}
const loudSigner = { authority: LONG_NAME, title: LONG_NAME, name: LONG_NAME }

const letters = times(17, (i) => ({
  sender: { agency: i % 2 ? LONG_NAME : 'Công an xã', address: null, phone: i % 3 ? '' : null },
  recipient: { name: TRAPS[i % 9]!, address: i % 4 ? LONG_NAME : null, phone: null },
  code: `H56.12-261121-${String(i).padStart(4, '0')}`,
  contents: i % 2 ? [TRAPS[0]!, TRAPS[1]!] : [],
}))

export const nasty: { [T in TemplateName]: TemplateData<T> } = {
  receipt: {
    ...samples.receipt,
    ...agencies,
    number: TRAPS[4]!,
    applicant,
    procedure: LONG_NAME,
    papers,
    fees: times(13, (i) => ({ name: papers[i]!.name, amountVnd: 10 ** i })),
    derivation: TRAPS.join(' '),
    bookNo: null,
    receiver: LONG_NAME,
    online: true,
  },
  'supplement-request': {
    ...samples['supplement-request'],
    ...agencies,
    applicant,
    items: reasons,
    reasons,
    receivedAt: null,
    replyBy: undefined,
    replyHow: ' ',
    recipients: times(12, () => LONG_NAME),
    signer: {},
  },
  refusal: { ...samples.refusal, ...agencies, applicant, reasons, advice: null, contact: '', recipients: [], signer: loudSigner },
  apology: { ...samples.apology, ...agencies, applicant, reasons, derivation: TRAPS.join(' '), contact: null, recipients: times(12, () => LONG_NAME), signer: loudSigner },
  'stop-notice': {
    ...samples['stop-notice'],
    ...agencies,
    applicant,
    requestedAt: null,
    legalBasis: [LONG_NAME, ...TRAPS],
    reasons,
    stage: LONG_NAME,
    feeEffect: null,
    returnedPapers: undefined,
    remedy: TRAPS.join('\n'),
    signer: loudSigner,
  },
  'financial-notice': {
    ...samples['financial-notice'],
    ...agencies,
    applicant,
    lines: times(60, (i) => ({ name: papers[i % 40]!.name, amountVnd: 10 ** (i % 14), note: i % 2 ? TRAPS[i % TRAPS.length] : null })),
    payBy: null,
    payHow: null,
    effect: LONG_NAME,
    signer: {},
  },
  'fee-receipt': {
    ...samples['fee-receipt'],
    ...agencies,
    number: TRAPS[4]!,
    series: LONG_NAME,
    applicant,
    lines: times(30, (i) => ({ name: papers[i]!.name, amountVnd: 0, note: TRAPS[i % TRAPS.length] })),
    payer: LONG_NAME,
    method: TRAPS[2]!,
    signer: loudSigner,
  },
  'cash-closing': {
    ...samples['cash-closing'],
    ...agencies,
    series: LONG_NAME,
    rows: times(90, (i) => ({ number: String(i).padStart(7, '0'), dossier: TRAPS[i % TRAPS.length]!, time: '00:00', amountVnd: 10 ** (i % 12), cancelled: i % 3 === 0 })),
    differenceReason: TRAPS.join('\n'),
    signedBy: null,
    signedAt: null,
  },
  'appeal-decision': {
    ...samples['appeal-decision'],
    ...agencies,
    applicant,
    decision: LONG_NAME,
    against: TRAPS.join(' '),
    grounds: null,
    reasons,
    orders: TRAPS,
    remedy: null,
    signer: loudSigner,
  },
  'unresolved-notice': {
    ...samples['unresolved-notice'],
    ...agencies,
    applicant,
    legalBasis: [LONG_NAME, ...TRAPS],
    reasons,
    returnedPapers: null,
    remedy: TRAPS.join('\n'),
    signer: loudSigner,
  },
  'withdrawal-confirmation': {
    ...samples['withdrawal-confirmation'],
    ...agencies,
    applicant,
    returnedPapers: papers.slice(0, 40),
    reason: TRAPS.join(' '),
  },
  result: {
    ...samples.result,
    ...agencies,
    dossier: null,
    title: LONG_NAME,
    subtitle: TRAPS[1]!,
    legalBasis: null,
    rows: [
      ...TRAPS.map((trap) => ({ label: trap, value: trap })),
      ...times(30, (i) => ({ label: i % 5 ? `Mục ${i}` : LONG_NAME, value: LONG_NAME.repeat(1 + (i % 4)) })),
    ],
    validity: {},
    signer: loudSigner,
  },
  'control-slip': {
    ...samples['control-slip'],
    ...agencies,
    procedure: TRAPS.join(' '),
    applicantName: LONG_NAME,
    partnerAgencies: TRAPS,
    handovers: times(16, (i) => ({
      ...samples['control-slip'].handovers[i % 2]!,
      note: i % 2 ? TRAPS[i % TRAPS.length] : i % 4 ? LONG_NAME : null,
    })),
    signer: loudSigner,
  },
  'tracking-book': {
    ...samples['tracking-book'],
    ...agencies,
    printedBy: LONG_NAME,
    rows: times(300, (i) => ({
      no: i + 1,
      code: `H56.14797-261121-${String(i).padStart(4, '0')}`,
      procedure: i % 7 ? `Thủ tục ${TRAPS[i % TRAPS.length]}` : LONG_NAME,
      sets: 1,
      applicant: i % 2 ? LONG_NAME : 'Ý',
      address: i % 3 ? TRAPS[i % TRAPS.length] : null,
      phone: i % 4 ? '091****678' : undefined,
      agency: LONG_NAME,
      received: null,
      due: undefined,
      returned: '',
      how: i % 5 ? null : 'W'.repeat(40),
      signature: null,
      note: i % 6 ? null : LONG_NAME,
    })),
  },
  envelope: { size: 'c5', letters },
  'label-sheet': { letters },
}
