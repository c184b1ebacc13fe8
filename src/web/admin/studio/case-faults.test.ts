// One line a case on the publish tab, without codes, leading to a place that is there.

import { expect, test } from 'vitest'
import type { ClerkFault } from '#modules/procedures/index.ts'
import { oneLineACase } from './case-faults.ts'

const fault = (path: string, where: string, message: string): ClerkFault => ({ path, where, message, part: 'cases', partLabel: 'Ca mẫu' }) as ClerkFault

test('a case that is wrong in several ways is said once, by names, and leads to the case', () => {
  const other = fault('cases', '', 'Cần ít nhất hai ca.')
  const said = oneLineACase([
    fault('cases[0].expect.requiredParts', 'Ca mẫu “Đúng hạn” › Phải ra › Giấy tờ phải nộp', 'giấy tờ phải nộp phải là [], tính ra [to_khai]'),
    fault('cases[0].expect.dueOn', 'Ca mẫu “Đúng hạn” › Phải ra › Ngày hẹn trả', 'ngày hẹn trả phải là 2026-07-15, tính ra 2026-07-17'),
    other,
    fault('cases[1].expect.fee', 'Ca mẫu “Quá hạn” › Phải ra › Tổng phí, lệ phí', 'tổng phí, lệ phí phải là 8.000 đ, tính ra 0 đ'),
  ])
  expect(said.map(({ path, where, message }) => [path, where, message.split('.')[0]])).toEqual([
    ['cases[0]', 'Ca mẫu “Đúng hạn”', 'nay ra khác: giấy tờ phải nộp; ngày hẹn trả'],
    ['cases', '', 'Cần ít nhất hai ca'],
    ['cases[1]', 'Ca mẫu “Quá hạn”', 'nay ra khác: tổng phí, lệ phí'],
  ])
  expect(said[1]).toBe(other)
})
