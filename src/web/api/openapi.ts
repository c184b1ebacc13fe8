// The OpenAPI 3.1 document, made of the very schemas that check requests and describe answers.

import { z } from 'zod'
import type { Route } from './route.ts'
import * as shapes from './shapes.ts'

type Json = Record<string, unknown>

const REFS = '#/components/schemas/'

/** Schemas by name, as JSON Schema; a named one inside another becomes a reference. */
function components(named: ReadonlyMap<string, z.ZodType>, io: 'input' | 'output'): Json {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of named) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => REFS + id, io, target: 'draft-2020-12', unrepresentable: 'any' })
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _s, $id: _i, ...schema }]) => [id, schema]))
}

const inline = (schema: z.ZodType): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' })
  return rest
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function parameters(spec: Route): Json[] {
  const of = (place: 'path' | 'query', schema: z.ZodType | undefined) =>
    Object.entries(schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : {}).map(([name, one]) => ({
      name, in: place, required: place === 'path' || !one.safeParse(undefined).success, ...(one.description ? { description: one.description } : {}), schema: inline(one),
    }))
  const key = spec.method === 'POST' ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []
  return [...of('path', spec.params), ...of('query', spec.query), ...key, ...(asksWhy(spec) ? [REASON] : [])]
}

const PROBLEM = { 'application/problem+json': { schema: { $ref: `${REFS}Problem` } } }

function responses(spec: Route): Json {
  const status = 'file' in spec ? 200 : (spec.status ?? 200)
  const content = 'file' in spec
    ? { [spec.file]: { schema: { type: 'string', format: 'binary' } } }
    : status === 204 ? undefined : { 'application/json': { schema: { $ref: `${REFS}${capital(spec.id)}Answer` } } }
  const problems: Record<string, string> = {
    400: 'yêu cầu không đọc được', 404: 'không có, hoặc người gọi không được biết', 503: 'hệ thống tạm thời chưa phục vụ được; thử lại sau',
    ...(spec.method === 'POST' ? { 409: 'trạng thái không cho phép, hoặc yêu cầu trước cùng Idempotency-Key còn chạy' } : {}), ...spec.problems,
  }
  if (spec.body || spec.query || spec.method === 'POST') problems['422'] = 'thông tin chưa đúng; errors nêu từng mục'
  return {
    [status]: { description: capital(spec.summary), ...(content ? { content } : {}) },
    ...Object.fromEntries(Object.entries(problems).map(([code, description]) => [code, { description, content: PROBLEM }])),
  }
}

function requestBody(spec: Route): Json {
  const name = `${REFS}${capital(spec.id)}Body`
  if (spec.upload) return { requestBody: { required: true, content: { 'multipart/form-data': { schema: { $ref: name } } } } }
  if (!spec.body) return {}
  return { requestBody: { required: !spec.body.safeParse({}).success, content: { 'application/json': { schema: { $ref: name } } } } }
}

const operation = (spec: Route): Json => ({
  operationId: spec.id, tags: [spec.tag], summary: spec.summary, ...(spec.description ? { description: spec.description } : {}),
  security: spec.access === 'anyone' ? [] : [{ bearer: [] }, { cookie: [] }], parameters: parameters(spec), ...requestBody(spec), responses: responses(spec),
})

/** What each part of the API is for. */
const TAGS: Readonly<Record<string, string>> = {
  'Hồ sơ': 'Soạn, nộp, xem, rút hồ sơ và tra cứu theo mã.',
  'Giấy tờ': 'Giấy tờ của hồ sơ: gửi, bỏ, tải về.',
  'Giấy tờ in': 'Giấy hẹn, thông báo, kết quả dạng PDF.',
  'Lấy ý kiến': 'Hỏi và trả lời ý kiến giữa các cơ quan; bàn giao và phiếu kiểm soát.',
  'Phí, lệ phí': 'Khoản phải nộp, biên lai, thu tiền mặt.',
  'Thủ tục': 'Thủ tục hành chính: tìm, đọc, tính thử, ai giải quyết.',
  'Việc': 'Danh sách việc của cán bộ; nhận, trả, hoàn thành.',
  'Việc của lãnh đạo': 'Cho phép bổ sung thêm, xin lỗi hẹn lại, gia hạn, dừng.',
  'Việc trên hồ sơ': 'Tiếp nhận, từ chối, yêu cầu bổ sung, trả kết quả.',
  'Đề nghị xem xét lại': 'Người nộp đề nghị cơ quan cấp trên xem xét lại; cơ quan trả lời.',
  'Đơn vị': 'Đơn vị hiện nay và tên, mã cũ.',
}

/** Read by officers without work on the dossier: why they look goes with the request. */
const REASON = { $ref: '#/components/parameters/AccessReason' }
const asksWhy = (spec: Route): boolean => spec.method === 'GET' && spec.access === 'signed-in' && /^\/(dossiers\/\{|files\/)/.test(spec.path)

/** The document of the routes given. `server` is the address of the face. */
export function openapi(routes: readonly Route[], server: string): Json {
  const inputs = new Map<string, z.ZodType>()
  // `Unit` is only the beginning of `UnitResolved`: nothing answers with it alone
  const outputs = new Map<string, z.ZodType>(Object.entries(shapes).filter(([name, shape]) => shape instanceof z.ZodObject && name !== 'Unit'))
  const paths: Record<string, Json> = {}
  for (const spec of routes) {
    const taken = spec.upload ?? spec.body
    if (taken) inputs.set(`${capital(spec.id)}Body`, taken)
    if (!('file' in spec) && spec.status !== 204) outputs.set(`${capital(spec.id)}Answer`, z.lazy(() => spec.answer))
    paths[spec.path] = { ...paths[spec.path], [spec.method.toLowerCase()]: operation(spec) }
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Tỉnh Số', version: '1', license: { name: 'GNU AGPL, phiên bản 3 trở lên', identifier: 'AGPL-3.0-or-later' },
      description: 'Giao diện lập trình của nền tảng Chính quyền điện tử tỉnh. Lỗi là application/problem+json (RFC 9457); danh sách đi theo cursor; POST nhận Idempotency-Key.',
    },
    servers: [{ url: server }],
    tags: [...new Set(routes.map((spec) => spec.tag))].map((name) => ({ name, description: TAGS[name] ?? name })),
    paths,
    components: {
      schemas: { ...components(inputs, 'input'), ...components(outputs, 'output') },
      parameters: {
        AccessReason: {
          name: 'access-reason', in: 'header', required: false, schema: { type: 'string', maxLength: 1000 },
          description: 'Vì sao cán bộ xem hồ sơ không thuộc việc của mình: mã lý do, lời ghi thêm sau dấu chấm phẩy. Thiếu thì 403 dossiers.reason_required.',
        },
        IdempotencyKey: {
          name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 255 },
          description: 'Cùng khóa, cùng yêu cầu: chạy một lần, mọi lần nhận cùng câu trả lời trong 24 giờ. Cùng khóa mà khác nội dung: 422.',
        },
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'Mã truy cập do bin/tinhso token cấp.' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'tinhso_session', description: 'Phiên của trình duyệt; yêu cầu ghi phải kèm X-CSRF-Token.' },
      },
    },
  }
}
