// One error handler for the faces: a page for people, problem+json for programs, both with what to do next.

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isLostConnection } from '#core/db/index.ts'
import { AppError, Invalid, NotFound, Unavailable } from '#core/errors.ts'
import { Actions, Button, CitizenLayout, ErrorPage, Form } from '#ui/index.ts'
import { sendPage } from './page.tsx'
import { PortalFrame } from './portal/frame.tsx'

const wantsJson = (request: FastifyRequest): boolean =>
  request.url.startsWith('/api/') || request.url === '/healthz' || request.headers['x-requested-with'] !== undefined || /\bjson\b/.test(request.headers.accept ?? '')

const TOO_BIG = 'Nội dung gửi lên quá lớn. Hãy rút ngắn phần chữ, hoặc gửi tệp nhỏ hơn 100 MB.'

/** Any thrown thing as one of the kinds a user can meet. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (isLostConnection(error)) return new Unavailable('database', 'Cơ sở dữ liệu đang khởi động lại; xin thử lại sau ít giây.')
  const { statusCode, code } = error as FastifyError
  if (code === '22021' || code === '22P05') return new Invalid([], 'Nội dung có ký tự không lưu được; hãy bỏ các ký tự lạ rồi gửi lại.')
  if (code === '22P02' || code === '22007' || code === '22008') return new NotFound('bad_reference', 'Địa chỉ hoặc mã không đúng.')
  if (statusCode === 413) return new Invalid([], TOO_BIG, 413)
  if (statusCode === 415) return new AppError(415, 'unsupported_media_type', 'Kiểu nội dung gửi lên không dùng được ở đây; hãy gửi JSON hoặc biểu mẫu.')
  if (statusCode === 429) return new AppError(429, 'too_many', 'Quá nhiều yêu cầu trong thời gian ngắn; xin chờ một phút rồi thử lại.')
  if (statusCode && statusCode >= 400 && statusCode < 500) return new AppError(statusCode, 'bad_request', 'Yêu cầu không đọc được; hãy kiểm tra lại nội dung gửi lên.')
  return new AppError(500, 'internal', 'Hệ thống gặp lỗi ngoài dự kiến. Việc chưa được ghi; xin thử lại, nếu vẫn lỗi hãy báo mã này cho bộ phận hỗ trợ.')
}

const TITLES: Readonly<Record<number, string>> = {
  401: 'Cần đăng nhập', 403: 'Không được phép', 404: 'Không tìm thấy', 409: 'Không làm được lúc này', 413: 'Quá lớn', 415: 'Loại tệp không nhận',
  422: 'Thông tin chưa đúng', 429: 'Xin chờ một chút', 503: 'Tạm thời chưa phục vụ được',
}

/** The body of RFC 9457 problem details. */
export function problem(error: AppError, requestId: string): object {
  return {
    type: `/problems/${error.code}`,
    title: TITLES[error.status] ?? 'Lỗi hệ thống',
    status: error.status,
    detail: error.message,
    code: error.code,
    requestId,
    ...(error instanceof Invalid ? { errors: error.fields } : {}),
  }
}

export function onError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = asAppError(thrown)
  if (error.status >= 500 && !(error instanceof Unavailable)) request.log.error({ err: thrown }, 'unexpected')
  if (error.status === 503) reply.header('retry-after', String(error instanceof Unavailable ? error.afterS : 3))
  if (wantsJson(request)) return reply.code(error.status).type('application/problem+json; charset=utf-8').send(problem(error, request.id))
  return errorPage(request, reply, error)
}

/** What was sent to a house that could not take it, kept in a button: nobody types it again. Files cannot be kept that way. */
function SendAgain({ request }: { request: FastifyRequest }) {
  if (request.method !== 'POST') return null
  const form = request.ctx && (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded') && typeof request.body === 'object' && request.body !== null
  if (!form) return <p>Chưa có gì được ghi. Dùng nút Quay lại của trình duyệt để trở về trang đang làm rồi gửi lại khi hết thời gian nêu trên.</p>
  const fields = Object.entries(request.body as Record<string, unknown>).filter(([name]) => name !== '_csrf' && name !== 'password').flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)] as const))
  return (
    <Form action={request.url} label="Gửi lại">
      <p>Những gì đã nhập còn nguyên trong nút dưới đây; chưa có gì được ghi.</p>
      {fields.map(([name, value]) => <input type="hidden" name={name} value={value} />)}
      <Actions><Button look="primary">Gửi lại</Button></Actions>
    </Form>
  )
}

function errorPage(request: FastifyRequest, reply: FastifyReply, error: AppError): FastifyReply {
  if (error.status === 401 && request.method === 'GET') {
    return reply.code(303).header('location', `/sign-in?returnTo=${encodeURIComponent(request.url)}`).send()
  }
  const title = TITLES[error.status] ?? 'Lỗi hệ thống'
  const faults = error instanceof Invalid ? error.fields : []
  const content = (
    <ErrorPage title={title} reference={error.status >= 500 ? `Mã yêu cầu: ${request.id}` : undefined} action={error instanceof Unavailable && request.method === 'POST' ? undefined : { label: 'Về trang đầu', href: '/' }}>
      <p>{error.message}</p>
      {faults.length > 0 && <ul>{faults.map((fault) => <li>{fault.message}</li>)}</ul>}
      {error instanceof Unavailable && <SendAgain request={request} />}
    </ErrorPage>
  )
  // Without a context nobody has been recognised yet, so there is no frame that could name them.
  const framed = request.ctx ? <PortalFrame request={request} page={{ title }}>{content}</PortalFrame> : <CitizenLayout>{content}</CitizenLayout>
  return sendPage(request, reply, { title, body: 'citizen', status: error.status }, framed)
}
