// Messages under a reorganisation: what still waits to be sent, or could not be, is seen to by the heir.

import type { ReorgPart } from '#modules/org/index.ts'

export const notifyReorg: ReorgPart = {
  key: 'notify', label: 'Tin báo chưa gửi xong',
  spots: [{
    table: 'notify.message', key: ['id'], unit: 'unit_id', path: 'unit_path', subject: 'subject', noun: 'tin chưa gửi xong', tells: true,
    open: `(t.state in ('waiting', 'held', 'failed', 'sending') or (t.state = 'dead' and t.closed_at is null))`,
  }],
  preview: async (_reader, _ctx, _moving, { count }) => ({ sentences: count === 0 ? [] : [`${count} tin báo chưa gửi xong vẫn gửi như đã viết; tin không gửi được do đơn vị kế tục liên hệ lại.`] }),
}
