// Which posts the units of the three tiers have. Provincial bodies have the same as today; districts and communes have their own. From memory: NĐ 33/2023 (commune), practice.
import { type OfficerRole, type Seat, seat, seatsOf as seatsOfToday, twice } from '../thanh-hoa/establishment.ts'
import type { Establishment } from '../thanh-hoa/officers.ts'
import type { Unit } from '../thanh-hoa/types.ts'

const WHERE: Record<string, string> = { huyen: 'huyện', thi_xa: 'thị xã', thanh_pho: 'thành phố', xa: 'xã', phuong: 'phường', thi_tran: 'thị trấn' }

function districtSeats(unit: Unit): readonly Seat[] {
  const where = WHERE[unit.kind]!
  return [
    seat('chu_tich', `Chủ tịch UBND ${where}`),
    ...twice(seat('lanh_dao_don_vi', `Phó Chủ tịch UBND ${where}`)),
    seat('chanh_van_phong', 'Chánh Văn phòng HĐND và UBND'),
    seat('lanh_dao_phong', 'Phó Chánh Văn phòng HĐND và UBND'),
    seat('van_thu', 'Văn thư'),
    ...twice(seat('mot_cua', 'Công chức Bộ phận Tiếp nhận và Trả kết quả')),
    ...twice(seat('chuyen_vien', 'Chuyên viên')),
    seat('thu_phi', 'Kế toán, thu phí'),
    seat('kiem_soat_tthc', 'Cán bộ đầu mối kiểm soát TTHC', `${unit.id}-vp/chuyen_vien/2`),
    seat('quan_tri_don_vi', 'Quản trị tài khoản đơn vị'),
  ]
}

/** A commune of then: a chairman, deputies, and the civil servants by title. */
function communeSeats(unit: Unit): readonly Seat[] {
  const where = WHERE[unit.kind]!
  return [
    seat('chu_tich', `Chủ tịch UBND ${where}`),
    ...twice(seat('lanh_dao_don_vi', `Phó Chủ tịch UBND ${where}`)),
    ...twice(seat('mot_cua', 'Công chức Văn phòng – Thống kê, Bộ phận Tiếp nhận và Trả kết quả')),
    seat('chuyen_vien', 'Công chức Tư pháp – Hộ tịch'),
    seat('chuyen_vien', 'Công chức Địa chính – Xây dựng'),
    seat('chuyen_vien', 'Công chức Văn hóa – Xã hội'),
    seat('van_thu', 'Văn thư (kiêm nhiệm)', `${unit.id}/mot_cua/2`),
    seat('thu_phi', 'Công chức Tài chính – Kế toán'),
    seat('kiem_soat_tthc', 'Cán bộ đầu mối kiểm soát TTHC (kiêm nhiệm)', `${unit.id}/mot_cua/1`),
    seat('quan_tri_don_vi', 'Quản trị tài khoản đơn vị'),
  ]
}

const counter = (unit: Unit): readonly Seat[] => [
  seat('lanh_dao_phong', 'Trưởng Bộ phận Tiếp nhận và Trả kết quả', unit.code.length > 6 ? `${unit.parent}/lanh_dao_don_vi/1` : `${unit.parent}/lanh_dao_phong/1`),
  seat('mot_cua', 'Công chức tiếp nhận', `${unit.parent}/mot_cua/2`),
]

const ROOM_HEADS: Partial<Record<string, string>> = { thanh_tra_huyen: 'Chánh Thanh tra' }

/** The posts of a live unit. */
export function seatsOf(unit: Unit, poorlyStaffed: boolean): readonly Seat[] {
  if (unit.level === 'huyen') return districtSeats(unit)
  if (unit.level === 'xa') return communeSeats(unit)
  if (unit.key === 'bo_phan_mot_cua') return counter(unit)
  if (unit.parent?.startsWith('th-old-')) {
    const head: OfficerRole = 'lanh_dao_phong'
    if (unit.kind === 'van_phong') return [seat(head, 'Chánh Văn phòng HĐND và UBND', `${unit.parent}/chanh_van_phong/1`), ...twice(seat('chuyen_vien', 'Chuyên viên'))]
    // rooms of a district sign what the law gives to their head (certification, signatures) with the room's own seal
    if (unit.kind === 'phong') return [seat('lanh_dao_don_vi', ROOM_HEADS[unit.key ?? ''] ?? 'Trưởng phòng'), seat(head, 'Phó Trưởng phòng'), ...twice(seat('chuyen_vien', 'Chuyên viên'))]
  }
  return seatsOfToday(unit, poorlyStaffed)
}

export const establishment: Establishment = { seatsOf, leftOn: '2024-12-31', changedOn: '2025-01-01' }
