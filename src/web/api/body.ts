// Reads request bodies: JSON in any honest wrapping, empty as nothing, and never a tree that could hurt what comes after.

import type { FastifyInstance } from 'fastify'
import { AppError, Invalid } from '#core/errors.ts'

const DEEPEST = 40

const unreadable = (why: string) => new AppError(400, 'bad_json', `Nội dung JSON không đọc được: ${why} Hãy sửa rồi gửi lại.`)

/** Walks without recursion: refuses depth, prototype names and NUL; texts become NFC, as everything that is stored. */
function cleaned(root: unknown): unknown {
  const box = { root }
  const todo: { holder: Record<string, unknown>; key: string; path: string; depth: number }[] = [{ holder: box as never, key: 'root', path: '', depth: 0 }]
  for (let at = todo.pop(); at; at = todo.pop()) {
    const { holder, key, path, depth } = at
    const value = holder[key]
    if (typeof value === 'string') {
      if (value.includes('\u0000')) throw new Invalid([{ key: path, message: 'Có ký tự rỗng (NUL) không lưu được; hãy bỏ ký tự đó rồi gửi lại.' }])
      holder[key] = value.toWellFormed().normalize('NFC')
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= DEEPEST) throw unreadable(`các lớp lồng nhau quá ${DEEPEST} tầng.`)
      for (const name of Object.keys(value)) {
        if (name === '__proto__') throw unreadable('có tên mục không được dùng (__proto__).')
        if (name.includes('\u0000')) throw unreadable('có tên mục chứa ký tự rỗng (NUL).')
        todo.push({ holder: value as Record<string, unknown>, key: name, path: path ? `${path}.${name}` : name, depth: depth + 1 })
      }
    }
  }
  return box.root
}

/** The value of a JSON text; undefined when there is none. Throws AppError 400, Invalid. */
export function readJson(bytes: Buffer): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw unreadable('không phải chữ UTF-8.')
  }
  if (text.trim() === '') return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw unreadable(`sai cú pháp (${(error as Error).message.slice(0, 120)}).`)
  }
  return cleaned(value)
}

/** Bodies of this face only: JSON under any JSON type or none at all. Forms keep the parsers of the server; anything else is 415. */
export function acceptBodies(app: FastifyInstance): void {
  const parse = (_request: unknown, bytes: Buffer, done: (error: Error | null, value?: unknown) => void) => {
    try {
      done(null, readJson(bytes))
    } catch (error) {
      done(error as Error)
    }
  }
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser(/^application\/([a-z0-9.-]+\+)?json/i, { parseAs: 'buffer' }, parse as never)
  app.addContentTypeParser('*', { parseAs: 'buffer' }, ((request: { headers: Record<string, string | undefined> }, bytes: Buffer, done: (error: Error | null, value?: unknown) => void) => {
    if (bytes.length === 0) return done(null, undefined)
    if (request.headers['content-type'] === undefined) return parse(request, bytes, done)
    done(new AppError(415, 'unsupported_media_type', 'Kiểu nội dung này không dùng được ở đây; hãy gửi JSON với Content-Type: application/json.'))
  }) as never)
}
