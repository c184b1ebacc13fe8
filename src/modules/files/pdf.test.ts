// PDFs as scanners, phones and offices make them, and as they come broken: whole ones pass, what an officer could not open does not.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { type PdfState, pdfState } from './pdf.ts'
import { endingNote, safeName } from './rules.ts'

const folder = mkdtempSync(join(tmpdir(), 'tinhso-pdf-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function judged(content: string | Buffer): Promise<PdfState> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content
  const path = join(folder, 'one.pdf')
  writeFileSync(path, bytes)
  return pdfState(path, bytes.length)
}

const PAGE = '3 0 obj<</Type /Page /Parent 2 0 R>>endobj\n'
/** With a table of references, as old writers do. */
const table = (objects: string, trailer: string): string => {
  const body = `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n${objects}`
  return `${body}xref\n0 1\n0000000000 65535 f \ntrailer\n<<${trailer}>>\nstartxref\n${body.length}\n%%EOF\n`
}
/** With everything in compressed objects and a stream of references, as new writers do. */
function packed(object: string, dictionary: string): Buffer {
  const inner = deflateSync(Buffer.from(object))
  const head = Buffer.concat([Buffer.from(`%PDF-1.7\n5 0 obj<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${inner.length}>>\nstream\n`), inner, Buffer.from('\nendstream endobj\n')])
  return Buffer.concat([head, Buffer.from(`6 0 obj<</Type /XRef /Root 1 0 R ${dictionary}>>\nstream\nxx\nendstream endobj\nstartxref\n${head.length}\n%%EOF`)])
}

describe('pdfState', () => {
  const cases: readonly [string, string | Buffer, PdfState][] = [
    ['whole', table(PAGE, '/Root 1 0 R'), 'good'],
    ['without spaces', table('3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n', '/Root 1 0 R'), 'good'],
    ['a page far behind a megabyte of noise', table(`${'x'.repeat(1_048_500)}${PAGE}`, '/Root 1 0 R'), 'good'],
    ['packed', packed('1 0 <</Type /Page>>', ''), 'good'],
    ['a wrong place of references, which readers mend', table(PAGE, '/Root 1 0 R').replace(/startxref\n\d+/, 'startxref\n999999'), 'good'],
    ['locked', table(PAGE, '/Root 1 0 R /Encrypt 9 0 R'), 'locked'],
    ['locked, the lock written out', table(PAGE, '/Encrypt<</V 2>> /Root 1 0 R'), 'locked'],
    ['packed and locked', packed('1 0 <</Type /Page>>', '/Encrypt 7 0 R'), 'locked'],
    ['text that only speaks of locks', table(`4 0 obj<</Length 9>>stream\n/Encrypt 9 0 R\nendstream endobj\n${PAGE}`, '/Root 1 0 R'), 'good'],
    ['no page', table('', '/Root 1 0 R'), 'empty'],
    ['packed, no page', packed('1 0 <</Type /Catalog>>', ''), 'empty'],
    ['only a tree of pages', table('3 0 obj<</Type /Pages /Count 0>>endobj\n', '/Root 1 0 R'), 'empty'],
    ['cut off', table(PAGE, '/Root 1 0 R').slice(0, 120), 'broken'],
    ['only its name', '%PDF-', 'broken'],
    ['something else', 'PK\u0003\u0004 %%EOF', 'broken'],
  ]
  test.each(cases)('%s', async (_name, content, state) => expect(await judged(content)).toBe(state))

})

describe('names', () => {
  test.each([
    ['anh.pdf', 'image/png', /đuôi \.pdf nhưng nội dung là Ảnh PNG/],
    ['anh.JPEG', 'image/jpeg', null],
    ['IMG_1.HEIF', 'image/heic', null],
    ['khong duoi', 'application/pdf', null],
    ['bao cao.csv', 'text/plain', null],
    ['a.exe', 'application/pdf', /đổi đuôi thành \.pdf/],
  ])('%s that is %s', (name, type, note) => {
    if (note) expect(endingNote(name, type)).toMatch(note)
    else expect(endingNote(name, type)).toBeNull()
  })

  test.each([
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\Giấy tờ\\đơn.doc', 'đơn.pdf'],
    ['\u202egpj.exe', 'gpj.pdf'],
    ['', 'tep.pdf'],
    ['Nguye\u0302\u0303n 🍜.jpg', 'Nguyễn 🍜.pdf'],
  ])('%j is kept as %s', (given, kept) => expect(safeName(given, 'pdf')).toBe(kept))
})
