// Writes the records of the three tiers from those of 2026: what each was by the law of May 2025, told below. Only needed to regenerate them: they are committed.
// Run: node_modules/.bin/node packs/ba-cap/build-procedures.ts
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Row = Record<string, Json>

interface Then {
  readonly from: string
  /** The code it had then, when another. */
  readonly code?: string
  readonly name?: string
  readonly summary?: string
  readonly decision: { readonly no: string; readonly kind: string; readonly on?: string }
  readonly effectiveFrom: string
  readonly legalBasis: readonly { readonly no: string; readonly name: string; readonly articles?: string }[]
  readonly levels: readonly string[]
  readonly competence: Row
  /** The online level of NĐ 43/2011 that the province gave it, 1 to 4. */
  readonly online: { readonly level: string; readonly legacyLevel: number; readonly note?: string }
  readonly term?: Row
  /** Clauses and office names as they were; applied to every text. */
  readonly words?: readonly (readonly [string | RegExp, string])[]
  /** Unit keys of steps. */
  readonly units?: Readonly<Record<string, string>>
  /** The cases of July 2026 are kept; days due that were reckoned by hand, by number, also of other months. */
  readonly due: Readonly<Record<number, string | null>>
  readonly notes: string
}

/** 60 weeks: July 2026 becomes May and June 2025, weekdays stay, no holiday between. */
const SHIFT_DAYS = 420
const DAY = 86_400_000
const shift = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - SHIFT_DAYS * DAY).toISOString().slice(0, 10)

const ONE_STOP = [
  { no: '61/2018/NĐ-CP', name: 'Nghị định về thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính' },
  { no: '107/2021/NĐ-CP', name: 'Nghị định sửa đổi, bổ sung một số điều của Nghị định số 61/2018/NĐ-CP' },
  { no: '01/2018/TT-VPCP', name: 'Thông tư hướng dẫn thi hành một số quy định của Nghị định số 61/2018/NĐ-CP' },
] as const

const WORDS: readonly (readonly [string | RegExp, string])[] = [
  [/Nghị định (số )?118\/2025\/NĐ-CP/g, 'Nghị định 61/2018/NĐ-CP'],
  [/Trung tâm Phục vụ hành chính công/g, 'Bộ phận Tiếp nhận và Trả kết quả'],
  [/ Nghị định (số )?120\/2025\/NĐ-CP;?/g, ' '],
  [/Nghị định (số )?18\/2026\/NĐ-CP/g, 'Nghị định 123/2015/NĐ-CP'],
  [/Luật Hộ tịch (số )?03\/2026\/QH16/g, 'Luật Hộ tịch 60/2014/QH13'],
  [/Mẫu số 06: Phiếu kiểm soát/g, 'Mẫu số 05: Phiếu kiểm soát'],
]

const CIVIL_STATUS = [
  { no: '60/2014/QH13', name: 'Luật Hộ tịch' },
  { no: '123/2015/NĐ-CP', name: 'Nghị định quy định chi tiết một số điều và biện pháp thi hành Luật Hộ tịch' },
  { no: '87/2020/NĐ-CP', name: 'Nghị định về Cơ sở dữ liệu hộ tịch điện tử, đăng ký hộ tịch trực tuyến' },
  { no: '104/2022/NĐ-CP', name: 'Nghị định sửa đổi các nghị định liên quan đến việc nộp, xuất trình sổ hộ khẩu, sổ tạm trú giấy' },
  { no: '07/2025/NĐ-CP', name: 'Nghị định sửa đổi các nghị định trong lĩnh vực hộ tịch, quốc tịch, chứng thực' },
  { no: '04/2024/TT-BTP', name: 'Thông tư sửa đổi, bổ sung một số điều của Thông tư 04/2020/TT-BTP về hộ tịch' },
] as const

const RECORDS: readonly Then[] = [
  {
    from: '1.001193', decision: { no: '528/QĐ-BTP', kind: 'sua_doi_bo_sung' }, effectiveFrom: '2025-01-09', legalBasis: CIVIL_STATUS, levels: ['xa'],
    competence: { level: 'xa', by: 'form.register_commune', note: 'Ủy ban nhân dân xã, phường, thị trấn nơi cư trú của cha hoặc mẹ; trẻ bị bỏ rơi thì nơi lập biên bản.' },
    online: { level: 'toan_trinh', legacyLevel: 4 }, due: { 0: '2025-05-21' },
    notes: 'Ba cấp: khai sinh trong nước ở cấp xã, có yếu tố nước ngoài ở cấp huyện (Luật Hộ tịch, Điều 7). Số quyết định công bố ghi theo trí nhớ.',
  },
  {
    from: '1.004873', decision: { no: '528/QĐ-BTP', kind: 'sua_doi_bo_sung' }, effectiveFrom: '2025-01-09', legalBasis: CIVIL_STATUS, levels: ['xa'],
    competence: {
      level: 'xa', by: 'if form.subject_kind = "other" then form.subject_address.commune else form.applicant_address.commune',
      note: 'Ủy ban nhân dân xã, phường, thị trấn nơi thường trú; không có nơi thường trú thì nơi tạm trú của người cần giấy.',
    },
    online: { level: 'toan_trinh', legacyLevel: 4 }, due: { 4: '2025-03-05' }, notes: 'Số quyết định công bố ghi theo trí nhớ.',
  },
  {
    from: '2.000815', decision: { no: '1329/QĐ-BTP', kind: 'ban_hanh_moi' }, effectiveFrom: '2020-06-01', levels: ['huyen', 'xa'],
    legalBasis: [
      { no: '23/2015/NĐ-CP', name: 'Nghị định về cấp bản sao từ sổ gốc, chứng thực bản sao từ bản chính, chứng thực chữ ký và chứng thực hợp đồng, giao dịch', articles: 'Điều 5, Điều 7, Điều 18 đến Điều 22' },
      { no: '45/2020/NĐ-CP', name: 'Nghị định về thực hiện thủ tục hành chính trên môi trường điện tử', articles: 'Điều 10' },
      { no: '01/2020/TT-BTP', name: 'Thông tư quy định chi tiết và hướng dẫn thi hành Nghị định 23/2015/NĐ-CP' },
      { no: '226/2016/TT-BTC', name: 'Thông tư về mức thu, chế độ thu, nộp, quản lý và sử dụng phí chứng thực', articles: 'Điều 4' },
    ],
    competence: { level: 'xa', by: 'noi_nop', note: 'Phòng Tư pháp cấp huyện hoặc Ủy ban nhân dân cấp xã, không phụ thuộc nơi cư trú của người yêu cầu.' },
    online: { level: 'mot_phan', legacyLevel: 3 }, words: [[/Nghị định (số )?280\/2025\/NĐ-CP/g, 'Nghị định 23/2015/NĐ-CP']], due: {},
    notes: 'Ba cấp: Phòng Tư pháp và Ủy ban nhân dân cấp xã đều chứng thực (Nghị định 23/2015/NĐ-CP, Điều 5).',
  },
  {
    from: '1.001612', name: 'Đăng ký thành lập hộ kinh doanh', decision: { no: '885/QĐ-BKHĐT', kind: 'sua_doi_bo_sung' }, effectiveFrom: '2021-01-04', levels: ['huyen'],
    legalBasis: [
      { no: '59/2020/QH14', name: 'Luật Doanh nghiệp' },
      { no: '01/2021/NĐ-CP', name: 'Nghị định về đăng ký doanh nghiệp', articles: 'Điều 79 đến Điều 87' },
      { no: '01/2021/TT-BKHĐT', name: 'Thông tư hướng dẫn về đăng ký doanh nghiệp' },
      { no: '02/2023/TT-BKHĐT', name: 'Thông tư sửa đổi, bổ sung một số điều của Thông tư 01/2021/TT-BKHĐT' },
      { no: '85/2019/TT-BTC', name: 'Thông tư hướng dẫn về phí và lệ phí thuộc thẩm quyền quyết định của Hội đồng nhân dân cấp tỉnh' },
    ],
    competence: { level: 'huyen', by: 'form.business_address.commune', note: 'Phòng Tài chính – Kế hoạch thuộc Ủy ban nhân dân huyện, thị xã, thành phố nơi đặt trụ sở hộ kinh doanh.' },
    online: { level: 'toan_trinh', legacyLevel: 4 },
    words: [
      [/Khoản 6 Điều 22 Nghị định (số )?168\/2025\/NĐ-CP/g, 'Khoản 2 Điều 87 Nghị định 01/2021/NĐ-CP'],
      [/Khoản 2 Điều 85 Nghị định (số )?168\/2025\/NĐ-CP/g, 'Điều 82 Nghị định 01/2021/NĐ-CP'],
      [/Nghị định (số )?168\/2025\/NĐ-CP/g, 'Nghị định 01/2021/NĐ-CP'],
      [/Thông tư (số )?68\/2025\/TT-BTC/g, 'Thông tư 02/2023/TT-BKHĐT'],
      [/trong xã, phường/g, 'trong huyện'],
    ],
    units: {}, due: { 0: '2025-05-26' }, notes: 'Ba cấp: cơ quan đăng ký kinh doanh cấp huyện (Nghị định 01/2021/NĐ-CP, Điều 14). Từ 1/7/2025 về cấp xã.',
  },
  {
    from: '1.013225', code: '1.009994', decision: { no: '285/QĐ-BXD', kind: 'thay_the' }, effectiveFrom: '2024-12-30', levels: ['huyen'],
    legalBasis: [
      { no: '50/2014/QH13', name: 'Luật Xây dựng', articles: 'Điều 89, 93, 95, 102, 103' },
      { no: '62/2020/QH14', name: 'Luật sửa đổi, bổ sung một số điều của Luật Xây dựng' },
      { no: '175/2024/NĐ-CP', name: 'Nghị định quy định chi tiết một số điều và biện pháp thi hành Luật Xây dựng về quản lý hoạt động xây dựng', articles: 'Điều 50, 53' },
    ],
    competence: { level: 'huyen', by: 'form.construction_address.commune', note: 'Ủy ban nhân dân huyện, thị xã, thành phố nơi xây nhà.' },
    online: { level: 'toan_trinh', legacyLevel: 4 },
    words: [
      [/Nghị định (số )?(140|144|105)\/2025\/NĐ-CP/g, 'Nghị định 175/2024/NĐ-CP'],
      [/Nghị định (số )?(14|217)\/2026\/NĐ-CP/g, 'Nghị định 175/2024/NĐ-CP'],
      [/Luật Xây dựng (số )?135\/2025\/QH15/g, 'Luật Xây dựng 50/2014/QH13'],
    ],
    due: {}, notes: 'Ba cấp: cấp huyện cấp giấy phép nhà ở riêng lẻ và công trình cấp III, IV (Luật Xây dựng, Điều 103). Mã của thời ấy ghi theo trí nhớ.',
  },
  {
    from: '1.001776', decision: { no: '1593/QĐ-LĐTBXH', kind: 'ban_hanh_moi' }, effectiveFrom: '2021-07-01', levels: ['huyen', 'xa'],
    legalBasis: [
      { no: '20/2021/NĐ-CP', name: 'Nghị định quy định chính sách trợ giúp xã hội đối với đối tượng bảo trợ xã hội', articles: 'Điều 5, 6, 7, 8' },
      { no: '76/2024/NĐ-CP', name: 'Nghị định sửa đổi, bổ sung một số điều của Nghị định số 20/2021/NĐ-CP' },
      { no: '02/2021/TT-BLĐTBXH', name: 'Thông tư hướng dẫn thực hiện Nghị định số 20/2021/NĐ-CP' },
      { no: '51/2010/QH12', name: 'Luật Người khuyết tật', articles: 'Điều 44' },
    ],
    competence: { level: 'huyen', by: 'form.beneficiary_address.commune', note: 'Ủy ban nhân dân cấp xã xét duyệt; Chủ tịch Ủy ban nhân dân cấp huyện nơi người hưởng cư trú quyết định.' },
    online: { level: 'mot_phan', legacyLevel: 3 }, term: { value: 22, unit: 'ngay_lam_viec' },
    words: [[/Chủ tịch Ủy ban nhân dân xã ký/g, 'Chủ tịch Ủy ban nhân dân huyện ký']],
    units: { phong_van_hoa_xa_hoi: 'phong_lao_dong_thuong_binh_va_xa_hoi' }, due: { 1: '2025-06-20', 4: '2025-06-23', 5: '2025-06-23' },
    notes: 'Ba cấp: 22 ngày làm việc qua hai cấp (Nghị định 20/2021/NĐ-CP, Điều 8); việc của Phòng Lao động – Thương binh và Xã hội về Phòng Y tế từ 1/3/2025.',
  },
  {
    from: '1.000703', decision: { no: '79/QĐ-BXD', kind: 'thay_the' }, effectiveFrom: '2025-03-01', levels: ['tinh'],
    legalBasis: [
      { no: '35/2024/QH15', name: 'Luật Đường bộ', articles: 'Điều 56' },
      { no: '36/2024/QH15', name: 'Luật Trật tự, an toàn giao thông đường bộ', articles: 'Điều 35, 40' },
      { no: '158/2024/NĐ-CP', name: 'Nghị định quy định về hoạt động vận tải đường bộ' },
    ],
    competence: { level: 'tinh', department: 'so_xay_dung', by: 'tinh', note: 'Sở Xây dựng (đến 28/2/2025 là Sở Giao thông vận tải) nơi đặt trụ sở chính hoặc chi nhánh.' },
    online: { level: 'toan_trinh', legacyLevel: 4 }, term: { value: 5, unit: 'ngay_lam_viec', mode: 'legal' },
    words: [[/Nghị quyết (số )?24\/2026\/NQ-CP/g, 'Nghị định 158/2024/NĐ-CP']], due: { 0: '2025-05-28' },
    notes: 'Nghị định 158/2024/NĐ-CP: 5 ngày làm việc; năm 2026 rút còn 4.',
  },
]

const walk = (value: Json, each: (text: string) => string): Json =>
  typeof value === 'string' ? each(value)
    : Array.isArray(value) ? value.map((one) => walk(one, each))
      : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, each)])) : value

const reword = (words: Then['words']) => (text: string) => [...(words ?? []), ...WORDS].reduce((said, [from, to]) => said.replaceAll(from as never, to), text)

/** Days of the last years move; birthdays stay. */
const moveDays = (text: string): string => text.replace(/^(202[4-9]-\d{2}-\d{2})(?=$|T)/, (day) => shift(day))

function make(then: Then): Row {
  const now = JSON.parse(readFileSync(join(import.meta.dirname, '../thanh-hoa/procedures', `${then.from}.json`), 'utf8')) as Row
  const { steps, cases, ...rest } = now
  const said = walk(rest, reword(then.words)) as Row
  const renamed = (steps as Row[]).map((step) => {
    const unit = then.units?.[step['unit'] as string]
    const { prints, ...own } = walk(step, reword(then.words)) as Row
    // TT 01/2018 has no stop notice
    const kept = (prints as string[] | undefined)?.filter((one) => !one.startsWith('Mẫu số 05: Thông báo dừng'))
    return { ...own, ...(unit && { unit }), ...(kept && kept.length > 0 && { prints: kept }) }
  })
  const july = (cases as Row[]).flatMap((one, at) => {
    const received = one['receivedAt'] as string
    if (!/^2026-07-/.test(received) && then.due[at] === undefined) return []
    const expect = one['expect'] as Row
    const told = then.due[at]
    const dueOn = told === undefined ? (typeof expect['dueOn'] === 'string' ? shift(expect['dueOn']) : undefined) : told
    return [{ ...one, form: walk(one['form']!, moveDays), receivedAt: moveDays(received), expect: { ...expect, ...(dueOn ? { dueOn } : {}) } }]
  })
  return {
    ...said, code: then.code ?? then.from, ...(then.name && { name: then.name }), ...(then.summary && { summary: then.summary }),
    levels: [...then.levels], decision: { ...then.decision }, effectiveFrom: then.effectiveFrom, effectiveTo: '2025-06-30',
    legalBasis: [...then.legalBasis, ...ONE_STOP].map((one) => ({ ...one })), online: { ...then.online }, term: then.term ?? said['term']!, competence: then.competence,
    steps: renamed, cases: july, notes: then.notes, sources: ['packs/thanh-hoa/procedures, đổi theo pháp luật của tháng 5/2025', 'Theo trí nhớ: cần đối chiếu công báo trước khi dùng chính thức'],
  } as Row
}

const folder = join(import.meta.dirname, 'procedures')
mkdirSync(folder, { recursive: true })
for (const then of RECORDS) {
  const record = make(then)
  writeFileSync(join(folder, `${record['code']}.json`), `${JSON.stringify(record, null, 2)}\n`)
  console.log(record['code'], (record['cases'] as Json[]).length, 'ca')
}
