// Citizens for the VNeID simulator and the demo: twelve with a log-in, and as many more as a load test asks for.
// Invented: the serial part of their personal numbers starts with 9, which no birth register of the province reaches.
import { dayIn, ethnicitiesOf, personOf, pick, randomOf, type Sex } from './names.ts'
import unitsFile from './units.json' with { type: 'json' }

export interface Address {
  readonly province: string
  readonly commune: string
  readonly detail: string
}
export interface Business {
  readonly code: string
  readonly name: string
  readonly kind: 'doanh_nghiep' | 'ho_kinh_doanh'
  readonly role: string
  readonly address: Address
}
export interface CitizenSeed {
  readonly id: string
  /** Log-in at the simulator; null for the crowd. */
  readonly login: string | null
  readonly fullName: string
  readonly sex: Sex
  readonly birthOn: string
  readonly personalId: string
  readonly ethnicity: string
  readonly nationality: 'VN'
  /** Level of the electronic identity: 2 is the one that may file. */
  readonly level: 1 | 2
  readonly phone: string
  readonly email: string | null
  readonly address: Address
  /** Whom the citizen represents, with VNeID of an organisation. */
  readonly business: Business | null
}

/** 3 digits province, 1 century and sex, 2 year, 6 serial. Units: serial 0–99,999. */
export function personalIdOf(birthOn: string, sex: Sex, serial: number): string {
  const year = Number(birthOn.slice(0, 4))
  const century = (Math.floor(year / 100) - 19) * 2 + (sex === 'female' ? 1 : 0)
  return `038${century}${String(year % 100).padStart(2, '0')}9${String(serial).padStart(5, '0')}`
}

/** A block of numbers that no operator has given out. */
const phoneOf = (n: number): string => `09001${String(n).padStart(5, '0')}`

type Told = readonly [name: string, sex: Sex, birthOn: string, ethnicity: string, level: 1 | 2, commune: string, detail: string]

/** Ages 16 to 82 in November 2026; their names and addresses hold every letter of the Vietnamese alphabet with every tone. */
const TOLD: readonly Told[] = [
  ['Nguyễn Thị Quỳnh Hương', 'female', '1994-05-19', '01', 2, '14797', 'Số 12, ngõ 9 đường Lý Nhật Quang'],
  ['Trần Hữu Nghĩa', 'male', '1986-02-03', '01', 2, '16531', 'Số 8 phố Bà Triệu, dãy Khánh Sơn mới'],
  ['Phạm Thị Mỵ', 'female', '1971-11-30', '06', 2, '15061', 'Làng Cẻ, gần chợ Sẽ'],
  ['Vi Văn Thẳng', 'male', '2003-08-15', '03', 2, '15646', 'Bản Hặc, xóm Bè'],
  ['Giàng A Chống', 'male', '1999-01-01', '08', 1, '14863', 'Bản Pù Toong, đỉnh dốc'],
  ['Đặng Thị Cẩm Tú', 'female', '1990-09-09', '01', 2, '14812', 'Số 5 ngõ Đà Nẵng, khu phố Mẫu Đơn'],
  ['Lê Đỗ Kỳ Vỹ', 'male', '1982-12-24', '01', 2, '16654', 'Tổ dân phố Bắc Hải, cạnh giếng Ỷ Lan'],
  ['Trịnh Thị Bổng', 'female', '1944-03-08', '01', 1, '15499', 'Khu 4, ngõ Mẹ Nhỏ'],
  ['Hoàng Ngọc Dưỡng', 'male', '1955-07-27', '01', 2, '16093', 'Tiểu khu Ba Đình 2, lối rẽ ở cửa đền Từ Thức'],
  ['Bùi Thị Thu Thủy', 'female', '2007-06-01', '06', 1, '15199', 'Thôn Đồng Thợ, khu tự quản số 4, cây lộc vừng'],
  ['Võ Tuấn Kiệt', 'male', '2010-10-10', '01', 1, '16438', 'Thôn Đông Đa, sau trụ sở cũ, gần chợ Bé'],
  ['Lò Thị Ín', 'female', '1967-04-05', '03', 2, '14848', 'Bản Poọng, gốc bằng lăng đầu suối'],
]

const BUSINESSES: Readonly<Record<number, Business>> = {
  6: {
    code: '2809900006',
    name: 'Công ty TNHH Xây dựng và Thương mại Núi Voi',
    kind: 'doanh_nghiep',
    role: 'Giám đốc, người đại diện theo pháp luật',
    address: { province: '38', commune: '14812', detail: 'Số 5 ngõ Đà Nẵng, khu phố Mẫu Đơn' },
  },
  7: {
    code: '2809900007',
    name: 'Công ty Cổ phần Vận tải biển Hòn Mê',
    kind: 'doanh_nghiep',
    role: 'Chủ tịch Hội đồng quản trị, người đại diện theo pháp luật',
    address: { province: '38', commune: '16654', detail: 'Tổ dân phố Bắc Hải' },
  },
}

/** The twelve: `congdan1` … `congdan12`. The sixth and the seventh represent a company each. */
export const demoCitizens: readonly CitizenSeed[] = TOLD.map(([fullName, sex, birthOn, ethnicity, level, commune, detail], index) => {
  const n = index + 1
  return {
    id: `cd-${n}`,
    login: `congdan${n}`,
    fullName,
    sex,
    birthOn,
    personalId: personalIdOf(birthOn, sex, n),
    ethnicity,
    nationality: 'VN',
    level,
    phone: phoneOf(n),
    email: level === 2 ? `congdan${n}@congdan.example` : null,
    address: { province: '38', commune, detail },
    business: BUSINESSES[n] ?? null,
  }
})

const COMMUNES = unitsFile.units.filter(({ kind }) => kind === 'xa' || kind === 'phuong')

/** The n-th of the crowd (n from 1 to 89,999), always the same; the first twelve are the demo's own. */
export function citizen(n: number): CitizenSeed {
  if (!Number.isInteger(n) || n < 1 || n > 89_999) throw new RangeError(`Công dân mẫu đánh số từ 1 đến 89999, không có ${n}.`)
  const told = demoCitizens[n - 1]
  if (told) return told
  const random = randomOf(`citizen/${n}`)
  const home = pick(COMMUNES, random)
  const person = personOf(`citizen/${n}/name`, home.code)
  const year = 1944 + Math.floor(random() * 66)
  const birthOn = dayIn(year, random)
  const place = home.kind === 'phuong' ? 'Tổ dân phố' : ethnicitiesOf(home.code).includes('03') ? 'Bản' : 'Thôn'
  return {
    id: `cd-${n}`,
    login: null,
    ...person,
    birthOn,
    personalId: personalIdOf(birthOn, person.sex, n),
    nationality: 'VN',
    level: random() < 0.85 ? 2 : 1,
    phone: phoneOf(n),
    email: null,
    address: { province: '38', commune: home.code, detail: `${place} ${1 + Math.floor(random() * 12)}` },
    business: null,
  }
}
