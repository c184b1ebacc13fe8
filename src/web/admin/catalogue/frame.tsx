// The frame of the catalogue's pages: one heading, and a tab for each.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import { PageHeading, Tabs } from '#ui/index.ts'
import { sendDesk } from '../../desk/frame.tsx'

export const TABS = {
  demand: { label: 'Nhu cầu', href: '/admin/catalogue', lead: 'Người dân tìm gì, nộp gì và qua đường nào: để chọn việc đưa lên mạng trước.' },
  levels: { label: 'Mức độ trực tuyến', href: '/admin/catalogue/levels', lead: 'Mỗi cơ quan có bao nhiêu thủ tục ở mức nào, vào một ngày và qua các tháng.' },
  roadmaps: { label: 'Lộ trình', href: '/admin/catalogue/roadmaps', lead: 'Kế hoạch của năm: thủ tục nào đến mức nào vào quý nào, đã đạt đến đâu.' },
  sayings: { label: 'Cách nói', href: '/admin/catalogue/sayings', lead: 'Lời thường ngày và lời trong tên thủ tục mà ô tìm kiếm hiểu.' },
  entries: { label: 'Danh mục quốc gia', href: '/admin/catalogue/entries', lead: 'Thủ tục mới biết tên: nạp từ danh mục quốc gia, xem điều đã đổi.' },
} as const
export type TabName = keyof typeof TABS

export function sendCatalogue(request: FastifyRequest, reply: FastifyReply, tab: TabName, content: ComponentChildren, { status = 200, title }: { status?: number; title?: string } = {}) {
  const crumbs = title ? [{ label: 'Danh mục', href: '/admin/catalogue' }, { label: TABS[tab].label, href: TABS[tab].href }, { label: title }] : undefined
  return sendDesk(request, reply, { title: title ?? `Danh mục: ${TABS[tab].label}`, here: 'catalogue', status, ...(crumbs ? { crumbs } : {}) },
    <>
      <PageHeading title={title ?? 'Danh mục thủ tục'} lead={title ? undefined : TABS[tab].lead} />
      <Tabs label="Phần của danh mục" items={Object.entries(TABS).map(([name, one]) => ({ label: one.label, href: one.href, current: name === tab }))} />
      {content}
    </>)
}
