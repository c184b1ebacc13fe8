// A procedure's own template: set from its text, its faults said in Vietnamese with their line, never able to load code or to hang the house.

import { describe, expect, test } from 'vitest'
import { openPrinter, PACK_TEMPLATES, PrintError, sayTemplateFault } from './index.ts'
import { textOf } from './inspect.ts'
import { forbiddenIn } from './own.ts'
import { samples } from './samples.ts'
import { openTrial } from './trial.ts'

const printer = openPrinter(PACK_TEMPLATES)
const data = { ...samples.result, answers: { child_name: 'Lê Minh Ánh', note: null } }
const HEAD = '#import "parts.typ": *\n#show: form.with(title: "Giấy xác nhận")\n'
const said = async (body: string) => {
  try {
    await printer.renderPdf('result', data, { source: HEAD + body })
    return []
  } catch (error) {
    return error instanceof PrintError ? error.faults.map(sayTemplateFault) : [String(error)]
  }
}

test('is set with the answers of the form; the shared template is untouched afterwards', async () => {
  const pdf = await printer.renderPdf('result', data, { source: `${HEAD}Cháu #answers.child_name, ghi chú: #answers.note.\n#field("Ghi chú", answers.note)` })
  expect(textOf(pdf)).toContain('Cháu Lê Minh Ánh, ghi chú: .')
  expect(textOf(await printer.renderPdf('result', samples.result))).not.toContain('Cháu')
})

describe('faults name the line and what to do', () => {
  test.each([
    ['#answers.chld_name', 'Dòng 3: không có trường “chld_name”'],
    ['Tên:\n#ten_chau', 'Dòng 4: không hiểu tên “ten_chau”'],
    ['chữ *đậm', 'Dòng 3: có dấu mở mà chưa đóng'],
    ['#field("a" "b")', 'Dòng 3: chỗ này'],
    ['#if true { [a] }]', 'Dòng 3: thừa một dấu đóng ngoặc'],
    ['#(1 + answers.child_name)', 'Dòng 3: không nối được'],
    ['#while 1 < 2 {}', 'Dòng 3: vòng lặp không bao giờ dừng'],
    ['#import "@preview/cetz:0.3.0"', 'Dòng 3: Mẫu của thủ tục không được dùng “import”'],
    ['#let e = eval', 'không được dùng “eval”'],
    ['#dictionary(std).at("ev" + "al")', 'không được dùng “dictionary”'],
    ['#image("ảnh.png")', 'một tệp không có'],
  ])('%s', async (body, words) => {
    expect((await said(body)).join(' ')).toContain(words)
  })

  test('also when the fault shows inside the shared parts', async () => {
    expect((await said('#prose("x", 1)')).join(' ')).toMatch(/^Dòng 3/)
  })

  test('an empty and an endless text are refused before they are tried', () => {
    expect(forbiddenIn('  \n')).toHaveLength(1)
    expect(forbiddenIn('a'.repeat(70_000))[0]!.message).toContain('nhiều nhất 60.000')
    expect(forbiddenIn(HEAD)).toEqual([])
  })
})

test('a template that runs on for ever is ended, and the next one is answered', async () => {
  const trial = openTrial(PACK_TEMPLATES, undefined, 6000)
  const fine = await trial.ask({ template: 'result', data, options: { source: `${HEAD}xong` } })
  expect('pdf' in fine && Buffer.from(fine.pdf).subarray(0, 4).toString()).toBe('%PDF')
  const endless = await trial.ask({ template: 'result', data, options: { source: `${HEAD}#for a in range(5000) { for b in range(5000) { for c in range(5000) { let x = a * b + c } } }` } })
  expect('faults' in endless && endless.faults[0]!.message).toContain('chạy quá lâu')
  const after = await trial.ask({ template: 'result', data, options: { source: `${HEAD}#khong_co` } })
  expect('faults' in after && after.faults).toEqual([{ line: 3, message: expect.stringContaining('khong_co'), field: 'khong_co' }])
}, 30_000)
