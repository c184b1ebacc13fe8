// Vietnamese words for the codes of a procedure record, as citizens and officers read them.

import type { CHANNELS, COLLECT_AT, Effect, LEVELS, ONLINE_LEVELS, ProcedureRecord, REGISTERS, Role, TARGETS } from './record.ts'

/** Mức độ dịch vụ công trực tuyến (NĐ 42/2022, kept in the national record; NĐ 224/2026). */
export const onlineLevelLabels: Readonly<Record<(typeof ONLINE_LEVELS)[number], string>> = {
  thong_tin: 'Dịch vụ cung cấp thông tin trực tuyến',
  mot_phan: 'Dịch vụ công trực tuyến một phần',
  toan_trinh: 'Dịch vụ công trực tuyến toàn trình',
}

export const levelLabels: Readonly<Record<(typeof LEVELS)[number], string>> = {
  bo: 'Cấp Bộ',
  tinh: 'Cấp tỉnh',
  huyen: 'Cấp huyện',
  xa: 'Cấp xã',
  khac: 'Cơ quan khác',
}

export const targetLabels: Readonly<Record<(typeof TARGETS)[number], string>> = {
  cong_dan: 'Công dân Việt Nam',
  doanh_nghiep: 'Doanh nghiệp',
  ho_kinh_doanh: 'Hộ kinh doanh',
  hop_tac_xa: 'Hợp tác xã',
  to_chuc: 'Tổ chức',
  co_quan: 'Cơ quan nhà nước',
  nguoi_nuoc_ngoai: 'Người nước ngoài',
}

export const channelLabels: Readonly<Record<(typeof CHANNELS)[number], string>> = {
  truc_tuyen: 'Nộp trực tuyến',
  truc_tiep: 'Nộp trực tiếp',
  bcci: 'Gửi qua bưu chính công ích',
}

export const roleLabels: Readonly<Record<Role, string>> = {
  mot_cua: 'Bộ phận một cửa',
  chuyen_vien: 'Chuyên viên',
  lanh_dao_phong: 'Lãnh đạo phòng',
  lanh_dao_don_vi: 'Lãnh đạo cơ quan',
  chanh_van_phong: 'Chánh Văn phòng',
  van_thu: 'Văn thư',
  thu_phi: 'Người thu phí',
  co_quan_phoi_hop: 'Cơ quan phối hợp',
  thue: 'Cơ quan thuế',
  bcci: 'Bưu chính công ích',
  cong_dan: 'Người nộp hồ sơ',
}

/** What an outcome of a step means for the dossier, for those who write procedures. */
export const effectLabels: Readonly<Record<Effect, string>> = {
  accept: 'Tiếp nhận hồ sơ',
  refuse: 'Từ chối tiếp nhận',
  request_supplement: 'Yêu cầu bổ sung',
  suspend_financial: 'Chờ nghĩa vụ tài chính',
  approve: 'Đồng ý',
  reject: 'Không đồng ý',
  sign: 'Ký',
  number: 'Cấp số',
  finish: 'Hoàn thành giải quyết',
  return: 'Trả kết quả',
  return_unresolved: 'Trả hồ sơ không giải quyết',
}

export const feeKindLabels: Readonly<Record<ProcedureRecord['fees'][number]['kind'], string>> = { phi: 'Phí', le_phi: 'Lệ phí' }

export const collectAtLabels: Readonly<Record<(typeof COLLECT_AT)[number], string>> = {
  tiep_nhan: 'Nộp khi hồ sơ được tiếp nhận',
  bo_sung: 'Nộp khi bổ sung hồ sơ',
  tra_ket_qua: 'Nộp khi nhận kết quả',
}

export const registerLabels: Readonly<Record<(typeof REGISTERS)[number], string>> = {
  dan_cu: 'Cơ sở dữ liệu quốc gia về dân cư',
  ho_tich: 'Cơ sở dữ liệu hộ tịch điện tử',
  dat_dai: 'Cơ sở dữ liệu đất đai',
  doanh_nghiep: 'Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp',
  bao_hiem: 'Cơ sở dữ liệu quốc gia về bảo hiểm',
  thue: 'Cơ sở dữ liệu thuế',
  y_te: 'Cơ sở dữ liệu y tế',
  giao_thong: 'Cơ sở dữ liệu giao thông',
  bao_tro: 'Cơ sở dữ liệu trợ giúp xã hội',
}

export const decisionKindLabels: Readonly<Record<ProcedureRecord['decision']['kind'], string>> = {
  ban_hanh_moi: 'Ban hành mới',
  sua_doi_bo_sung: 'Sửa đổi, bổ sung',
  thay_the: 'Thay thế',
  bai_bo: 'Bãi bỏ',
}
