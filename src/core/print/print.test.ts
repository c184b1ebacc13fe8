// Every form, with believable and with hostile data, read back as a reader, a screen reader and a printer would.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openPrinter, PACK_TEMPLATES, PrintError, renderPdf, type TemplateData, type TemplateName } from './index.ts'
import { fold, fontsOf, hasPoppler, infoOf, pagesOf, tagsOf, textOf, wordsOf } from './inspect.ts'
import { LONG_NAME, nasty, TRAPS } from './nasty.ts'
import { samples } from './samples.ts'

const names = Object.keys(samples) as TemplateName[]
/** Forms on A4 upright with the head of NĐ 30; the book lies, letters have sizes of their own (letters.test.ts). */
const forms = names.filter((name): name is Form => !['tracking-book', 'envelope', 'label-sheet'].includes(name))
type Form = Exclude<TemplateName, 'tracking-book' | 'envelope' | 'label-sheet'>
const MM = 72 / 25.4
const render = (name: TemplateName, data: unknown) => renderPdf(name, data as TemplateData<TemplateName>)

const EXPECTED: Record<Form, string[]> = {
  receipt: [
    'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ',
    'Số: 0123/TNHS',
    'Thời gian nhận hồ sơ: 08 giờ 05 phút, ngày 21/11/2026',
    'Thời gian trả kết quả: 17 giờ 00 phút, ngày 25/11/2026',
    'Tổng cộng 1.262.000 đ',
    'Lập thành 02 bản',
  ],
  'supplement-request': [
    'PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ',
    '(Căn cứ: khoản 1 Điều 16 Luật Hộ tịch)',
    'trước: 17 giờ 00 phút, ngày 05/12/2026',
  ],
  refusal: ['PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ', '(Căn cứ: khoản 2 Điều 103 Luật Xây dựng)'],
  apology: [
    'XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT HỒ SƠ',
    'Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 14/12/2026',
    'trả kết quả vào: 17 giờ 00 phút, ngày 18/12/2026',
    'CHỦ TỊCH Lê Đức Thịnh',
  ],
  'stop-notice': [
    'THÔNG BÁO Về việc dừng giải quyết',
    'Theo đề nghị của Ông/Bà lúc 09 giờ 12 phút, ngày 30/11/2026',
    'Bước đang giải quyết khi dừng: Thẩm định hồ sơ',
    'Phí, lệ phí: lệ phí 75.000 đ chưa thu',
  ],
  'financial-notice': ['Về việc thực hiện nghĩa vụ tài chính', 'Tổng cộng 62.250.000 đ', 'Nộp trước: 17 giờ 00 phút, ngày 21/12/2026'],
  'fee-receipt': ['BIÊN LAI THU PHÍ, LỆ PHÍ', 'Số: 0000123', 'Bằng chữ: Một triệu hai trăm sáu mươi hai nghìn đồng'],
  'cash-closing': ['BẢNG KÊ THU PHÍ, LỆ PHÍ BẰNG TIỀN MẶT', 'Ngày 21/11/2026', 'Phải có theo biên lai: 27.000 đ', 'Chênh lệch: thiếu 1.000 đ'],
  'appeal-decision': ['Kết quả giải quyết kiến nghị', 'quyết định: hủy việc từ chối, tiếp nhận lại hồ sơ', '(Căn cứ: khoản 3 Điều 103 Luật Xây dựng)'],
  'unresolved-notice': [
    'THÔNG BÁO Về việc không giải quyết',
    'Hạc Thành, ngày 05 tháng 02 năm 2026',
    'Căn cứ Luật Xây dựng số 50/2014/QH13;',
    'KT. CHỦ TỊCH PHÓ CHỦ TỊCH',
  ],
  'withdrawal-confirmation': ['XÁC NHẬN RÚT HỒ SƠ', 'Thời gian rút hồ sơ: 15 giờ 02 phút, ngày 22/11/2026'],
  result: ['GIẤY KHAI SINH', 'Trần Nguyễn Bảo Ngọc', 'từ ngày 21 tháng 11 năm 2026, không thời hạn'],
  'control-slip': ['PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ', '08:20 21/11/2026', 'Đúng hạn', 'Quá hạn'],
}

describe.skipIf(!hasPoppler)('read back with poppler (skipped without poppler-utils)', () => {
  test.each(forms)('%s says what it must, on one A4 page, tagged, in Vietnamese', async (name) => {
    const pdf = await render(name, samples[name])
    const text = textOf(pdf)
    expect(text).toBe(text.normalize('NFC'))
    for (const words of [...EXPECTED[name], 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'H56.12-261121-0001'])
      expect(text).toContain(words)
    const about = 'dossier' in samples[name] && samples[name].dossier ? 'H56.12-261121-0001' : /^\p{Lu}/u
    expect(infoOf(pdf)).toMatchObject({ Tagged: 'yes', Pages: '1', Title: typeof about === 'string' ? expect.stringContaining(about) : expect.stringMatching(about) })
    expect(infoOf(pdf)['Page size']).toContain('A4')
    expect(tagsOf(pdf).match(/^\s*H1/gm)).toHaveLength(1)
    expect(Buffer.from(pdf).toString('latin1')).toMatch(/\/Lang ?\(vi\)/)
    expect(Buffer.from(pdf).toString('latin1')).toContain('<pdfuaid:part>1')
    expect(fontsOf(pdf).every((font) => /Tinos-\w+ .* yes yes yes /.test(font))).toBe(true)
  })

  test('a screen reader meets the parts in the order of reading', async () => {
    const tags = tagsOf(await renderPdf('receipt', samples.receipt))
    const order = [
      '"PHƯỜNG HẠC THÀNH"',
      '"HÀNH CHÍNH CÔNG"',
      '"Độc lập',
      '"Số: 0123/TNHS"',
      'Figure',
      'H1',
      '"Tiếp nhận hồ sơ của',
      'THead',
      'Giấy chứng sinh',
      'Link',
      'https://',
    ]
    const places = order.map((part) => tags.indexOf(part))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  test.each(forms)('%s keeps hostile and endless data literal and inside the margins', async (name) => {
    const pdf = await render(name, nasty[name])
    const text = textOf(pdf)
    const given = JSON.stringify(nasty[name])
    for (const trap of [...TRAPS, LONG_NAME])
      if (given.includes(JSON.stringify(trap).slice(1, -1))) expect(bare(text)).toContain(bare(trap))
    for (const word of wordsOf(pdf)) {
      expect(word, JSON.stringify(word)).toSatisfy(
        (w: typeof word) => w.left >= 30 * MM - 1 && w.right <= 195 * MM + 1 && w.bottom <= 277 * MM + 3,
      )
    }
  })

  test('pages after the first carry their number on top', async () => {
    const pages = pagesOf(await renderPdf('receipt', nasty.receipt))
    expect(pages.length).toBeGreaterThan(2)
    expect(pages[0]).not.toMatch(/^1 /)
    for (const [i, page] of pages.entries()) if (i > 0) expect(page.startsWith(`${i + 1} `)).toBe(true)
  })

  test('a table heading comes again on every page of the table', async () => {
    const pages = pagesOf(await renderPdf('receipt', nasty.receipt))
    expect(pages.filter((page) => page.includes('TT Tên giấy tờ Hình thức Số lượng')).length).toBeGreaterThan(1)
  })

  test('no fee is said in words; an electronic receipt says so', async () => {
    const text = textOf(await renderPdf('receipt', { ...samples.receipt, fees: [], online: true }))
    expect(text).toContain('Phí, lệ phí: Không thu phí')
    expect(text).toContain('Bản điện tử')
    expect(text).not.toContain('02 bản')
  })

  test('the creation date is the one given, and none without', async () => {
    const dated = await renderPdf('refusal', samples.refusal, { createdAt: new Date('2026-11-21T01:05:09Z') })
    expect(Buffer.from(dated).toString('latin1')).toContain('D:20261121010509')
    expect(infoOf(await renderPdf('refusal', samples.refusal))).not.toHaveProperty('CreationDate')
  })

  test('letters the typeface lacks become a box, tricks vanish, the form still prints', async () => {
    const pdf = await renderPdf('refusal', {
      ...samples.refusal,
      applicant: { name: 'Lê\u0000 \u202eVăn\u200b 😀 漢 Tèo\ud800'.normalize('NFD') },
    })
    expect(textOf(pdf)).toContain('Hồ sơ của: Lê Văn □ □ Tèo')
  })
})

describe('same in, same out', () => {
  test.each(names)('%s: the same data give the same bytes', async (name) => {
    const [first, second] = [await render(name, samples[name]), await render(name, structuredClone(samples[name]))]
    expect(Buffer.compare(first, second)).toBe(0)
  })

  test('calls at the same time do not disturb each other', async () => {
    const alone: Uint8Array[] = []
    for (const name of names) alone.push(await render(name, samples[name]))
    const crowd = await Promise.all([...names, ...names, ...names].map((name) => render(name, samples[name])))
    expect(crowd.map((pdf, i) => Buffer.compare(pdf, alone[i % names.length]!))).toEqual(crowd.map(() => 0))
  })
})

describe('refusals', () => {
  test.each(forms)('%s without a required field names the field', async (name) => {
    const { place: _, ...rest } = samples[name]
    await expect(render(name, rest)).rejects.toThrow(new RegExp(`«${name}».*place`, 's'))
  })

  test('a nested field is named by its path', async () => {
    const data = { ...samples.receipt, applicant: { address: 'x' } } as unknown as TemplateData<'receipt'>
    await expect(renderPdf('receipt', data)).rejects.toThrow(/applicant\.name/)
  })

  test('an unknown field is refused, not dropped', async () => {
    await expect(render('receipt', { ...samples.receipt, feeNote: 'x' })).rejects.toThrow(/feeNote/)
  })

  test('a personal id in clear is refused', async () => {
    const data = { ...samples.receipt, applicant: { name: 'A', maskedId: '038099000001' } }
    await expect(renderPdf('receipt', data)).rejects.toThrow(/che bớt/)
  })

  test('an unknown template is refused', async () => {
    await expect(render('toString' as TemplateName, {})).rejects.toThrow(PrintError)
  })

  test('a broken template is named, with its line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'templates-'))
    writeFileSync(join(folder, 'refusal.typ'), 'một\n#khong-co-ham()\n')
    await expect(openPrinter(folder).renderPdf('refusal', samples.refusal)).rejects.toThrow(/«refusal».*khong-co-ham.*refusal\.typ:2/s)
  })
})

describe('marks', () => {
  test.skipIf(!hasPoppler)('a preview says so on its first line and across every page, a reprint says when', async () => {
    const pages = pagesOf(await renderPdf('receipt', nasty.receipt, { mark: 'BẢN XEM TRƯỚC' }))
    expect(pages[0]).toContain('BẢN XEM TRƯỚC')
    for (const page of pages) expect(bare(page)).toContain('BẢNXEMTRƯỚC')
    const again = textOf(await renderPdf('receipt', samples.receipt, { stamp: 'Bản in lại lúc 14:05 ngày 22/11/2026' }))
    expect(again).toContain('Bản in lại lúc 14:05 ngày 22/11/2026')
    expect(textOf(await renderPdf('receipt', samples.receipt))).not.toMatch(/in lại|XEM TRƯỚC/)
  })
})

describe('older sets and templates of the province', () => {
  const old = (name: TemplateName) => ({ ...samples[name], formSet: 'tt-01-2018' })

  test.skipIf(!hasPoppler).each([
    ['receipt', 'Lập thành 02 bản', 'được lập thành 02 liên'],
    ['supplement-request', 'Đề nghị bổ sung, hoàn thiện', 'Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau'],
    ['refusal', 'Hồ sơ của:', 'tiếp nhận hồ sơ của: Nguyễn Thị Hường'],
    ['apology', 'XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN', 'PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ'],
    ['control-slip', 'Kết quả Ghi chú', 'Trước hạn Đúng hạn Quá hạn Ghi chú'],
    ['tracking-book', 'Phương thức nhận Ký nhận', 'Số lượng hồ sơ (bộ)'],
  ] as const)('%s of TT 01/2018 is another form', async (name, present, before) => {
    const [now, then] = [textOf(await render(name, samples[name])), textOf(await render(name, old(name)))]
    expect([now.includes(present), now.includes(before), then.includes(present), then.includes(before)]).toEqual([true, false, false, true])
    expect(infoOf(await render(name, old(name)))).toMatchObject({ Tagged: 'yes' })
  })

  test('a set without this form falls back to the present one; a set is a name, not a path', async () => {
    expect(Buffer.compare(await render('stop-notice', old('stop-notice')), await render('stop-notice', samples['stop-notice']))).toBe(0)
    await expect(render('receipt', { ...samples.receipt, formSet: '../..' })).rejects.toThrow(/formSet/)
  })

  test.skipIf(!hasPoppler)('a file of the province lies over the pack, counts at once when changed, and gives way when removed', async () => {
    const own = mkdtempSync(join(tmpdir(), 'own-'))
    const printer = openPrinter(PACK_TEMPLATES, own)
    const say = async () => textOf(await printer.renderPdf('refusal', samples.refusal))
    const at = join(own, 'refusal.typ')
    expect(await say()).toContain('Xin thông báo để Ông/Bà được biết')
    writeFileSync(at, '#import "parts.typ": *\n#show: form.with(title: "Phiếu của tỉnh")\n#prose[Lời của tỉnh]\n')
    expect(await say()).toContain('PHIẾU CỦA TỈNH')
    writeFileSync(at, '#import "parts.typ": *\n#show: form.with(title: "Phiếu")\n#data.applicant.hoTen\n')
    await expect(say()).rejects.toMatchObject({ template: 'refusal', field: 'hoTen', message: expect.stringMatching(/«hoTen».*refusal\.typ:3/s) })
    rmSync(at)
    expect(await say()).toContain('Xin thông báo để Ông/Bà được biết')
  })
})

describe.skipIf(!hasPoppler)('the tracking book', () => {
  test('hundreds of rows: heading on every page, pages numbered, nobody lost', async () => {
    const pdf = await renderPdf('tracking-book', nasty['tracking-book'])
    const pages = pagesOf(pdf)
    expect(pages.length).toBeGreaterThan(20)
    for (const [i, page] of pages.entries()) {
      if (/H56\.14797/.test(page)) expect(page).toContain('Mã hồ sơ')
      expect(page).toContain(`Trang ${i + 1}/${pages.length}`)
    }
    const text = textOf(pdf)
    for (const { code } of nasty['tracking-book'].rows) expect(text).toContain(code)
    expect(infoOf(pdf)).toMatchObject({ Tagged: 'yes', 'Page size': expect.stringMatching(/841\.\d+ x 595/) })
    for (const word of wordsOf(pdf)) expect([word.text, word.left >= 15 * MM - 2 && word.right <= 282 * MM + 2]).toEqual([word.text, true])
  })

  test('an empty book says so', async () => {
    expect(textOf(await renderPdf('tracking-book', { ...samples['tracking-book'], rows: [] }))).toContain('Không có hồ sơ nào trong kỳ.')
  })
})

// Lines may break anywhere in a long run, so compare without any white space.
const bare = (text: string) => fold(text).replaceAll(' ', '')
