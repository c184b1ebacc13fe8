// Who a lane stands for: the words that Vietnamese offices write on lanes, as roles of a step.

import { fold } from '#core/text/index.ts'
import { roleLabels } from './labels.ts'
import type { Role } from './record.ts'

/** Tried in this order on the words without accents; the first that fits counts. */
const WORDS: readonly (readonly [RegExp, Role, string?])[] = [
  [/\b(mot cua|tiep nhan|tra ket qua|hanh chinh cong|bptn|ttpvhcc|one.?stop)\b/, 'mot_cua', 'noi_nop'],
  [/\b(nguoi dan|cong dan|nguoi nop|khach hang|doanh nghiep|to chuc,? ca nhan|ca nhan,? to chuc|nguoi yeu cau|citizen|applicant|client)\b/, 'cong_dan'],
  [/\b(chanh van phong)\b/, 'chanh_van_phong'],
  [/\b(van thu|dong dau|clerk)\b/, 'van_thu'],
  [/\b(thu phi|thu ngan|ke toan|le phi|cashier)\b/, 'thu_phi'],
  [/\b(co quan thue|chi cuc thue|thue tinh|thue co so)\b/, 'thue'],
  [/\b(buu chinh|buu dien|bcci)\b/, 'bcci'],
  [/\b(lanh dao phong|truong phong|pho phong|pho truong phong|truong ban|lanh dao van phong|head of (section|division))\b/, 'lanh_dao_phong'],
  [/\b(lanh dao|chu tich|pho chu tich|giam doc|pho giam doc|thu truong|leader|director|chairman)\b/, 'lanh_dao_don_vi'],
  [/\b(phoi hop|co quan khac|don vi khac|lay y kien|cong an|bao hiem xa hoi|thon|to dan pho)\b/, 'co_quan_phoi_hop'],
  [/\b(chuyen vien|cong chuc|vien chuc|can bo|thu ly|tham dinh|phong chuyen mon|tu phap|dia chinh|officer|clerk)\b/, 'chuyen_vien'],
]

/** The role that a lane, a group or a performer is called by; null when nothing in the words tells. */
export function roleOfLane(name: string): { readonly role: Role; readonly unit?: string; readonly label: string } | null {
  const plain = fold(name)
  const own = (Object.keys(roleLabels) as Role[]).find((role) => role === name.trim())
  const found = own ? ([/./, own] as const) : WORDS.find(([words]) => words.test(plain))
  return found ? { role: found[1], ...(found[2] ? { unit: found[2] } : {}), label: roleLabels[found[1]] } : null
}
