// Every component in every state on one page, to look at and to test against; shown at /dev/ui.

import { BasicsGallery } from './gallery/basics.tsx'
import { FieldsGallery } from './gallery/fields.tsx'
import { FlowGallery } from './gallery/flow.tsx'
import { ListsGallery } from './gallery/lists.tsx'
import { CitizenLayout, DeskLayout, Page, PageHeading, type PageProps, SearchBox, LinkButton, StatusTag } from './index.ts'

export function Gallery() {
  return (
    <>
      <PageHeading
        title="Bộ giao diện"
        lead="Mọi thành phần ở mọi trạng thái. Chữ thử dấu: Ễ Ậ Ỗ Ữ Ẵ Ợ – Nguyễn Ngọc Ẩn, xã Hoằng Ổn, thửa đất số Ỷ."
        meta={
          <>
            <StatusTag tone="info">Đang dùng</StatusTag>
            <span class="soft">Cập nhật 21/11/2026</span>
          </>
        }
        action={
          <LinkButton look="primary" href="#fields">
            Xem các ô nhập
          </LinkButton>
        }
      />
      <BasicsGallery />
      <ListsGallery />
      <FlowGallery />
      <FieldsGallery />
    </>
  )
}

/** The gallery as a whole document in one of the two densities. */
export function GalleryPage({ body, assets, head }: Pick<PageProps, 'body' | 'assets' | 'head'>) {
  const crumbs = [{ label: 'Trang đầu', href: '/' }, { label: 'Cho người phát triển', href: '/dev' }, { label: 'Bộ giao diện' }]
  return (
    <Page title="Bộ giao diện" body={body} assets={assets} head={head} csrf="thu-nghiem">
      {body === 'citizen' ? (
        <CitizenLayout
          place="Tỉnh Thanh Hóa"
          nav={[
            { label: 'Thủ tục', href: '#basics', current: true },
            { label: 'Tra cứu hồ sơ', href: '#lists' },
            { label: 'Phản ánh', href: '#flow' },
          ]}
          me={{ name: 'Lê Thị Hạnh', href: '#me' }}
          signOutAction="/sign-out"
          crumbs={crumbs}
          flash={{ message: 'Đã nhận hồ sơ H56.12-261121-0001. Giấy hẹn đã gửi vào số 0912 345 678.' }}
          footLinks={[
            { label: 'Trợ giúp', href: '#help' },
            { label: 'Bảo vệ dữ liệu cá nhân', href: '#privacy' },
            { label: 'Tình trạng hệ thống', href: '#status' },
          ]}
          footText="Ủy ban nhân dân tỉnh. Gọi 0237 190 022 trong giờ làm việc nếu cần người giúp."
        >
          <Gallery />
        </CitizenLayout>
      ) : (
        <DeskLayout
          place="UBND phường Hạc Thành"
          nav={[
            {
              items: [
                { label: 'Việc của tôi', href: '#work', icon: 'inbox', count: 12, current: true },
                { label: 'Sắp và quá hạn', href: '#late', icon: 'hourglass', count: 3, hot: true },
              ],
            },
            {
              title: 'Nghiệp vụ',
              items: [
                { label: 'Hồ sơ một cửa', href: '#dossiers', icon: 'folder', count: 1204 },
                { label: 'Văn bản đến', href: '#incoming', icon: 'file', count: 27 },
                { label: 'Văn bản đi', href: '#outgoing', icon: 'send' },
                { label: 'Nhiệm vụ được giao', href: '#tasks', icon: 'tick', count: 5 },
              ],
            },
            {
              title: 'Đơn vị',
              items: [
                { label: 'Lịch công tác', href: '#calendar', icon: 'calendar' },
                { label: 'Báo cáo', href: '#reports', icon: 'chart' },
              ],
            },
          ]}
          me={{
            name: 'Trịnh Văn Quyết',
            post: 'Công chức tư pháp – hộ tịch',
            unit: 'UBND phường Hạc Thành',
            changePostHref: '#posts',
            signOutAction: '/sign-out',
          }}
          search={<SearchBox action="/desk/search" label="Tìm hồ sơ, văn bản, người" shortcut />}
          tools={<a href="#help">Trợ giúp</a>}
          crumbs={crumbs}
          flash={{ message: 'Đã chuyển hồ sơ H56.12-261121-0001 cho ông Lê Văn Thắng.' }}
        >
          <Gallery />
        </DeskLayout>
      )}
    </Page>
  )
}
