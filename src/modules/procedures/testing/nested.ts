// All records whose process is tested: the real ones, the invented ones, and one with regions inside regions.

import { type ProcedureRecord, procedureRecord } from '../record.ts'
import { inventedJson, records } from './packs.ts'

/** Two regions one inside the other; the inner branch may leave one or both. */
export function nested(): ProcedureRecord {
  const json = inventedJson('night-market.json')
  const step = (id: string) => json.steps.find((one: { id: string }) => one.id === id)
  json.code = '9.000003'
  step('an_ninh').outcomes = [
    { key: 'chia', label: 'Chia hai tổ', next: ['to_mot', 'to_hai'] },
    { key: 'lam_lai', label: 'Kiểm tra lại', next: 'an_ninh' },
  ]
  json.steps.push(
    {
      id: 'to_mot',
      name: 'Tổ một',
      role: 'chuyen_vien',
      hours: 1,
      silence: { value: 2, unit: 'ngay', outcome: 've_ngay' },
      outcomes: [
        { key: 'xong', label: 'Xong', next: 'lap_bien_ban', joins: true },
        { key: 've_ngay', label: 'Về lập biên bản ngay', next: 'lap_bien_ban' },
        { key: 'dung_het', label: 'Dừng hết', next: 'ky_tu_choi' },
      ],
    },
    {
      id: 'to_hai',
      name: 'Tổ hai',
      role: 'chuyen_vien',
      hours: 1,
      outcomes: [
        { key: 'xong', label: 'Xong', next: 'lap_bien_ban', joins: true },
        { key: 'chia_lai', label: 'Chia lại', next: 'an_ninh' },
        { key: 'rut', label: 'Người dân rút hồ sơ', next: 'end' },
      ],
    },
  )
  return procedureRecord.parse(json)
}

export const invented = ['night-market.json', 'register-copy.json'].map((name) => procedureRecord.parse(inventedJson(name)))
export const all = [...records, ...invented, nested()]
