// Writes the national lists (divisions, catalogues, DVCQG codes, agency identifiers) from ../shared/data. Only needed to regenerate them:
// the results are committed and the project runs without ../shared.
// Run: node_modules/.bin/node packs/vn/build.ts  (Node 24, for its Vietnamese country names)
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SHARED = join(import.meta.dirname, '../../../shared/data')
const read = <T>(file: string): T => JSON.parse(readFileSync(join(SHARED, file), 'utf8')) as T

/** Plain JSON: every row of every list on its own line. */
function write(file: string, value: Readonly<Record<string, unknown>>): void {
  const parts = Object.entries(value).map(([key, part]) =>
    Array.isArray(part)
      ? `  ${JSON.stringify(key)}: [\n${part.map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]`
      : `  ${JSON.stringify(key)}: ${JSON.stringify(part)}`,
  )
  writeFileSync(join(import.meta.dirname, file), `{\n${parts.join(',\n')}\n}\n`)
}

interface Row {
  readonly code: string
  readonly name: string
}
interface Place extends Row {
  readonly fullName: string
}

const provinces = read<(Place & { communes: Place[] })[]>('divisions-2026.json')
write('divisions.json', {
  header: {
    about: '34 tỉnh, thành phố và 3.321 xã, phường, đặc khu (8/2026); danh mục tinh và xa',
    source: 'thanglequoc/vietnamese-provinces-database, MIT, Copyright (c) 2021 Thang Le Quoc: xem NOTICE.md',
  },
  provinces: provinces.map(({ code, name, fullName }) => ({ code, name, fullName })),
  communes: provinces.flatMap(({ code: province, communes }) =>
    communes.map(({ code, name, fullName }) => ({ code, name, fullName, province })),
  ),
})

/** ISO 3166-1 alpha-2. */
const COUNTRIES = `
  AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH
  CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN
  GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI
  LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM
  PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD
  TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VU WF WS YE YT ZA ZM ZW
`
  .trim()
  .split(/\s+/)
const names = new Intl.DisplayNames(['vi'], { type: 'region', fallback: 'none' })
const vietnamese = new Intl.Collator('vi')
const countries = COUNTRIES.filter((code) => code !== 'VN').map((code) => ({ code, name: names.of(code)! }))
countries.sort((a, b) => vietnamese.compare(a.name, b.name))

/** Recognised religions; the codes are our own. */
const RELIGIONS = [
  'Không',
  'Phật giáo',
  'Công giáo',
  'Tin lành',
  'Cao Đài',
  'Phật giáo Hòa Hảo',
  'Hồi giáo',
  'Tôn giáo Baha’i',
  'Tịnh độ cư sĩ Phật hội Việt Nam',
  'Đạo Tứ Ân Hiếu nghĩa',
  'Bửu Sơn Kỳ Hương',
  'Minh Sư đạo',
  'Minh Lý đạo – Tam Tông Miếu',
  'Bà-la-môn giáo',
  'Cơ đốc Phục lâm',
  'Mặc Môn',
  'Phật giáo Hiếu nghĩa Tà Lơn',
]

/** Names that people write for a bank, beside the registered one. */
const BANK_ALIASES: Readonly<Record<string, readonly string[]>> = {
  AGRIBANK: ['Ngân hàng Nông nghiệp và Phát triển nông thôn', 'Agribank'],
}
const banks = read<(Row & { shortName: string; bin: string; deprecated: boolean })[]>('vietqr-banks.json').filter(
  ({ deprecated }) => !deprecated,
)

/** VSIC by QĐ 27/2018/QĐ-TTg, class of four digits. A selection; VSIC 2025 (QĐ 36/2025) has to be checked against it. */
const LINES = `0111 Trồng lúa
0118 Trồng rau, đậu các loại và trồng hoa
0121 Trồng cây ăn quả
0141 Chăn nuôi trâu, bò và sản xuất giống trâu, bò
0145 Chăn nuôi lợn và sản xuất giống lợn
0146 Chăn nuôi gia cầm
0210 Trồng rừng, chăm sóc rừng và ươm giống cây lâm nghiệp
0311 Khai thác thủy sản biển
0321 Nuôi trồng thủy sản biển
0322 Nuôi trồng thủy sản nội địa
0810 Khai thác đá, cát, sỏi, đất sét
1010 Chế biến, bảo quản thịt và các sản phẩm từ thịt
1020 Chế biến, bảo quản thủy sản và các sản phẩm từ thủy sản
1061 Xay xát và sản xuất bột thô
1071 Sản xuất các loại bánh từ bột
1079 Sản xuất thực phẩm khác chưa được phân vào đâu
1410 Sản xuất trang phục (trừ trang phục từ da lông thú)
1610 Cưa, xẻ, bào gỗ và bảo quản gỗ
1629 Sản xuất sản phẩm khác từ gỗ; sản xuất sản phẩm từ tre, nứa, rơm, rạ và vật liệu tết bện
2392 Sản xuất vật liệu xây dựng từ đất sét
2395 Sản xuất bê tông và các sản phẩm từ bê tông, xi măng và thạch cao
2396 Cắt tạo dáng và hoàn thiện đá
2511 Sản xuất các cấu kiện kim loại
2592 Gia công cơ khí; xử lý và tráng phủ kim loại
3100 Sản xuất giường, tủ, bàn, ghế
4101 Xây dựng nhà để ở
4102 Xây dựng nhà không để ở
4212 Xây dựng công trình đường bộ
4321 Lắp đặt hệ thống điện
4330 Hoàn thiện công trình xây dựng
4511 Bán buôn ô tô và xe có động cơ khác
4520 Bảo dưỡng, sửa chữa ô tô và xe có động cơ khác
4541 Bán mô tô, xe máy
4542 Bảo dưỡng, sửa chữa mô tô, xe máy
4610 Đại lý, môi giới, đấu giá hàng hóa
4620 Bán buôn nông, lâm sản nguyên liệu (trừ gỗ, tre, nứa) và động vật sống
4632 Bán buôn thực phẩm
4633 Bán buôn đồ uống
4641 Bán buôn vải, hàng may sẵn, giày dép
4649 Bán buôn đồ dùng khác cho gia đình
4661 Bán buôn nhiên liệu rắn, lỏng, khí và các sản phẩm liên quan
4663 Bán buôn vật liệu, thiết bị lắp đặt khác trong xây dựng
4690 Bán buôn tổng hợp
4711 Bán lẻ lương thực, thực phẩm, đồ uống, thuốc lá, thuốc lào chiếm tỷ trọng lớn trong các cửa hàng kinh doanh tổng hợp
4719 Bán lẻ khác trong các cửa hàng kinh doanh tổng hợp
4721 Bán lẻ lương thực trong các cửa hàng chuyên doanh
4722 Bán lẻ thực phẩm trong các cửa hàng chuyên doanh
4723 Bán lẻ đồ uống trong các cửa hàng chuyên doanh
4730 Bán lẻ nhiên liệu động cơ trong các cửa hàng chuyên doanh
4752 Bán lẻ đồ ngũ kim, sơn, kính và thiết bị lắp đặt khác trong xây dựng trong các cửa hàng chuyên doanh
4771 Bán lẻ hàng may mặc, giày dép, hàng da và giả da trong các cửa hàng chuyên doanh
4772 Bán lẻ thuốc, dụng cụ y tế, mỹ phẩm và vật phẩm vệ sinh trong các cửa hàng chuyên doanh
4773 Bán lẻ hàng hóa khác mới trong các cửa hàng chuyên doanh
4791 Bán lẻ theo yêu cầu đặt hàng qua bưu điện hoặc internet
4931 Vận tải hành khách đường bộ trong nội thành, ngoại thành (trừ vận tải bằng xe buýt)
4932 Vận tải hành khách đường bộ khác
4933 Vận tải hàng hóa bằng đường bộ
5210 Kho bãi và lưu giữ hàng hóa
5510 Dịch vụ lưu trú ngắn ngày
5610 Nhà hàng và các dịch vụ ăn uống phục vụ lưu động
5630 Dịch vụ phục vụ đồ uống
6201 Lập trình máy vi tính
6810 Kinh doanh bất động sản, quyền sử dụng đất thuộc chủ sở hữu, chủ sử dụng hoặc đi thuê
7310 Quảng cáo
7710 Cho thuê xe có động cơ
7911 Đại lý du lịch
8559 Giáo dục khác chưa được phân vào đâu
9511 Sửa chữa máy vi tính và thiết bị ngoại vi
9620 Giặt là, làm sạch các sản phẩm dệt và lông thú
9631 Cắt tóc, làm đầu, gội đầu`
  .split('\n')
  .map((line) => ({ code: line.slice(0, 4), name: line.slice(5) }))

write('catalogs.json', {
  header: {
    about: 'Danh mục mà biểu mẫu gọi tên; tinh và xa ở divisions.json',
    dan_toc: '54 dân tộc, danh mục 1979 của Tổng cục Thống kê',
    quoc_tich: 'ISO 3166-1 alpha-2, tên tiếng Việt của Unicode CLDR qua Intl.DisplayNames; Việt Nam đứng đầu',
    ton_giao: 'Tôn giáo được công nhận; mã do dự án đặt',
    ngan_hang: 'vietnam-qr-pay 1.5.1, MIT © xuannghia: xem NOTICE.md; aliases là cách viết khác được nhận',
    nganh_nghe: 'VSIC cấp 4 theo QĐ 27/2018/QĐ-TTg, chỉ là một phần; mã không có ở đây vẫn được nhận',
    open: ['nganh_nghe', 'ngan_hang'],
  },
  dan_toc: read<{ dan_toc: Row[] }>('catalogs.json').dan_toc.map(({ code, name }) => ({ code, name })),
  quoc_tich: [{ code: 'VN', name: names.of('VN')! }, ...countries],
  ton_giao: RELIGIONS.map((name, index) => ({ code: String(index).padStart(2, '0'), name })),
  ngan_hang: banks.map(({ code, name, shortName, bin }) => ({ code, name, shortName, bin, aliases: BANK_ALIASES[code] ?? [] })),
  nganh_nghe: LINES,
})

const { _source, ...tables } = read<Record<string, unknown>>('dvcqg-codes.json')
write('dvcqg.json', { header: { about: 'Bảng mã đồng bộ với Cổng Dịch vụ công quốc gia', source: _source }, ...tables })

const { _note, format, ...agencies } = read<Record<string, unknown>>('org-codes-level1.json')
write('org-codes.json', { header: { about: _note }, format, ...agencies })
