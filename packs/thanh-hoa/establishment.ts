// Which posts each kind of unit has: the establishment of the demo province. Roles: domain reference, section 1.3.
import type { Unit } from './types.ts'

export type OfficerRole =
  | 'van_thu'
  | 'chuyen_vien'
  | 'lanh_dao_phong'
  | 'lanh_dao_don_vi'
  | 'chanh_van_phong'
  | 'chu_tich'
  | 'mot_cua'
  | 'thu_phi'
  | 'bcci'
  | 'kiem_soat_tthc'
  | 'giam_sat'
  | 'quan_tri_don_vi'
  | 'quan_tri_he_thong'
  | 'an_toan_tt'

/** A post; `heldBy` names the post whose holder fills this one too (kiêm nhiệm), as `unitId/role/n`. */
export interface Seat {
  readonly role: OfficerRole
  readonly title: string
  readonly heldBy?: string
}

/** A post, held by its own holder or by that of another. */
export const seat = (role: OfficerRole, title: string, heldBy?: string): Seat => (heldBy ? { role, title, heldBy } : { role, title })
export const twice = (one: Seat): readonly Seat[] => [one, one]

const DESKS: readonly Seat[] = [
  seat('van_thu', 'Văn thư'),
  ...twice(seat('mot_cua', 'Công chức Bộ phận một cửa')),
  ...twice(seat('chuyen_vien', 'Chuyên viên')),
  seat('thu_phi', 'Kế toán, thu phí'),
  seat('kiem_soat_tthc', 'Cán bộ đầu mối kiểm soát TTHC'),
  seat('quan_tri_don_vi', 'Quản trị tài khoản đơn vị'),
]

function provinceSeats(): readonly Seat[] {
  return [
    seat('chu_tich', 'Chủ tịch UBND tỉnh'),
    ...twice(seat('lanh_dao_don_vi', 'Phó Chủ tịch UBND tỉnh')),
    seat('chanh_van_phong', 'Chánh Văn phòng UBND tỉnh', 'th-van-phong-ubnd/lanh_dao_don_vi/1'),
    seat('van_thu', 'Văn thư UBND tỉnh'),
    ...twice(seat('mot_cua', 'Công chức Bộ phận một cửa')),
    ...twice(seat('chuyen_vien', 'Chuyên viên tham mưu')),
    seat('lanh_dao_phong', 'Trưởng phòng tham mưu'),
    seat('kiem_soat_tthc', 'Cán bộ kiểm soát TTHC tỉnh'),
    ...twice(seat('giam_sat', 'Cán bộ giám sát')),
    ...twice(seat('quan_tri_he_thong', 'Quản trị hệ thống')),
    ...twice(seat('an_toan_tt', 'Cán bộ an toàn thông tin')),
  ]
}

function communeSeats(unit: Unit, poorlyStaffed: boolean): readonly Seat[] {
  const where = unit.kind === 'phuong' ? 'phường' : 'xã'
  return [
    seat('chu_tich', `Chủ tịch UBND ${where}`),
    ...twice(seat('lanh_dao_don_vi', `Phó Chủ tịch UBND ${where}`)),
    seat('chanh_van_phong', 'Chánh Văn phòng HĐND và UBND'),
    seat('lanh_dao_phong', 'Phó Chánh Văn phòng HĐND và UBND'),
    ...DESKS.map((one) => {
      if (one.role === 'thu_phi' && poorlyStaffed) return seat('thu_phi', 'Thu phí (kiêm nhiệm)', `${unit.id}/mot_cua/2`)
      if (one.role === 'kiem_soat_tthc') return seat('kiem_soat_tthc', one.title, `${unit.id}-vp/chuyen_vien/2`)
      return one
    }),
  ]
}

const HEADS: Record<string, readonly [string, string]> = {
  so: ['Giám đốc Sở', 'Phó Giám đốc Sở'],
  ban: ['Trưởng ban', 'Phó Trưởng ban'],
  thanh_tra: ['Chánh Thanh tra', 'Phó Chánh Thanh tra'],
  van_phong: ['Chánh Văn phòng UBND tỉnh', 'Phó Chánh Văn phòng UBND tỉnh'],
}

function departmentSeats(unit: Unit): readonly Seat[] {
  const [head, deputy] = HEADS[unit.kind]!
  return [
    seat('lanh_dao_don_vi', head),
    ...twice(seat('lanh_dao_don_vi', deputy)),
    seat('chanh_van_phong', 'Chánh Văn phòng'),
    seat('lanh_dao_phong', 'Trưởng phòng'),
    ...DESKS,
    ...(unit.kind === 'thanh_tra' ? [seat('giam_sat', 'Thanh tra viên')] : []),
  ]
}

function roomSeats(unit: Unit): readonly Seat[] {
  const commune = unit.parent!
  if (unit.kind === 'thon') return [seat('chuyen_vien', unit.shortName === 'Tổ dân phố' ? 'Tổ trưởng tổ dân phố' : 'Trưởng thôn')]
  if (unit.kind === 'van_phong') {
    return [
      seat('lanh_dao_phong', 'Chánh Văn phòng HĐND và UBND', `${commune}/chanh_van_phong/1`),
      ...twice(seat('chuyen_vien', 'Chuyên viên')),
    ]
  }
  if (unit.kind === 'trung_tam' && unit.key === 'trung_tam_phuc_vu_hanh_chinh_cong') {
    return [
      seat('lanh_dao_phong', 'Phó Giám đốc Trung tâm'),
      ...twice(seat('chuyen_vien', 'Chuyên viên Trung tâm')),
      seat('mot_cua', 'Công chức tiếp nhận tại Trung tâm', `${commune}/mot_cua/2`),
    ]
  }
  const room = [seat('lanh_dao_phong', 'Trưởng phòng'), ...twice(seat('chuyen_vien', 'Chuyên viên'))]
  return unit.kind === 'trung_tam' || unit.kind === 'don_vi_su_nghiep' || unit.outside ? signing(unit) : room
}

/** A body that signs and stamps by itself. In a commune's police one person is both clerk and counter. */
function signing(unit: Unit): readonly Seat[] {
  const police = unit.key === 'cong_an_xa'
  const room = unit.kind === 'phong'
  const head = police ? `Trưởng ${unit.shortName}` : room ? 'Trưởng phòng' : 'Giám đốc'
  const deputy = police ? `Phó Trưởng ${unit.shortName}` : room ? 'Phó Trưởng phòng' : 'Trưởng phòng nghiệp vụ'
  return [
    seat('lanh_dao_don_vi', head),
    seat('lanh_dao_phong', deputy),
    ...twice(seat('chuyen_vien', unit.code.startsWith('G01') || police ? 'Cán bộ' : 'Chuyên viên')),
    seat('mot_cua', 'Cán bộ tiếp nhận hồ sơ'),
    seat('van_thu', 'Văn thư', police ? `${unit.id}/mot_cua/1` : undefined),
    ...(unit.key === 'trung_tam_phuc_vu_hanh_chinh_cong_tinh'
      ? [seat('mot_cua', 'Cán bộ tiếp nhận hồ sơ'), seat('thu_phi', 'Kế toán, thu phí')]
      : []),
    ...(unit.kind === 'doanh_nghiep_bcci' ? twice(seat('bcci', 'Nhân viên bưu chính công ích')) : []),
  ]
}

const VERTICAL_HEADS: Record<string, string> = {
  'th-cong-an-tinh': 'Giám đốc Công an tỉnh',
  'th-thue-tinh': 'Trưởng Thuế tỉnh',
  'th-toa-an': 'Chánh án',
  'th-vien-kiem-sat': 'Viện trưởng',
  'th-thi-hanh-an': 'Trưởng Thi hành án dân sự tỉnh',
  'vn-cuc-csgt': 'Cục trưởng',
}

/** The posts of a live unit; `poorlyStaffed` communes let one person collect fees beside the counter. */
export function seatsOf(unit: Unit, poorlyStaffed: boolean): readonly Seat[] {
  if (unit.kind === 'tinh') return provinceSeats()
  if (unit.kind === 'xa' || unit.kind === 'phuong') return communeSeats(unit, poorlyStaffed)
  if (unit.level === 'tinh') return departmentSeats(unit)
  const seats = roomSeats(unit)
  const head = VERTICAL_HEADS[unit.id]
  return head ? seats.map((one) => (one.role === 'lanh_dao_don_vi' ? { ...one, title: head } : one)) : seats
}
