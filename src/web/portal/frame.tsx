// The frame of every page of the portal: where one can go, who is signed in, what was just done.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import type { Actor } from '#core/policy/actor.ts'
import { CitizenLayout, type Crumb, type FlashMessage } from '#ui/index.ts'
import { ReadingTools } from '../language/index.ts'
import { sendPage } from '../page.tsx'
import { safeReturnTo, withReturnTo } from '../session/index.ts'
import './unread.ts'
import { tiersOf } from './words.ts'

export type Place = 'home' | 'procedures' | 'dossiers' | 'messages' | 'track' | 'units' | 'none'

export interface PortalPage {
  readonly title: string
  readonly here?: Place
  readonly status?: number
  readonly description?: string
  /** Pages above this one; the page itself is added. */
  readonly crumbs?: readonly Crumb[]
}

/** What an act says on the page it leads to, by the code in `?xong=`. */
const SAID: Readonly<Record<string, FlashMessage>> = {
  'da-luu': { message: 'Đã lưu. Ông/bà mở lại bản nháp lúc nào cũng được, ở máy nào cũng được.' },
  'da-xoa': { message: 'Đã xóa bản nháp.' },
  'bo-sung': { message: 'Đã gửi bổ sung. Cơ quan tiếp tục giải quyết hồ sơ.' },
  'da-de-nghi': { message: 'Đã gửi đề nghị xem xét lại. Cơ quan cấp trên trả lời trong thời hạn ghi ở dưới.' },
  'da-bo-sua': { message: 'Đã bỏ phần sửa chưa gửi. Hồ sơ trở lại như đã nộp.' },
  'da-rut': { message: 'Đã rút hồ sơ. Giấy xác nhận có ở phần giấy tờ bên dưới.' },
  'da-nhan': { message: 'Ông/bà đã nhận kết quả trực tuyến. Có thể tải lại bản này bất cứ lúc nào.' },
  'da-tra-loi': { message: 'Đã gửi trả lời cho cơ quan.' },
  'da-hoi': { message: 'Đã gửi câu hỏi. Trả lời sẽ hiện ở trang này.' },
  'da-doc': { message: 'Đã đánh dấu đã đọc.' },
  'da-chon': { message: 'Đã lưu cách nhận tin.' },
  'da-gui-ma': { message: 'Đã gửi mã. Xem tin vừa đến rồi ghi mã vào ô Mã xác nhận.' },
  'da-xac-nhan': { message: 'Đã xác nhận. Từ nay tin gửi tới đây.' },
  'da-bo': { message: 'Đã thôi dùng. Tin lại gửi tới nơi ghi trong từng hồ sơ.' },
  'da-bao-gia': { message: 'Đã nhận báo cáo. Cảm ơn ông/bà đã giúp người khác tránh bị lừa.' },
  'noi-nop': { message: 'Đã đổi nơi nộp hồ sơ.' },
}

const HELP_THREE_TIERS = 'Cần người giúp? Bộ phận một cửa của huyện và của xã nhận hồ sơ và hướng dẫn tại chỗ, không thu tiền.'
const HELP =
  'Cần người giúp? Trung tâm Phục vụ hành chính công xã, phường nào trong tỉnh cũng nhận hồ sơ và hướng dẫn tại chỗ, không thu tiền.'

const meOf = (actor: Actor) =>
  actor.kind === 'citizen' ? { name: actor.name, href: '/ho-so' } : actor.kind === 'officer' ? { name: actor.name, href: '/desk' } : null

/** The citizen's frame, for pages of this face and for errors. */
export function PortalFrame({ request, page, children }: { request: FastifyRequest; page: PortalPage; children: ComponentChildren }) {
  const { title, here = 'none', crumbs } = page
  const said = (request.query as { xong?: unknown } | undefined)?.xong
  return (
    <CitizenLayout
      place="Tỉnh Thanh Hóa"
      nav={[
        { label: 'Thủ tục', href: '/thu-tuc', current: here === 'procedures' },
        { label: 'Hồ sơ của tôi', href: '/ho-so', current: here === 'dossiers' },
        ...(request.ctx.actor.kind === 'citizen' ? [{ label: 'Tin nhắn', href: '/tin-nhan', current: here === 'messages', count: request.unread || undefined }] : []),
        { label: 'Tra cứu', href: '/tra-cuu', current: here === 'track' },
      ]}
      me={meOf(request.ctx.actor)}
      signInHref={withReturnTo('/sign-in', request.method === 'GET' ? safeReturnTo(request.url) : null)}
      signOutAction="/sign-out"
      tools={<ReadingTools request={request} />}
      crumbs={crumbs && [{ label: 'Trang đầu', href: '/' }, ...crumbs, { label: title }]}
      flash={typeof said === 'string' && Object.hasOwn(SAID, said) ? SAID[said] : null}
      footLinks={[
        { label: 'Ai giải quyết việc này?', href: '/tham-quyen' },
        { label: 'Căn cứ của các con số', href: '/can-cu' },
        { label: 'Đơn vị và tên cũ', href: '/don-vi' },
        { label: 'Tra cứu hồ sơ', href: '/tra-cuu' },
        { label: 'Tin nhắn này có thật không?', href: '/tin-nhan-that' },
        { label: 'Dành cho cán bộ', href: '/desk' },
      ]}
      footText={tiersOf(request.ctx) === 3 ? HELP_THREE_TIERS : HELP}
    >
      {children}
    </CitizenLayout>
  )
}

export function sendPortal(request: FastifyRequest, reply: FastifyReply, page: PortalPage, content: ComponentChildren): FastifyReply {
  const { title, status, description } = page
  return sendPage(
    request,
    reply,
    { title: status === 422 ? `Còn chỗ cần sửa: ${title}` : title, status, description, body: 'citizen' },
    <PortalFrame request={request} page={page}>
      {content}
    </PortalFrame>,
  )
}
