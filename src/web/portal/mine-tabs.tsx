// The faces of what is the citizen's own: dossiers, messages, ways of being told, the account (and who has looked).

import { Tabs } from '#ui/index.ts'

export type MinePlace = 'dossiers' | 'messages' | 'channels' | 'account'

export function MineTabs({ current, unread }: { current: MinePlace; unread?: number }) {
  const tab = (place: MinePlace, label: string, href: string) => ({ label, href, current: current === place, ...(place === 'messages' && unread ? { count: unread } : {}) })
  return (
    <Tabs
      label="Của tôi"
      items={[
        tab('dossiers', 'Hồ sơ', '/ho-so'), tab('messages', 'Tin nhắn', '/tin-nhan'), tab('channels', 'Nhận tin qua', '/nhan-tin'),
        tab('account', 'Tài khoản', '/tai-khoan'),
      ]}
    />
  )
}
