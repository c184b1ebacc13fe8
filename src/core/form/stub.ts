// Catalogues for the tests of forms: a few real names, any five-digit code as a commune of its province.

import type { CatalogEntry, Catalogs } from './types.ts'

const COMMUNES: readonly CatalogEntry[] = [
  { code: '14758', name: 'Phường Hàm Rồng' },
  { code: '14797', name: 'Phường Hạc Thành' },
  { code: '16531', name: 'Phường Sầm Sơn' },
  { code: '16654', name: 'Phường Ngọc Sơn' },
]
const KEPT: Readonly<Record<string, readonly CatalogEntry[]>> = {
  tinh: [
    { code: '01', name: 'Thành phố Hà Nội' },
    { code: '38', name: 'Tỉnh Thanh Hóa' },
  ],
  dan_toc: Array.from({ length: 54 }, (_, at) => ({
    code: String(at + 1).padStart(2, '0'),
    name: ['Kinh', 'Tày', 'Thái', 'Hoa', 'Khmer', 'Mường'][at] ?? `Dân tộc ${at + 1}`,
  })),
  quoc_tich: [
    { code: 'VN', name: 'Việt Nam' },
    { code: 'CN', name: 'Trung Quốc' },
    { code: 'JP', name: 'Nhật Bản' },
    { code: 'KR', name: 'Hàn Quốc' },
    { code: 'ES', name: 'Tây Ban Nha' },
  ],
}

const isCommune = (code: string) => /^\d{5}$/.test(code)

/** Keeps tinh, dan_toc, quoc_tich; of communes it knows some names and no list, so that every five-digit code passes. */
export const stubCatalogs: Catalogs = {
  list: (catalog) => KEPT[catalog] ?? [],
  name(catalog, code) {
    if (catalog === 'xa') return COMMUNES.find((one) => one.code === code)?.name ?? (isCommune(code) ? `Xã ${code}` : null)
    return KEPT[catalog]?.find((one) => one.code === code)?.name ?? null
  },
}

/** Keeps the list of communes as well: only the four above lie in Thanh Hóa. */
export const strictCatalogs: Catalogs = {
  list: (catalog, parent) =>
    catalog === 'xa'
      ? parent === undefined || parent === '38'
        ? COMMUNES
        : [{ code: '00004', name: 'Phường Ba Đình' }]
      : (KEPT[catalog] ?? []),
  name: (catalog, code) =>
    catalog === 'xa'
      ? (COMMUNES.find((one) => one.code === code)?.name ?? null)
      : (KEPT[catalog]?.find((one) => one.code === code)?.name ?? null),
}
