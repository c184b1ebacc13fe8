// The tabs of the workshop in the order in which a procedure is written; each has a route file of its own, registered in routes.tsx beside this list.

import type { DraftPart } from '#modules/procedures/index.ts'

export interface StudioTab {
  readonly key: string
  readonly label: string
  /** The part of the draft that is edited there. */
  readonly part?: DraftPart
}

export const STUDIO_TABS = [
  { key: 'basics', label: 'Thông tin chung', part: 'basics' },
  { key: 'process', label: 'Quy trình', part: 'process' },
  { key: 'form', label: 'Tờ khai', part: 'form' },
  { key: 'parts', label: 'Giấy tờ', part: 'parts' },
  { key: 'fees', label: 'Phí, lệ phí', part: 'fees' },
  { key: 'texts', label: 'Mẫu in, tin báo', part: 'texts' },
  { key: 'reasons', label: 'Lý do', part: 'reasons' },
  { key: 'cases', label: 'Ca mẫu', part: 'cases' },
  { key: 'decision', label: 'Quyết định', part: 'decision' },
  { key: 'history', label: 'Thử trên hồ sơ cũ' },
  { key: 'diff', label: 'So sánh' },
  { key: 'publish', label: 'Công bố' },
] as const satisfies readonly StudioTab[]

export type StudioTabKey = (typeof STUDIO_TABS)[number]['key']

export const draftHref = (id: string, tab?: string): string => `/admin/procedures/drafts/${id}${tab ? `/${tab}` : ''}`

/** The tab where a part is mended. */
export const tabOfPart = (part: DraftPart): string => STUDIO_TABS.find((tab) => 'part' in tab && tab.part === part)?.key ?? 'basics'
