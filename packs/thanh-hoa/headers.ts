// What the two data files say about themselves: origin, what is real and what is demo data, by which rules doubts were settled.

export const unitsHeader = (days: { early: string; mergedOn: string; twoTiersOn: string }): Record<string, unknown> => ({
  about: 'Đơn vị của tỉnh Thanh Hóa: bộ máy hai cấp từ 1/7/2025 và các đơn vị đã kết thúc trước đó.',
  generatedBy: 'packs/thanh-hoa/build.ts',
  source: [
    'Mã và tên xã, phường, huyện: thanglequoc/vietnamese-provinces-database (MIT, xem packs/vn/NOTICE.md).',
    'Cơ quan cấp tỉnh và ngành dọc: departments.ts, ghi tay.',
  ],
  demo: [
    'H56 và 000.00.00.H56 là mã thật (QĐ 20/2020, QCVN 102:2016).',
    'Mọi mã định danh khác, mã cơ quan ngành dọc và mã qcvn khác là DỮ LIỆU MẪU, không phải mã đã ban hành.',
  ],
  validFrom: `Ngày bắt đầu của đơn vị cũ không rõ: ghi ${days.early}. Sở hợp nhất: ${days.mergedOn}. Xã, phường mới: ${days.twoTiersOn}.`,
  codes: 'code không trùng trong cả tệp. Xã cũ có mã nay là mã của xã mới thì code là CU.<mã>; adminCode luôn là mã gốc 5 số.',
  tree: [
    'parent của đơn vị ngoài ngành dọc (outside) là địa bàn nó phục vụ; quyền chỉ đạo không đi qua cạnh này.',
    'Cơ quan trung ương: parent null. Xã cũ của huyện Đông Sơn (kết thúc 31/12/2024) đứng dưới thành phố Thanh Hóa như ngày 30/6/2025.',
  ],
})

export const successionsHeader = (told: {
  communesAct: string
  districtsAct: string
  matched: Record<string, number>
  unresolved: readonly string[]
  mainChosenByRule: readonly string[]
}): Record<string, unknown> => ({
  about: 'Đơn vị cũ → đơn vị kế tục. Mỗi đơn vị cũ có đúng một dòng main.',
  generatedBy: 'packs/thanh-hoa/build.ts',
  source: 'commune-merge-2025 (nội dung sắp xếp của sapnhap.bando.com.vn), đối chiếu lại trong phạm vi tỉnh bằng match.ts',
  acts: [
    `${told.communesAct} ngày 16/6/2025: xã, phường. ${told.districtsAct}: kết thúc cấp huyện.`,
    'Sở hợp nhất 2025 và huyện Đông Sơn: văn bản chưa kiểm chứng nên act là null.',
  ],
  matched: told.matched,
  unresolved: told.unresolved,
  mainRule: 'Nhiều đơn vị kế tục: lấy đơn vị giữ mã cũ; không có thì đơn vị có tỷ lệ xã cùng huyện cao nhất; bằng nhau thì mã nhỏ hơn.',
  mainChosenByRule: told.mainChosenByRule,
  districtRule: [
    'Huyện → các xã, phường nằm trên địa bàn; main là nơi đặt trung tâm huyện: xã cùng tên huyện, hoặc thị trấn huyện lỵ.',
    'Bốn thành phố, thị xã: ghi tay trong build.ts.',
  ],
})
