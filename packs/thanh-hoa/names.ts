// Invented people: names that look like those of the province and belong to nobody, drawn from a seed and nothing else.

export type Sex = 'male' | 'female'
export interface Person {
  readonly fullName: string
  readonly sex: Sex
  readonly ethnicity: string
}

/** A stream of numbers in [0, 1) that depends on the key alone (FNV-1a, then mulberry32). */
export function randomOf(key: string): () => number {
  let state = 2166136261
  for (const char of key) state = Math.imul(state ^ char.codePointAt(0)!, 16777619)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)]!

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

interface Style {
  readonly families: readonly string[]
  readonly middles: Record<Sex, readonly string[]>
  readonly given: Record<Sex, readonly string[]>
}

const KINH: Style = {
  families: words(`
      Lê Lê Lê Lê Nguyễn Nguyễn Nguyễn Nguyễn Trịnh Trịnh Phạm Phạm Trần Trần Hoàng Hoàng Lưu Đỗ Bùi Vũ Mai Hà Ngô Đặng
      Cao Tống Thiều Lại Doãn Viên Dương Trương Lường Đào Hồ Đinh Đoàn Tạ Phùng Chu Võ Phan Mạch Nghiêm Quản Khương
    `),
  middles: {
    male: words(`
      Văn Văn Văn Đình Hữu Quang Minh Đức Xuân Ngọc Anh Công Thanh Trọng Bá Duy Tiến Khắc Thế Sỹ Viết Mạnh Quốc Hồng Huy
      Trường Gia
    `),
    female: words(`
      Thị Thị Thị Thị Thu Thanh Ngọc Minh Phương Thúy Hồng Mai Bích Kim Lan Khánh Diệu Hải Quỳnh Hoài Như Cẩm Tuyết Bảo
    `),
  },
  given: {
    male: words(`
      An Anh Bảo Bắc Bình Cảnh Chiến Chính Công Cường Dũng Duy Dương Đại Đạt Điệp Định Đông Đồng Đức Giang Hải Hào Hậu
      Hiếu Hiển Hòa Hoàn Hoàng Hùng Huy Hưng Khải Khang Khánh Khoa Khôi Kiên Lâm Lập Linh Lộc Long Luân Lực Lương Mạnh
      Minh Nam Nghĩa Nguyên Nhân Nhật Ninh Phong Phú Phúc Phương Quân Quang Quý Quyết Sáng Sơn Tài Tâm Tân Thái Thành
      Thắng Thiện Thịnh Thọ Thống Thuận Thức Tiến Toàn Trí Trung Trường Tuấn Tùng Tuyên Tú Tưởng Việt Vinh Vũ Vượng
    `),
    female: words(`
      An Anh Ánh Bình Châu Chi Chinh Diễm Diệp Dung Duyên Dương Đào Giang Hà Hải Hạnh Hảo Hằng Hân Hiền Hoa Hoài Hòa
      Hồng Huệ Huyền Hương Hường Khuyên Kim Lan Lành Lệ Liên Linh Loan Ly Lý Mai Mến Minh My Mỹ Nga Ngà Ngân Ngọc Nguyệt
      Nhàn Nhung Nụ Oanh Phượng Phương Quyên Quỳnh Sen Tâm Thảo Thêm Thoa Thơ Thơm Thu Thúy Thủy Thùy Thư Thương Tình
      Trang Trinh Tuyết Tươi Uyên Vân Xuân Xuyến Yến
    `),
  },
}
const MUONG: Style = {
  families: words('Phạm Phạm Bùi Bùi Quách Trương Trương Cao Hà Đinh Lê Nguyễn'),
  middles: { male: words('Văn Văn Hồng Đình Xuân Công Minh Thanh'), female: words('Thị Thị Thị Hồng Thu Thanh') },
  given: {
    male: words(`
      Chung Cương Diễn Dinh Đoàn Hiệp Hoạch Huấn Khoát Khuê Luyện Nhiệm Niệm Phòng Thiêm Thiết Thoại Tiệp Toán Tưởng Ứng
      Ước Vịnh Vững
    `),
    female: words(`
      Bưởi Chiên Chuyên Dần Dậu Duyến Hiên Hợi Khương Lịch Liễu Mận Nhâm Nhiên Sáu Thiệp Thìn Thuân Tỵ Ươm Vượng Xoan
      Xuyên
    `),
  },
}
const THAI: Style = {
  families: words('Lò Lò Lương Lương Vi Vi Hà Ngân Ngân Lộc Lữ Phạm Lục Cầm Lang Len'),
  middles: { male: words('Văn Văn Văn Xuân Hồng Ngọc Minh'), female: words('Thị Thị Thị Hồng Thu') },
  given: {
    male: words(`
      Bun Chanh Chom Chương Danh Dọn Ên Khăm Khằm Khuyên Khụt Lỉnh Lún Nghiêm Nhất Ón Oong Phanh Phon Piềng Thắm Thoong
      Thượng Tiềm Tốm Tướng Ứng Xiêng Xúy
    `),
    female: words(`
      Biên Chăn Dán Duyên Hặc Ín Khẹm Khẽn Khuyên Kím Luyến Lưỡng Nhọt Nọi Panh Phiến Phòng Quyến Thiềng Thim Tiên Tơi
      Úc Ương Xanh Xiển Xuân
    `),
  },
}
const HMONG: Style = {
  families: words('Thao Giàng Sung Lâu Hơ Vàng Mùa Lý Và Hạng Sùng Cứ'),
  middles: { male: words('A A A Văn Bá Nhìa Seo'), female: words('Thị Thị Thị Y') },
  given: {
    male: words(`
      Cấu Chá Chia Chống Chư Dế Dính Giống Hờ Lử Nếnh Pao Páo Pó Pùa Sếnh Sinh Súa Thái Thông Tông Tủa Tú Vừ Xía
    `),
    female: words('Chia Chơ Chu Cở Dợ Dua Dung Dí Ka Mảy Mị Nhia Pa Pà Sông Súa Xa Xài Xí Xia Xổ'),
  },
}
const STYLES: Record<string, Style> = { '01': KINH, '03': THAI, '06': MUONG, '08': HMONG }

/** Who lives in the mountains, by the commune codes of the former districts; the plain is Kinh. Shares are a demo's guess. */
const MOUNTAINS: readonly (readonly [from: string, to: string, ethnicities: readonly string[]])[] = [
  ['14845', '14866', ['03', '03', '08', '08', '01']], // Mường Lát
  ['14869', '14917', ['03', '03', '06', '01']], // Quan Hóa
  ['14923', '14986', ['06', '06', '03', '01']], // Bá Thước
  ['14995', '15025', ['03', '03', '03', '06', '01']], // Quan Sơn
  ['15031', '15058', ['03', '03', '06', '01']], // Lang Chánh
  ['15061', '15124', ['06', '06', '01']], // Ngọc Lặc
  ['15127', '15184', ['06', '01', '01']], // Cẩm Thủy
  ['15187', '15268', ['06', '01', '01']], // Thạch Thành
  ['15607', '15661', ['03', '03', '01']], // Thường Xuân
  ['16174', '16225', ['03', '06', '01']], // Như Xuân
  ['16228', '16276', ['06', '03', '01', '01']], // Như Thanh
]
const KINH_ONLY: readonly string[] = ['01']
export const ethnicitiesOf = (commune: string | null): readonly string[] =>
  MOUNTAINS.find(([from, to]) => commune !== null && commune >= from && commune <= to)?.[2] ?? KINH_ONLY
export const isMountain = (commune: string): boolean => ethnicitiesOf(commune) !== KINH_ONLY

/** Some day of that year. */
export function dayIn(year: number, random: () => number): string {
  const month = String(1 + Math.floor(random() * 12)).padStart(2, '0')
  return `${year}-${month}-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`
}

/** One invented person. A given name that repeats the middle or the family name is drawn again. */
export function personOf(key: string, commune: string | null, sex?: Sex): Person {
  const random = randomOf(key)
  const ethnicity = pick(ethnicitiesOf(commune), random)
  const style = STYLES[ethnicity]!
  const who: Sex = sex ?? (random() < 0.54 ? 'male' : 'female')
  const family = pick(style.families, random)
  const middle = pick(style.middles[who], random)
  let given = pick(style.given[who], random)
  while (given === middle || given === family) given = pick(style.given[who], random)
  return { fullName: [family, middle, given].join(' '), sex: who, ethnicity }
}
