// Appeals under a reorganisation: open ones are judged by the heir, by the same clock.

import type { ReorgPart } from '#modules/org/index.ts'

export const appealsReorg: ReorgPart = {
  key: 'appeals', label: 'Đề nghị xem xét lại',
  spots: [{ table: 'appeals.appeal', key: ['id'], unit: 'unit_id', path: 'unit_path', subject: 'dossier_id', open: `t.state = 'open'`, noun: 'đề nghị đang mở' }],
  marks: [{ table: 'appeals.appeal', key: ['id'], unit: 'from_unit_id', noun: 'việc bị đề nghị xem xét lại' }],
  preview: async (_reader, _ctx, _moving, { count }) => ({ sentences: count === 0 ? [] : [`${count} đề nghị xem xét lại đang mở do đơn vị kế tục xem xét, hạn giữ nguyên.`] }),
}
