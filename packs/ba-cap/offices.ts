// The offices inside a district and a commune of the three tiers, by hand from memory of NĐ 37/2014, NĐ 108/2020 and NĐ 45/2025: no public list gives them with codes.
import { isMountain } from '../thanh-hoa/names.ts'
import type { Unit, UnitKind } from '../thanh-hoa/types.ts'

export interface Part {
  readonly suffix: string
  readonly key: string
  readonly aliases?: readonly string[]
  readonly name: string | ((owner: Unit) => string)
  readonly shortName: string | ((owner: Unit) => string)
  readonly kind: UnitKind
  /** Stands in the district without being under its command. */
  readonly outside?: true
  readonly from?: string
  readonly only?: (districtCode: string) => boolean
}

/** The day district rooms were merged (NĐ 45/2025/NĐ-CP). */
export const ROOMS_MERGED_ON = '2025-03-01'

const room = (suffix: string, key: string, name: string, shortName: string, more: Partial<Part> = {}): Part => ({ suffix, key, name, shortName, kind: 'phong', ...more })

/** Districts with a room for ethnic affairs: the mountains. */
const MOUNTAIN_DISTRICTS = new Set(['384', '385', '386', '387', '388', '389', '390', '391', '396', '402', '403'])

export const DISTRICT_PARTS: readonly Part[] = [
  { suffix: 'VP', key: 'van_phong_hdnd_ubnd', aliases: ['van_phong_hdnd_ubnd_huyen'], name: 'Văn phòng HĐND và UBND', shortName: 'Văn phòng', kind: 'van_phong' },
  { suffix: 'MC', key: 'bo_phan_mot_cua', aliases: ['bo_phan_mot_cua_huyen', 'trung_tam_phuc_vu_hanh_chinh_cong'], name: 'Bộ phận Tiếp nhận và Trả kết quả', shortName: 'Bộ phận một cửa', kind: 'trung_tam' },
  room('TP', 'phong_tu_phap', 'Phòng Tư pháp', 'Phòng Tư pháp'),
  room('TCKH', 'phong_tai_chinh_ke_hoach', 'Phòng Tài chính – Kế hoạch', 'Phòng TC–KH'),
  room('KTHT', 'phong_kinh_te_ha_tang_do_thi', 'Phòng Kinh tế, Hạ tầng và Đô thị', 'Phòng KT, HT&ĐT', { aliases: ['phong_quan_ly_do_thi', 'phong_kinh_te_ha_tang', 'phong_kinh_te'], from: ROOMS_MERGED_ON }),
  room('NNMT', 'phong_nong_nghiep_va_moi_truong', 'Phòng Nông nghiệp và Môi trường', 'Phòng NN&MT', { aliases: ['phong_tai_nguyen_va_moi_truong'], from: ROOMS_MERGED_ON }),
  room('NV', 'phong_noi_vu', 'Phòng Nội vụ', 'Phòng Nội vụ'),
  room('YT', 'phong_y_te', 'Phòng Y tế', 'Phòng Y tế', { aliases: ['phong_lao_dong_thuong_binh_va_xa_hoi'] }),
  room('VHTT', 'phong_van_hoa_khoa_hoc_va_thong_tin', 'Phòng Văn hóa, Khoa học và Thông tin', 'Phòng VH, KH&TT', { from: ROOMS_MERGED_ON }),
  room('GD', 'phong_giao_duc_va_dao_tao', 'Phòng Giáo dục và Đào tạo', 'Phòng GD&ĐT'),
  room('TTR', 'thanh_tra_huyen', 'Thanh tra', 'Thanh tra'),
  room('DT', 'phong_dan_toc_va_ton_giao', 'Phòng Dân tộc và Tôn giáo', 'Phòng DT&TG', { from: ROOMS_MERGED_ON, only: (code) => MOUNTAIN_DISTRICTS.has(code) }),
  // a part of the provincial land registration office that sits in the district
  { suffix: 'DD', key: 'chi_nhanh_van_phong_dang_ky_dat_dai', name: 'Chi nhánh Văn phòng Đăng ký đất đai', shortName: 'Chi nhánh VPĐKĐĐ', kind: 'don_vi_su_nghiep', outside: true },
]

/** Rooms that ended with the merging, and who took their work over; the first is the main one. */
export const CLOSED_ROOMS: readonly (Part & { readonly to: readonly string[] })[] = [
  { ...room('LDTBXH', 'phong_lao_dong_thuong_binh_va_xa_hoi', 'Phòng Lao động – Thương binh và Xã hội', 'Phòng LĐ-TB&XH'), to: ['YT', 'NV'] },
  { ...room('TNMT', 'phong_tai_nguyen_va_moi_truong', 'Phòng Tài nguyên và Môi trường', 'Phòng TN&MT'), to: ['NNMT'] },
  { ...room('QLDT', 'phong_quan_ly_do_thi', 'Phòng Kinh tế – Hạ tầng (Quản lý đô thị)', 'Phòng KT–HT'), to: ['KTHT'] },
]

const isWard = (unit: Unit): boolean => unit.kind === 'phuong'
const isTown = (unit: Unit): boolean => unit.kind === 'thi_tran'

export const COMMUNE_PARTS: readonly Part[] = [
  { suffix: 'MC', key: 'bo_phan_mot_cua', aliases: ['trung_tam_phuc_vu_hanh_chinh_cong'], name: 'Bộ phận Tiếp nhận và Trả kết quả', shortName: 'Bộ phận một cửa', kind: 'trung_tam' },
  {
    suffix: 'CA', key: 'cong_an_xa', aliases: ['cong_an_phuong', 'cong_an_thi_tran'], name: 'Công an', kind: 'cong_an', outside: true,
    shortName: (unit) => (isWard(unit) ? 'Công an phường' : isTown(unit) ? 'Công an thị trấn' : 'Công an xã'),
  },
  {
    suffix: 'THON', key: 'thon_to_dan_pho', kind: 'thon',
    name: (unit) => (isWard(unit) || isTown(unit) ? 'Các tổ dân phố' : isMountain(unit.adminCode!) ? 'Các thôn, bản' : 'Các thôn'),
    shortName: (unit) => (isWard(unit) || isTown(unit) ? 'Tổ dân phố' : 'Thôn, bản'),
  },
]
