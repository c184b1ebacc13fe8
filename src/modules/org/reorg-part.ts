// The organisation's own small keepings under a reorganisation: who looks after computers goes on at the heir.

import type { ReorgPart } from './reorg.ts'

export const orgReorg: ReorgPart = {
  key: 'it_staff', label: 'Cán bộ công nghệ thông tin',
  spots: [{ table: 'org.it_contact', key: ['id'], unit: 'unit_id', open: 't.ended_at is null', noun: 'cán bộ công nghệ thông tin' }],
  preview: async (_reader, _ctx, _moving, { count }) => ({ sentences: count === 0 ? [] : [`${count} cán bộ công nghệ thông tin trong danh bạ chuyển sang đơn vị kế tục.`] }),
}
