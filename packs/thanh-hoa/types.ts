// The shapes of the province's data files, so that the scripts, the generators and the seeds speak of one and the same unit.

export type UnitKind =
  | 'tinh'
  | 'so'
  | 'ban'
  | 'thanh_tra'
  | 'van_phong'
  | 'phong'
  | 'trung_tam'
  | 'don_vi_su_nghiep'
  | 'xa'
  | 'phuong'
  | 'thon'
  | 'huyen'
  | 'thi_xa'
  | 'thanh_pho'
  | 'xa_cu'
  | 'phuong_cu'
  | 'thi_tran'
  | 'cong_an'
  | 'co_quan_nganh_doc'
  | 'doanh_nghiep_bcci'

export type UnitLevel = 'tinh' | 'huyen' | 'xa' | 'phong' | 'ngoai'

export interface Unit {
  /** Stable key: `th`, `th-14797`, `th-14797-vhxh`, `th-so-xay-dung`, `th-old-380`. */
  readonly id: string
  /** The code on the screen and in the API. No two units share one, live or closed. */
  readonly code: string
  /** The key by which procedure records name it; unique in the province for level tinh and ngoai, in its commune otherwise. */
  readonly key: string | null
  readonly aliases: readonly string[]
  readonly name: string
  readonly shortName: string
  readonly kind: UnitKind
  readonly level: UnitLevel
  /** Where it stands in the tree. An outside body stands in the territory it serves; no command passes along that edge. */
  readonly parent: string | null
  readonly validFrom: string
  readonly validTo: string | null
  /** QĐ 20/2020/QĐ-TTg. */
  readonly identifier: string | null
  /** QCVN 102:2016, the older code, lowest level first. */
  readonly qcvn: string | null
  /** General Statistics Office: 2 digits province, 3 district (to 30/6/2025), 5 commune. */
  readonly adminCode: string | null
  /** Not under the command of the People's Committee: police, tax, courts … */
  readonly outside: boolean
}

export interface Succession {
  readonly from: string
  readonly to: string
  readonly on: string
  /** The successor took only a part of the old unit. */
  readonly partial: boolean
  /** The one successor to be taken when only one can be; exactly one row of each `from` has it. */
  readonly main: boolean
  readonly act: string | null
  readonly note: string | null
}

export interface UnitsFile {
  readonly header: Readonly<Record<string, unknown>>
  readonly units: readonly Unit[]
}

export interface SuccessionsFile {
  readonly header: Readonly<Record<string, unknown>>
  readonly successions: readonly Succession[]
}
