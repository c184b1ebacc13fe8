// Reading aloud: what is read, in which words, and that it comes out as sound.

import { afterAll, describe, expect, test } from 'vitest'
import { sectionsOf, spelled, spoken } from './speakable.ts'
import { openVoice } from './voice.ts'
import { muLaw } from './wav.ts'

describe('what is read', () => {
  const page = `<!doctype html><html><head><script src="x"></script></head><body><header>Đầu trang</header><main><nav>Vị trí</nav><h1>Đăng ký <b>khai sinh</b></h1><p>Nộp tại
    UBND xã.</p><h2>Lệ phí</h2><ul><li>Miễn phí &amp; nhanh</li><li><svg><path/></svg>5.000 đ</li></ul><select><option>Thừa</option></select></main><footer>Cuối</footer></body></html>`

  test('only the main part, section by section', () => {
    expect(sectionsOf(page)).toEqual([
      { title: 'Đăng ký khai sinh', text: 'Nộp tại UBND xã.' },
      { title: 'Lệ phí', text: 'Miễn phí & nhanh\n5.000 đ' },
    ])
  })

  test('every line ends as a sentence', () => {
    expect(spoken({ title: 'Lệ phí', text: 'Miễn phí\nNộp ở đâu?' }, 'vi')).toBe('Lệ phí.\nMiễn phí.\nNộp ở đâu?')
  })

  test.each([
    ['Hẹn trả 17:30 ngày 05/01/2027', 'Hẹn trả 17 giờ 30 ngày 5 tháng 1 năm 2027'],
    ['07:00 thứ Hai 23/11/2026', '7 giờ thứ Hai ngày 23 tháng 11 năm 2026'],
    ['Lệ phí 1.250.000 đ.', 'Lệ phí 1250000 đồng.'],
    ['theo NĐ 118/2025/NĐ-CP', 'theo NĐ 118/2025/nghị định Chính phủ'],
    ['Mã 1.001193', 'Mã 1.001193'],
    ['nộp tại UBND phường', 'nộp tại Ủy ban nhân dân phường'],
  ])('%s', (written, said) => expect(spelled(written, 'vi')).toBe(said))
})

// Values of ITU-T G.711, table 2a: the ends of the first, a middle and the last segment.
test.each([[0, 0xff], [-1, 0x7f], [32_635, 0x80], [-32_635, 0x00], [1000, 0xce], [-1000, 0x4e]])('µ-law of %i', (sample, code) => expect(muLaw(sample)).toBe(code))

describe('the voice', () => {
  const voice = openVoice()
  afterAll(() => voice.close())

  test('says Vietnamese sentences one after the other, as sound that browsers play', async () => {
    const [short, long] = await Promise.all([voice.say('Xin chào.', 'vi'), voice.say('Hồ sơ của ông bà đã được tiếp nhận, hẹn trả kết quả ngày mai.', 'vi')])
    expect(short.subarray(0, 4).toString()).toBe('RIFF')
    expect(short.readUInt16LE(20)).toBe(7)
    const seconds = (wav: Buffer) => wav.readUInt32LE(54) / wav.readUInt32LE(24)
    expect(seconds(short)).toBeGreaterThan(0.4)
    expect(seconds(long)).toBeGreaterThan(2 * seconds(short))
    expect(new Set(long.subarray(58)).size).toBeGreaterThan(50) // not silence
  })
})
